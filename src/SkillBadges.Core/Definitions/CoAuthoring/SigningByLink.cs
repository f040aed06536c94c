using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>What somebody with a link reads before they sign.</summary>
/// <param name="Revision">The newest one: what would be signed.</param>
/// <param name="LastVersion">The version that is in use, or null for a new badge.</param>
/// <param name="Changes">Between the two; empty for a new badge.</param>
public sealed record SignerReading(SignerInvitation Invitation, Organization Organization, BadgeDraft Draft, DraftRevision Revision, int? LastVersion, ImmutableArray<PassageChange> Changes);

/// <summary>Who signs, in their own words.</summary>
public sealed record SignerAnswer(string Code, int Revision, string? Name, string? Title, string? Comment);

/// <summary>Signs or declines by a link and a code, without an account. Looking changes nothing (mail scanners look).</summary>
public sealed class SigningByLink(Commits commits, SignerWorkflow invitations, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>signer.gone</c>.</exception>
    public async Task<SignerReading> LookAsync(string secret, CancellationToken cancellationToken)
    {
        var invitation = (await FindAsync(secret, cancellationToken)).Document;
        var draft = (await store.GetAsync(CoAuthoringDocuments.Drafts, invitation.Slug, "definition", cancellationToken)).Document;
        var revision = (await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(draft.Slug, draft.Revision), "revision", cancellationToken)).Document;
        var organization = await store.GetAsync(OrganizationDocuments.Kind, invitation.Organization.Value, "organization", cancellationToken);
        var head = await store.FindAsync(DefinitionDocuments.Heads, draft.Slug, cancellationToken);
        var last = head is null ? null : await store.VersionAsync(new(draft.Slug, head.Document.CurrentVersion), cancellationToken);
        return new(invitation, organization.Document, draft, revision, last?.Version, last is null ? [] : Difference.Between(last, revision.Content.Badge));
    }

    /// <summary>The organization's word for the revision that the signer read.</summary>
    /// <exception cref="RefusedException"><c>signer.gone</c>, <c>signer.wrong-code</c>, <c>signer.name</c>, <c>signer.title</c>, <c>sign-off.comment</c>, and those of <see cref="BadgeDraft.Sign"/>.</exception>
    public Task<SignOff> SignAsync(string secret, SignerAnswer answer, CancellationToken cancellationToken) => AnswerAsync(
        secret,
        answer,
        SignerState.Agreed,
        (invitation, draft, changes, now) =>
        {
            var member = draft.Document.Member(invitation.Organization) ?? throw Gone();
            var signOff = SignOffWorkflow.Of(draft.Document, member, answer.Revision, SignOffMethod.Link, now) with
            {
                SignerName = DisplayText.Require(answer.Name, 120, "signer.name"),
                SignerTitle = DisplayText.Require(answer.Title, 120, "signer.title"),
                Comment = DisplayText.Optional(answer.Comment, SignOff.MaxCommentLength, "sign-off.comment"),
                InvitedBy = invitation.InvitedFrom,
            };
            var agreed = draft.Document.Sign(signOff);
            _ = ReferenceEquals(agreed, draft.Document) ? changes.Require(CoAuthoringDocuments.Drafts, draft) : changes.Replace(CoAuthoringDocuments.Drafts, draft, agreed);
            return agreed.Standing.First(standing => standing.Organization == invitation.Organization);
        },
        cancellationToken);

    /// <summary>No, and why: the authors find it among the comments.</summary>
    /// <exception cref="RefusedException"><c>signer.gone</c>, <c>signer.wrong-code</c>, <c>comment.text</c>.</exception>
    public Task<PassageComment> DeclineAsync(string secret, SignerAnswer answer, CancellationToken cancellationToken) => AnswerAsync(
        secret,
        answer,
        SignerState.Declined,
        (invitation, draft, changes, now) =>
        {
            var why = DisplayText.Optional(answer.Comment, PassageComment.MaxLength, "comment.text") ?? throw Refused.Invalid("comment.text", "Please write what keeps you from signing.");
            var comment = new PassageComment(NewId.Ordered(now), draft.Document.Slug, draft.Document.Revision, "", why, CommentKind.Declined, null, invitation.Organization, now);
            changes.Add(CoAuthoringDocuments.Comments, comment);
            return comment;
        },
        cancellationToken);

    // A wrong code is counted in a commit of its own, so that the refusal does not undo the counting.
    private async Task<T> AnswerAsync<T>(
        string secret, SignerAnswer answer, SignerState state, Func<SignerInvitation, Read<BadgeDraft>, Changes, DateTimeOffset, T> effect, CancellationToken cancellationToken)
        where T : class
    {
        var done = await commits.RunAsync<T?>(
            async token =>
            {
                var now = clock.Now();
                var read = await FindAsync(secret, token);
                var (tried, isRight) = read.Document.Try(answer.Code, now);
                if (!isRight)
                {
                    return new(new Changes().Replace(CoAuthoringDocuments.Signers, read, tried), null, read.Id);
                }

                var draft = await store.GetAsync(CoAuthoringDocuments.Drafts, read.Document.Slug, "definition", token);
                var inviter = await invitations.FindInviterAsync(new(read.Document.InvitedBy), draft.Document, read.Document.Organization, token) ?? throw Gone();
                var changes = new Changes().Require(MembershipDocuments.Kind, inviter).Replace(CoAuthoringDocuments.Signers, read, read.Document.Settle(state, now));
                return new(changes, effect(read.Document, draft, changes, now), read.Id);
            },
            cancellationToken);
        return done ?? throw Refused.Forbidden("signer.wrong-code", "This is not the code that belongs to the link. Whoever asked you to sign can tell you; after a few wrong ones the link is closed.");
    }

    private async Task<Read<SignerInvitation>> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var read = secret.Length is 0 or > 64 ? null : await store.FirstAsync(CoAuthoringDocuments.Signers, CoAuthoringDocuments.SignersBySecret.Where(SignerInvitation.HashOfSecret(secret)), cancellationToken);
        return read is not null && read.Document.HoldsAt(clock.Now()) ? read : throw Gone();
    }

    private static RefusedException Gone() => Refused.Gone("signer.gone", "This link was used, taken back, has expired, or never was. Please ask for a new one.");
}
