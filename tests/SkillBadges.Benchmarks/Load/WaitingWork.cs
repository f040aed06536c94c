using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Benchmarks.Load;

/// <summary>Many learners of one school, each with work for one badge that is turned in and waits for one teacher; made by the rules, stored many at a time.</summary>
internal static class WaitingWork
{
    public const string Badge = "python-fundamentals";
    private const int InACommit = 100;

    /// <returns>The submissions, and the learners.</returns>
    public static async Task<(IReadOnlyList<string> Work, IReadOnlyList<string> Learners)> TurnInAsync(
        IDocumentStore store, OrganizationId school, PersonId teacher, int count, string[] otherBadges, TimeProvider clock, CancellationToken cancellationToken)
    {
        var since = clock.Now().AddDays(-1);
        var badge = await store.CurrentVersionAsync(Badge, cancellationToken);
        var queue = new ReviewQueue(new Commits(store, clock), new Authority(store, clock), new EffectiveSettings(store), clock);
        await store.CommitAsync(
            new Changes().Add(StandingAssignmentDocuments.Kind, StandingAssignment.Make(new(StandingAssignmentId.New(since), school, "Everyone", since) { Assessors = [teacher], Badges = [Badge, .. otherBadges] })), cancellationToken);
        var (ids, learners) = (new string[count], new string[count]);
        await Parallel.ForEachAsync(Enumerable.Range(0, count).Chunk(InACommit), cancellationToken, async (some, token) =>
        {
            var (people, work) = (new Changes(), new List<Submission>());
            foreach (var number in some)
            {
                var learner = Person.Named(PersonId.New(since), string.Create(CultureInfo.InvariantCulture, $"Learner {number}"));
                people.Add(PersonDocuments.Kind, learner).Add(MembershipDocuments.Kind, new Membership(MembershipId.New(since), learner.Id, school, Role.Student, since));
                work.Add(TurnedIn(learner.Id, school, badge, since.AddMinutes(1)));
                (ids[number], learners[number]) = (work[^1].Id.Value, learner.Id.Value);
            }

            await store.CommitAsync(people, token);
            var changes = new Changes();
            foreach (var submission in work)
            {
                changes.Add(SubmissionDocuments.Kind, submission).Add(ReviewTaskDocuments.Kind, await queue.TaskAsync(submission, badge, token));
            }

            await store.CommitAsync(changes, token);
        });
        return (ids, learners);
    }

    private static Submission TurnedIn(PersonId learner, OrganizationId school, BadgeDefinition badge, DateTimeOffset at)
    {
        var submission = Submission.Start(SubmissionId.New(at), learner, school, badge, at);
        foreach (var competency in badge.Competencies)
        {
            submission = submission.AddEvidence(competency.Id, EvidenceItem.OfText(NewId.Ordered(at), $"How I did it: {competency.Name}", "What I did for this skill, step by step.", at), at);
            foreach (var option in competency.ChooseAtLeast == 1 ? [] : competency.EvidenceOptions.Where(option => option.Kind is not (EvidenceKind.Certificate or EvidenceKind.Log)).Take(competency.ChooseAtLeast))
            {
                submission = submission.AddEvidence(competency.Id, EvidenceItem.OfText(NewId.Ordered(at), option.Label, "What it shows.", at) with { OptionId = option.Id }, at);
            }

            submission = submission.Reflect(badge, competency.Id, competency.RequiredLevel, "I checked it twice.", null, at);
        }

        return submission.Submit(new(badge, at));
    }
}
