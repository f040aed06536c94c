using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Peers;

/// <summary>A request as somebody may see it.</summary>
/// <param name="Shown">The pieces, for the learner and, while it is open, the classmates; empty for everybody else.</param>
public sealed record SeenPeerReview(PeerReview Review, long Version, bool IsOpen, string LearnerName, IReadOnlyList<ShownItem> Shown);

/// <summary>Who sees what of peer feedback: the learner, those who were asked and are still in the class, the learner's teachers and the school's office. Nobody else.</summary>
public sealed class PeerReviewReading(IDocumentStore store, Authority authority, ClassTeaching teaching, Assignments assignments, Classmates classmates)
{
    private readonly EffectiveSettings settings = new(store);

    /// <exception cref="RefusedException"><c>peer-review.not-found</c>.</exception>
    public async Task<SeenPeerReview> ReadAsync(Actor actor, PeerReviewId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(PeerReviewDocuments.Kind, id.Value, "peer-review", cancellationToken);
        var work = (await store.GetAsync(SubmissionDocuments.Kind, read.Document.Submission.Value, "submission", cancellationToken)).Document;
        var asStaff = await StaffAsync(actor, work, cancellationToken) is not null || await KeepsRecordsAsync(actor, work, cancellationToken);
        return asStaff || IsLearner(actor, work) || await IsAskedAsync(actor, read.Document, cancellationToken)
            ? Seen(actor, read, work, asStaff, await NameAsync(work.Learner, cancellationToken))
            : throw Refused.NotFound("peer-review");
    }

    /// <summary>The requests about one piece of work, for the learner, their teachers and the office.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>.</exception>
    public async Task<Page<SeenPeerReview>> OfAsync(Actor actor, SubmissionId id, Func<DocumentQuery<PeerReview>, DocumentQuery<PeerReview>> page, CancellationToken cancellationToken)
    {
        var work = (await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", cancellationToken)).Document;
        var asStaff = await StaffAsync(actor, work, cancellationToken) is not null || await KeepsRecordsAsync(actor, work, cancellationToken);
        if (!asStaff && !IsLearner(actor, work))
        {
            throw Refused.NotFound("submission");
        }

        var found = await store.QueryAsync(PeerReviewDocuments.Kind, page(PeerReviewDocuments.BySubmission.Where(id.Value)), cancellationToken);
        var name = await NameAsync(work.Learner, cancellationToken);
        return new([.. found.Items.Select(read => new Read<SeenPeerReview>(Seen(actor, read, work, asStaff, name), read.Id, read.Version))], found.Next);
    }

    /// <summary>What the actor was asked, the latest first; without requests of those with whom they share no class any more.</summary>
    public async Task<Page<SeenPeerReview>> AskedAsync(Actor actor, Func<DocumentQuery<PeerReview>, DocumentQuery<PeerReview>> page, CancellationToken cancellationToken)
    {
        var found = await store.QueryAsync(PeerReviewDocuments.Kind, page(PeerReviewDocuments.ByPeer.Where(actor.Person.Value).Descending()), cancellationToken);
        var seen = new List<Read<SeenPeerReview>>();
        foreach (var read in found.Items)
        {
            if (await IsAskedAsync(actor, read.Document, cancellationToken)
                && await store.FindAsync(SubmissionDocuments.Kind, read.Document.Submission.Value, cancellationToken) is { } work)
            {
                seen.Add(new(Seen(actor, read, work.Document, asStaff: false, await NameAsync(work.Document.Learner, cancellationToken)), read.Id, read.Version));
            }
        }

        return new(seen, found.Next);
    }

    /// <summary>A file that the actor was asked to look at.</summary>
    /// <exception cref="RefusedException"><c>peer-review.not-found</c>, <c>evidence.not-found</c>, also when the request is over.</exception>
    public async Task<EvidenceItem> FileAsync(Actor actor, PeerReviewId id, string item, CancellationToken cancellationToken) =>
        (await ReadAsync(actor, id, cancellationToken)).Shown.FirstOrDefault(shown => shown.Item.Id == item && shown.Item.Kind == Definitions.EvidenceKind.File)?.Item
            ?? throw Refused.NotFound("evidence");

    /// <summary>The actor's say over the learner, of the class or of the work, as what a commit has to require; null when there is none.</summary>
    internal async Task<Func<Changes, Changes>?> StaffAsync(Actor actor, Submission work, CancellationToken cancellationToken)
    {
        if (work.Learner == actor.Person)
        {
            return null;
        }

        if (await teaching.FindAsync(actor, work.Learner, work.Organization, cancellationToken) is { } teacher)
        {
            return teacher.RequireIn;
        }

        return await assignments.FindAsync(actor, work, cancellationToken) is { Assessor.Role: Role.Teacher } assigned ? assigned.RequireIn : null;
    }

    /// <summary>Whether the actor was asked, is in the class still, and the school uses this.</summary>
    internal async Task<bool> IsAskedAsync(Actor actor, PeerReview review, CancellationToken cancellationToken) =>
        !actor.IsLimited && review.Peers.Contains(actor.Person)
        && (await settings.ReadAsync(review.Organization, values => values.PeerFeedback, cancellationToken)).Value
        && await classmates.FindAsync(actor.Person, review.Learner, review.Organization, cancellationToken) is not null;

    private static SeenPeerReview Seen(Actor actor, Read<PeerReview> read, Submission work, bool asStaff, string name) => new(
        read.Document.SeenBy(actor.Person, asStaff), read.Version, read.Document.IsOpen(work), name, asStaff ? [] : read.Document.Shown(work));

    private static bool IsLearner(Actor actor, Submission work) => !actor.IsLimited && work.Learner == actor.Person;

    private async Task<bool> KeepsRecordsAsync(Actor actor, Submission work, CancellationToken cancellationToken) =>
        work.Learner != actor.Person && await authority.FindAsync(actor, work.Organization, Offices.Records, cancellationToken) is not null;

    private async Task<string> NameAsync(PersonId person, CancellationToken cancellationToken) =>
        (await store.FindAsync(PersonDocuments.Kind, person.Value, cancellationToken))?.Document.DisplayName ?? "";
}
