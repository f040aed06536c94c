using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Peers;

/// <summary>Learners ask classmates what works and what to try; teachers keep an eye on the tone, the office erases.</summary>
public sealed class PeerReviewWorkflow(Commits commits, Authority authority, Classmates classmates, PeerReviewReading reading, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly EffectiveSettings settings = new(commits.Store);

    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c>, <c>peer-review.off</c>, <c>peer-review.not-a-classmate</c>, <c>peer-review.too-many</c>, and those of <see cref="PeerReview.Ask"/>.
    /// </exception>
    public Task<SeenPeerReview> AskAsync(
        Actor actor, SubmissionId id, IReadOnlyCollection<PersonId> peers, IReadOnlyCollection<string> items, string? question, RequestKey? key, CancellationToken cancellationToken) => OnceAsync(
        actor,
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", attemptToken);
            if (read.Document.Learner != actor.Person)
            {
                throw Refused.NotFound("submission");
            }

            await settings.RequirePeerFeedbackAsync(read.Document.Organization, attemptToken);
            if (await store.CountAsync(PeerReviewDocuments.Kind, PeerReviewDocuments.BySubmission.Where(id.Value), PeerReview.MaxForWork, attemptToken) >= PeerReview.MaxForWork)
            {
                throw Refused.Conflict("peer-review.too-many", $"You have asked {PeerReview.MaxForWork} times about this work; please speak with your teacher.");
            }

            var now = clock.Now();
            var review = PeerReview.Ask(PeerReviewId.New(now), read.Document, peers, items, question, now);
            var changes = new Changes().Require(SubmissionDocuments.Kind, read).Add(PeerReviewDocuments.Kind, review);
            foreach (var peer in review.Peers)
            {
                var shared = await classmates.FindAsync(peer, review.Learner, review.Organization, attemptToken)
                    ?? throw Refused.Invalid("peer-review.not-a-classmate", "One of those whom you named is in no class with you now.");
                shared.RequireIn(changes).Notify(peer, NoticeKind.PeerReviewAsked, review.Id.Value, now);
            }

            return (changes, review.Id);
        },
        cancellationToken);

    /// <summary>The learner takes the question back; what was written stays with the work.</summary>
    /// <exception cref="RefusedException"><c>peer-review.not-found</c>.</exception>
    public Task<SeenPeerReview> WithdrawAsync(Actor actor, PeerReviewId id, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        id,
        null,
        (read, _, _) => Task.FromResult(read.Document.Learner == actor.Person ? read.Document.Withdraw(clock.Now()) : throw Refused.NotFound("peer-review")),
        cancellationToken);

    /// <exception cref="RefusedException"><c>peer-review.not-found</c>, also for who has left the class, and those of <see cref="PeerReview.Comment"/>.</exception>
    public Task<SeenPeerReview> CommentAsync(Actor actor, PeerReviewId id, string competencyId, string? works, string? tryThis, RequestKey? key, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        id,
        key,
        async (read, changes, attemptToken) =>
        {
            var shared = await reading.IsAskedAsync(actor, read.Document, attemptToken)
                ? await classmates.FindAsync(actor.Person, read.Document.Learner, read.Document.Organization, attemptToken)
                : null;
            if (shared is null)
            {
                throw Refused.NotFound("peer-review");
            }

            var work = await store.GetAsync(SubmissionDocuments.Kind, read.Document.Submission.Value, "submission", attemptToken);
            var now = clock.Now();
            shared.RequireIn(changes).Require(SubmissionDocuments.Kind, work).Notify(read.Document.Learner, NoticeKind.PeerReviewAnswered, read.Id, now);
            return read.Document.Comment(work.Document, NewId.Ordered(now), actor.Person, competencyId, works, tryThis, now);
        },
        cancellationToken);

    /// <summary>A teacher of the learner hides a comment; writer and learner are told, and see why.</summary>
    /// <exception cref="RefusedException"><c>peer-review.not-found</c>, <c>peer-review.not-your-student</c>, and those of <see cref="PeerReview.Hide"/>.</exception>
    public Task<SeenPeerReview> HideAsync(Actor actor, PeerReviewId id, string comment, string reason, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        id,
        null,
        async (read, changes, attemptToken) =>
        {
            await reading.ReadAsync(actor, id, attemptToken);
            var work = (await store.GetAsync(SubmissionDocuments.Kind, read.Document.Submission.Value, "submission", attemptToken)).Document;
            var require = await reading.StaffAsync(actor, work, attemptToken) ?? throw Refused.Forbidden("peer-review.not-your-student", "A teacher of this learner hides a comment.");
            require(changes);
            var now = clock.Now();
            var hidden = read.Document.Hide(comment, actor.Person, reason, now);
            if (!ReferenceEquals(hidden, read.Document))
            {
                var writer = hidden.Comments.First(one => one.Id == comment).By;
                changes.Notify(writer, NoticeKind.PeerCommentHidden, read.Id, now).Notify(hidden.Learner, NoticeKind.PeerCommentHidden, read.Id, now);
            }

            return hidden;
        },
        cancellationToken);

    /// <summary>The school's registry erases words, on a family's word or its own rules of keeping.</summary>
    /// <exception cref="RefusedException"><c>peer-review.not-found</c>, also when it is not of the actor's school, and those of <see cref="PeerReview.Erase"/>.</exception>
    public Task<SeenPeerReview> EraseAsync(Actor actor, PeerReviewId id, string? comment, string reason, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        id,
        null,
        async (read, changes, attemptToken) =>
        {
            var office = await authority.FindAsync(actor, read.Document.Organization, Offices.Registry, attemptToken) ?? throw Refused.NotFound("peer-review");
            changes.Require(MembershipDocuments.Kind, office);
            return read.Document.Erase(comment, actor.Person, reason, clock.Now());
        },
        cancellationToken);

    private Task<SeenPeerReview> ChangeAsync(
        Actor actor, PeerReviewId id, RequestKey? key, Func<Read<PeerReview>, Changes, CancellationToken, Task<PeerReview>> change, CancellationToken cancellationToken) => OnceAsync(
        actor,
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(PeerReviewDocuments.Kind, id.Value, "peer-review", attemptToken);
            var changes = new Changes();
            var changed = await change(read, changes, attemptToken);
            return (ReferenceEquals(changed, read.Document) ? new Changes() : changes.Replace(PeerReviewDocuments.Kind, read, changed), id);
        },
        cancellationToken);

    // What the one who acted sees of it afterwards.
    private async Task<SeenPeerReview> OnceAsync(Actor actor, RequestKey? key, Func<CancellationToken, Task<(Changes Changes, PeerReviewId Id)>> attempt, CancellationToken cancellationToken)
    {
        var id = await commits.OnceAsync(
            key,
            async attemptToken =>
            {
                var (changes, review) = await attempt(attemptToken);
                return new Outcome<PeerReviewId>(changes, review, review.Value);
            },
            (known, _) => Task.FromResult(PeerReviewId.From(known)),
            cancellationToken);
        return await reading.ReadAsync(actor, id, cancellationToken);
    }
}
