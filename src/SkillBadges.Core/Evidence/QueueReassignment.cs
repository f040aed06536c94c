using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>
/// Puts waiting work into the queues of those who are assigned now, and tells whom it comes to. Queues are for finding work; who may decide is checked when they do.
/// Handles <see cref="OrganizationTopics.AssignmentsChanged"/>.
/// </summary>
public sealed class QueueReassignment(Commits commits, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    public async Task ReassignAsync(PersonId person, CancellationToken cancellationToken)
    {
        var taught = await store.WholeAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByTeacher.Where(person.Value), cancellationToken);
        var learners = taught.Documents.SelectMany(section => section.Students).Append(person).ToHashSet();
        await foreach (var waiting in store.AllAsync(ReviewTaskDocuments.Kind, ReviewTaskDocuments.ByAssignee.Where(person.Value), cancellationToken))
        {
            learners.Add(waiting.Document.Learner);
        }

        var standing = await store.WholeAsync(StandingAssignmentDocuments.Kind, StandingAssignmentDocuments.ByAssessor.Where(person.Value), cancellationToken);
        foreach (var (school, badge) in standing.Documents.SelectMany(one => one.Badges.Select(badge => (one.Organization, badge))).Distinct())
        {
            await foreach (var waiting in store.AllAsync(ReviewTaskDocuments.Kind, ReviewTaskDocuments.ByBadge.Where(school.Value, badge), cancellationToken))
            {
                learners.Add(waiting.Document.Learner);
            }
        }

        foreach (var learner in learners)
        {
            await foreach (var task in store.AllAsync(ReviewTaskDocuments.Kind, ReviewTaskDocuments.ByLearner.Where(learner.Value), cancellationToken))
            {
                await ReassignAsync(task.Document.Submission, cancellationToken);
            }
        }
    }

    private Task<SubmissionId> ReassignAsync(SubmissionId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            if (await store.FindAsync(ReviewTaskDocuments.Kind, id.Value, attemptToken) is { } task
                && await store.FindAsync(SubmissionDocuments.Kind, id.Value, attemptToken) is { } submission)
            {
                var badge = await store.VersionAsync(submission.Document.Badge, attemptToken);
                var assigned = await ReviewQueue.AssignAsync(store, task.Document, submission.Document, badge, clock.Now(), attemptToken);
                if (assigned.ShareOf != task.Document.ShareOf || !assigned.Assignees.SequenceEqual(task.Document.Assignees))
                {
                    changes.Replace(ReviewTaskDocuments.Kind, task, assigned);
                    foreach (var added in assigned.Assignees.Except(task.Document.Assignees))
                    {
                        changes.Notify(added, NoticeKind.WorkTurnedIn, id.Value, clock.Now());
                    }
                }
            }

            return new Outcome<SubmissionId>(changes, id, id.Value);
        },
        cancellationToken);
}
