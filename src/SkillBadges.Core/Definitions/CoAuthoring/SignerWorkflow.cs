using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>An invitation to sign, with its code when it has just been made; the code is shown once and kept as a hash only.</summary>
public sealed record MadeSignerInvitation(Read<SignerInvitation> Invitation, string? Code);

/// <summary>Asks people without an account to sign for an organization, and writes to them.</summary>
public sealed class SignerWorkflow(Commits commits, DraftSeats seats, Authority authority, LetterWriting letters, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>
    /// An organization asks its own people. Where nobody signs for it here, the organization that leads the badge asks, or the state office; the sign-off
    /// says who asked.
    /// </summary>
    /// <param name="actor">Signs for the organization, or else for the one that leads the badge.</param>
    /// <param name="slug">Of the badge.</param>
    /// <param name="organization">Writes the badge, and is signed for.</param>
    /// <param name="address">A mail address; the link goes there and is shown to nobody else.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>definition.not-a-co-author</c>, <c>signer.not-yours</c>, <c>letter.address</c>.</exception>
    public Task<MadeSignerInvitation> InviteAsync(Actor actor, string slug, OrganizationId organization, string address, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (draft, _) = await seats.RequireAsync(actor, slug, token);
            if (draft.Document.Member(organization) is null)
            {
                throw Refused.Forbidden("definition.not-a-co-author", "This organization does not write the badge; only those who write it sign it.");
            }

            var inviter = await FindInviterAsync(actor, draft.Document, organization, token)
                ?? throw Refused.Forbidden("signer.not-yours", "An organization asks its own people to sign. Where nobody signs for it here, the administrators of the organization that leads the badge ask.");
            var now = clock.Now();
            var id = NewId.Ordered(now);
            var code = SignerInvitation.NewCode();
            var invitation = new SignerInvitation(id, slug, organization, Destination.Parse(Channel.Mail, address), SignerInvitation.HashOfCode(id, code), actor.Person, inviter.Document.Organization, now, now + SignerInvitation.Lifetime);
            var changes = new Changes().Require(MembershipDocuments.Kind, inviter).Require(CoAuthoringDocuments.Drafts, draft).Add(CoAuthoringDocuments.Signers, invitation);
            changes.Send(CoAuthoringTopics.LetterTo(invitation, now));
            foreach (var after in SignerInvitation.Reminders)
            {
                changes.Send(CoAuthoringTopics.LetterTo(invitation, now + after));
            }

            return new Outcome<MadeSignerInvitation>(changes, new(new(invitation, id, 1), code), id);
        },
        async (id, token) => new(await store.GetAsync(CoAuthoringDocuments.Signers, id, "signer", token), null),
        cancellationToken);

    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>signer.not-found</c>, <c>signer.not-yours</c>, <c>signer.settled</c>.</exception>
    public Task<Read<SignerInvitation>> RevokeAsync(Actor actor, string slug, string id, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (draft, _) = await seats.RequireAsync(actor, slug, token);
            var read = await store.GetAsync(CoAuthoringDocuments.Signers, id, "signer", token);
            if (read.Document.Slug != slug)
            {
                throw Refused.NotFound("signer");
            }

            var inviter = await FindInviterAsync(actor, draft.Document, read.Document.Organization, token)
                ?? throw Refused.Forbidden("signer.not-yours", "Who may ask this organization's people to sign may take it back.");
            var revoked = read.Document.Settle(SignerState.Revoked, clock.Now());
            return new Changes().Require(MembershipDocuments.Kind, inviter).Replacing(CoAuthoringDocuments.Signers, read, revoked);
        },
        cancellationToken);

    /// <summary>
    /// Writes a letter with a link of its own, which works beside those of earlier letters; nothing when the invitation is settled. Handles the message
    /// <see cref="CoAuthoringTopics.SignerLetter"/>.
    /// </summary>
    public Task WriteAsync(string id, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            var now = clock.Now();
            var read = await store.FindAsync(CoAuthoringDocuments.Signers, id, token);
            if (read is { Document: { Address: { } address, Secrets.Length: < SignerInvitation.MaxLetters } invitation } && invitation.HoldsAt(now))
            {
                var secret = NewId.Random();
                letters.WriteLink(changes.Replace(CoAuthoringDocuments.Signers, read, invitation.WithLetter(secret)), address, LetterKind.SignOffLink, $"/sign-off/{secret}", now);
            }

            return new Outcome<bool>(changes, true, id);
        },
        cancellationToken);

    /// <summary>By what the actor may ask people of the organization to sign; null where they may not.</summary>
    internal async Task<Read<Membership>?> FindInviterAsync(Actor actor, BadgeDraft draft, OrganizationId organization, CancellationToken cancellationToken)
    {
        if (await authority.FindAsync(actor, organization, DraftSeats.Signers, cancellationToken) is { } own)
        {
            return own;
        }

        return await HasSignersAsync(organization, cancellationToken)
            ? null
            : await authority.FindAsync(actor, draft.Owner, [Role.OrganizationAdmin, Role.StateAdmin], cancellationToken) ?? await authority.FindStateAdminAsync(actor, cancellationToken);
    }

    private async Task<bool> HasSignersAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        foreach (var role in DraftSeats.Signers)
        {
            var page = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByOrganization.Where(organization.Value, role.ToString()), cancellationToken);
            if (page.Documents.Any(membership => membership.HoldsAt(now)))
            {
                return true;
            }
        }

        return false;
    }
}
