using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>Changed content as an author sends it.</summary>
/// <param name="OnRevision">The revision that was changed; it has to be the newest one.</param>
/// <param name="Text">The whole content in the badge file format.</param>
/// <param name="Pictures">Other pictures, kept by <see cref="DraftPictureStore"/>; null keeps those of the revision.</param>
public sealed record NewProposal(int OnRevision, string Text, string? Note, bool IsPatch, DraftPictures? Pictures);

/// <summary>Co-authors propose changes; others accept them, and a revision is made of each.</summary>
public sealed class ProposalWorkflow(Commits commits, DraftSeats seats, DraftPictureStore pictures, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException">
    /// <c>definition.not-found</c>, <c>definition.not-readable</c>, <c>definition.bad-picture</c>, and those of <see cref="DraftProposal.Make"/>.
    /// </exception>
    public Task<Read<DraftProposal>> ProposeAsync(Actor actor, string slug, NewProposal asked, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (draft, seat) = await seats.RequireAsync(actor, slug, token);
            var newest = await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(slug, draft.Document.Revision), "revision", token);
            if (asked.Pictures is not null)
            {
                await pictures.RequireAsync(asked.Pictures, token);
            }

            var image = newest.Document.Content.Badge.Image;
            var kept = new DraftPictures(asked.Pictures?.Png ?? image.Png, asked.Pictures?.Svg ?? image.Svg);
            var content = DraftContent.Read(slug, asked.Text, kept, await DraftSurroundings.CurrentAsync(store, token), newest.Document.Content.Badge);
            var agreed = await store.AgreedAsync(draft.Document, token);
            var now = clock.Now();
            var proposal = DraftProposal.Make(NewId.Ordered(now), draft.Document, agreed, asked.OnRevision, content, asked.Note, asked.IsPatch, actor.Person, seat.Member.Organization, now);
            return new Changes().Require(CoAuthoringDocuments.Drafts, draft).Require(MembershipDocuments.Kind, seat.Membership).Adding(CoAuthoringDocuments.Proposals, proposal);
        },
        (id, token) => store.GetAsync(CoAuthoringDocuments.Proposals, id, "proposal", token),
        cancellationToken);

    /// <summary>Proposes parts of a skill of a published badge for a skill of this one; the note names the source.</summary>
    /// <exception cref="RefusedException"><c>badge.not-found</c>, <c>revision.not-found</c>, and those of <see cref="SkillCopy.Into"/> and <see cref="ProposeAsync"/>.</exception>
    public async Task<Read<DraftProposal>> ProposeCopyAsync(Actor actor, string slug, int onRevision, SkillCopy copy, RequestKey? key, CancellationToken cancellationToken)
    {
        await seats.RequireAsync(actor, slug, cancellationToken);
        var revision = await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(slug, onRevision), "revision", cancellationToken);
        var text = copy.Into(revision.Document.Content.Text, await store.VersionAsync(copy.Source, cancellationToken));
        return await ProposeAsync(actor, slug, new(onRevision, text, copy.Note, IsPatch: false, Pictures: null), key, cancellationToken);
    }

    /// <summary>Proposes that every translation of the revision says what the badge says now: somebody looked them through.</summary>
    /// <exception cref="RefusedException"><c>revision.not-found</c>, and those of <see cref="ProposeAsync"/>.</exception>
    public async Task<Read<DraftProposal>> ProposeLookedThroughAsync(Actor actor, string slug, int onRevision, string? note, RequestKey? key, CancellationToken cancellationToken)
    {
        await seats.RequireAsync(actor, slug, cancellationToken);
        var content = (await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(slug, onRevision), "revision", cancellationToken)).Document.Content;
        return await ProposeAsync(actor, slug, new(onRevision, TranslationMarking.LookedThrough(content.Text, content.Badge), note, IsPatch: true, Pictures: null), key, cancellationToken);
    }

    /// <summary>The proposal becomes the newest revision. When more than spelling changed, all are asked for their sign-off anew.</summary>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>proposal.not-found</c>, and those of <see cref="DraftProposal.Accept"/>.</exception>
    public Task<Read<DraftProposal>> AcceptAsync(Actor actor, string slug, string id, RequestKey? key, CancellationToken cancellationToken) => SettleAsync(
        actor,
        slug,
        id,
        key,
        async (draft, proposal, seat, changes, token) =>
        {
            var agreed = await store.AgreedAsync(draft.Document, token);
            var (accepted, revision) = proposal.Accept(draft.Document, agreed, actor.Person, seat.Member.Organization, clock.Now());
            var next = draft.Document.At(revision);
            changes.Add(CoAuthoringDocuments.Revisions, revision).Replace(CoAuthoringDocuments.Drafts, draft, next);
            if (next.IsComplete && next.Meaning != draft.Document.Meaning)
            {
                foreach (var member in next.Members)
                {
                    await seats.TellSignersAsync(member.Organization, slug, NoticeKind.SignOffAsked, changes, token);
                }
            }

            return accepted;
        },
        cancellationToken);

    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>proposal.not-found</c>, <c>proposal.settled</c>, <c>proposal.reason</c>.</exception>
    public Task<Read<DraftProposal>> RejectAsync(Actor actor, string slug, string id, string? reason, RequestKey? key, CancellationToken cancellationToken) => SettleAsync(
        actor, slug, id, key, (_, proposal, seat, _, _) => Task.FromResult(proposal.Reject(actor.Person, seat.Member.Organization, reason, clock.Now())), cancellationToken);

    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>proposal.not-found</c>, <c>proposal.settled</c>, <c>proposal.not-yours</c>.</exception>
    public Task<Read<DraftProposal>> WithdrawAsync(Actor actor, string slug, string id, CancellationToken cancellationToken) => SettleAsync(
        actor, slug, id, null, (_, proposal, _, _, _) => Task.FromResult(proposal.Withdraw(actor.Person, clock.Now())), cancellationToken);

    private Task<Read<DraftProposal>> SettleAsync(
        Actor actor, string slug, string id, RequestKey? key, Func<Read<BadgeDraft>, DraftProposal, DraftSeat, Changes, CancellationToken, Task<DraftProposal>> settle, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var found = await store.FindAsync(CoAuthoringDocuments.Proposals, id, token);
            var (draft, seat) = await seats.RequireAsync(actor, slug, (_, seat) => seat.Member.Organization != found?.Document.Organization, token);
            var proposal = found?.Document.Slug == slug ? found : throw Refused.NotFound("proposal");
            var changes = new Changes().Require(MembershipDocuments.Kind, seat.Membership);
            var settled = await settle(draft, proposal.Document, seat, changes, token);
            return changes.Replacing(CoAuthoringDocuments.Proposals, proposal, settled);
        },
        (result, token) => store.GetAsync(CoAuthoringDocuments.Proposals, result, "proposal", token),
        cancellationToken);
}
