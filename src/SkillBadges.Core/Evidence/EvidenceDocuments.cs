using System.Runtime.CompilerServices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

public static class SubmissionDocuments
{
    public static readonly AccessPath<Submission> ByLearner = new AccessPath<Submission>("learner").Equal("learner", s => s.Learner.Value).OrderBy("updated", s => s.UpdatedAt);

    public static readonly AccessPath<Submission> ByOrganization = new AccessPath<Submission>("organization")
        .Equal("organization", s => s.Organization.Value).Equal("state", s => s.State.ToString()).OrderBy("updated", s => s.UpdatedAt);

    /// <summary>A learner works on a badge once at a time at one school; an approved submission is out of the way.</summary>
    public static readonly AccessPath<Submission> Open = new AccessPath<Submission>("open")
        .Equal("learner", s => s.State == SubmissionState.Approved ? null : s.Learner.Value)
        .Equal("organization", s => s.Organization.Value)
        .Equal("badge", s => s.Badge.Slug)
        .Unique();

    /// <summary>Work that refers to the bytes with this digest, in its draft or an attempt.</summary>
    public static readonly AccessPath<Submission> ByContent = new AccessPath<Submission>("content")
        .Each("digest", s => s.AllItems.Where(item => item.Kind == Definitions.EvidenceKind.File && s.ErasureOf(item.Id) is null).Select(item => item.Digest.Hex));

    /// <summary>Work with files of a class (<see cref="Custody.RetentionClass"/>), the longest at rest first; none that waits for a decision.</summary>
    public static readonly AccessPath<Submission> ByRetention = new AccessPath<Submission>("retention")
        .Each("class", s => Custody.Retention.FilesOf(s).Select(item => Custody.Retention.ClassOf(item).ToString()))
        .Equal("organization", s => s.Organization.Value)
        .OrderBy("rests", s => Custody.Retention.RestsSince(s));

    public static readonly DocumentKind<Submission> Kind = new("submission", s => s.Id.Value) { Paths = [ByLearner, ByOrganization, Open, ByContent, ByRetention] };

    public static DocumentQuery<Submission> Of(PersonId learner) => ByLearner.Where(learner.Value).Descending();

    /// <summary>All work of a learner, whichever of their joined records it was done under.</summary>
    public static async IAsyncEnumerable<Read<Submission>> AllWorkAsync(this IDocumentStore store, PersonId learner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = await store.RecordsOfAsync(learner, cancellationToken);
        await foreach (var read in store.AllAsync(Kind, ByLearner.WhereAny([.. records.Select(record => record.Id)]).Descending(), cancellationToken))
        {
            yield return read;
        }
    }

    /// <summary>The number of the learner's last try at a badge, at whichever school and under whichever joined record; 0 before the first.</summary>
    public static async Task<int> LastAttemptAsync(this IDocumentStore store, PersonId learner, string badge, CancellationToken cancellationToken)
    {
        var works = new List<Submission>();
        await foreach (var read in store.AllWorkAsync(learner, cancellationToken))
        {
            if (read.Document.Badge.Slug == badge)
            {
                works.Add(read.Document);
            }
        }

        return AttemptHistory.Of(works).LastNumber;
    }
}

public static class ReviewTaskDocuments
{
    public static readonly AccessPath<ReviewTask> ByAssignee = new AccessPath<ReviewTask>("assignee")
        .Each("assignee", t => t.Assignees.Select(a => a.Value)).OrderBy("due", t => t.DueAt ?? t.SubmittedAt);

    public static readonly AccessPath<ReviewTask> ByOrganization = new AccessPath<ReviewTask>("organization").Equal("organization", t => t.Organization.Value).OrderBy("submitted", t => t.SubmittedAt);

    public static readonly AccessPath<ReviewTask> ByBadge =
        new AccessPath<ReviewTask>("badge").Equal("organization", t => t.Organization.Value).Equal("badge", t => t.Badge.Slug).OrderBy("submitted", t => t.SubmittedAt);

    public static readonly AccessPath<ReviewTask> ByLearner = new AccessPath<ReviewTask>("learner").Equal("learner", t => t.Learner.Value).OrderBy("submitted", t => t.SubmittedAt);

    public static readonly DocumentKind<ReviewTask> Kind = new("review_task", t => t.Submission.Value) { Paths = [ByAssignee, ByOrganization, ByBadge, ByLearner] };
}

public static class PlacementDocuments
{
    public static readonly AccessPath<Placement> ByLearner = new AccessPath<Placement>("learner").Equal("learner", p => p.Learner.Value).OrderBy("ends", p => p.To);

    public static readonly AccessPath<Placement> BySupervisor = new AccessPath<Placement>("supervisor").Equal("supervisor", p => p.Supervisor.Value).OrderBy("ends", p => p.To);

    public static readonly AccessPath<Placement> BySchool = new AccessPath<Placement>("school").Equal("school", p => p.School.Value).OrderBy("ends", p => p.To);

    public static readonly DocumentKind<Placement> Kind = new("placement", p => p.Id.Value) { Paths = [ByLearner, BySupervisor, BySchool] };
}
