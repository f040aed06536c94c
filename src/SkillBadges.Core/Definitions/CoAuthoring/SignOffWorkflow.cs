using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>Organizations give their word for one content, take it back, and record what a committee voted.</summary>
public sealed class SignOffWorkflow(Commits commits, DraftSeats seats, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Signs for the organization.</param>
    /// <param name="slug">Of the badge.</param>
    /// <param name="organization">In whose name; null where the actor signs for one only.</param>
    /// <param name="revision">The revision that was read: the newest one, or nothing is signed.</param>
    /// <param name="comment">What the organization wants to say about the badge, or null; it is published.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>role.missing</c>, <c>sign-off.comment</c>, and those of <see cref="BadgeDraft.Sign"/>.</exception>
    public Task<Read<BadgeDraft>> SignAsync(Actor actor, string slug, OrganizationId? organization, int revision, string? comment, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (draft, seat) = await seats.RequireSignerAsync(actor, slug, organization, token);
            var now = clock.Now();
            var signOff = Of(draft.Document, seat.Member, revision, SignOffMethod.Member, now) with
            {
                Person = actor.Person,
                Comment = DisplayText.Optional(comment, SignOff.MaxCommentLength, "sign-off.comment"),
            };
            var (changes, signed) = (new Changes().Require(MembershipDocuments.Kind, seat.Membership), draft.Document.Sign(signOff));
            return Outcome(draft, signed, ReferenceEquals(signed, draft.Document) ? changes : changes.Audit(signOff.Organization, actor, ActKind.BadgeSigned, slug, now));
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Also after publication, and by who has left the table: then the version shows it, and the signed endorsement is revoked. What was earned stays. The authors are told.</summary>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>role.missing</c>, <c>sign-off.not-found</c>, <c>sign-off.withdrawn</c>, <c>sign-off.reason</c>.</exception>
    public Task<Read<BadgeDraft>> WithdrawAsync(Actor actor, string slug, string signOffId, string? reason, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (draft, seat) = await seats.RequireSignerOfAsync(actor, slug, signOffId, token);
            var end = new SignOffEnd(clock.Now(), DisplayText.Require(reason, 500, "sign-off.reason"), actor.Person);
            var changes = new Changes().Require(MembershipDocuments.Kind, seat.Membership);
            foreach (var published in draft.Document.Published)
            {
                var version = new BadgeVersionId(slug, published.Version);
                var provenance = await store.GetAsync(CoAuthoringDocuments.Provenance, version.ToString(), "badge", token);
                if (provenance.Document.SignOffs.Any(kept => kept.Id == signOffId))
                {
                    changes.Replace(CoAuthoringDocuments.Provenance, provenance, provenance.Document.Withdraw(signOffId, end)).Send(CoAuthoringTopics.SignOffsOf(version, end.At));
                }
            }

            var withdrawn = draft.Document.Withdraw(signOffId, end);
            foreach (var author in draft.Document.Members)
            {
                await seats.TellSignersAsync(author.Organization, slug, NoticeKind.SignOffWithdrawn, changes, token);
            }

            return Outcome(draft, withdrawn, changes.Audit(seat.Member.Organization, actor, ActKind.SignOffTakenBack, slug, end.At));
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Records a vote of an advisory committee on the newest revision.</summary>
    /// <param name="actor">Signs for one of the organizations; the record is theirs.</param>
    /// <exception cref="RefusedException">
    /// <c>definition.not-found</c>, <c>role.missing</c>, <c>definition.revision-stale</c>, <c>definition.incomplete</c>, <c>committee-vote.minutes-file</c>, and those of <see cref="CommitteeVote.Checked"/>.
    /// </exception>
    public Task<Read<BadgeDraft>> RecordVoteAsync(Actor actor, string slug, int revision, CommitteeVoteEntry entry, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (draft, seat) = await seats.RequireSignerAsync(actor, slug, null, token);
            var now = clock.Now();
            var changes = new Changes().Require(MembershipDocuments.Kind, seat.Membership);
            if (entry.MinutesFile is { } file)
            {
                changes.Require(CoAuthoringDocuments.Minutes, await store.FindAsync(CoAuthoringDocuments.Minutes, CommitteeMinutes.IdOf(slug, file), token)
                    ?? throw Refused.Invalid("committee-vote.minutes-file", "There are no minutes of this digest for the badge; please upload them first."));
            }

            var vote = new CommitteeVote(
                NewId.Ordered(now), CommitteeVote.Checked(entry, DateOnly.FromDateTime(now.UtcDateTime)), revision, draft.Document.Meaning, draft.Document.ContentHash, seat.Member.Organization, actor.Person, now);
            return Outcome(draft, draft.Document.Record(vote), changes.Audit(vote.RecordedBy, actor, ActKind.VoteRecorded, slug, now));
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>A sign-off of the content as it stands; the revision is what the signer says that they read.</summary>
    internal static SignOff Of(BadgeDraft draft, DraftMember member, int revision, SignOffMethod method, DateTimeOffset at) =>
        new(NewId.Ordered(at), member.Organization, member.Party, revision, draft.Meaning, draft.ContentHash, method, at);

    private static Outcome<Read<BadgeDraft>> Outcome(Read<BadgeDraft> read, BadgeDraft changed, Changes changes) => ReferenceEquals(changed, read.Document)
        ? new(changes.Require(CoAuthoringDocuments.Drafts, read), read, read.Id)
        : new(changes.Replace(CoAuthoringDocuments.Drafts, read, changed), read.Became(changed), read.Id);

    private Task<Read<BadgeDraft>> ReplayAsync(string slug, CancellationToken cancellationToken) => store.GetAsync(CoAuthoringDocuments.Drafts, slug, "definition", cancellationToken);
}
