using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>What somebody with a link reads before they sign.</summary>
/// <param name="Revision">The newest one: what would be signed.</param>
/// <param name="Since">What it is held against, or null for a badge that is new to them.</param>
/// <param name="Changes">Between the two; empty for a new badge.</param>
/// <param name="Said">What was said through links of the organization.</param>
public sealed record SignerReading(
    SignerInvitation Invitation, Organization Organization, BadgeDraft Draft, DraftRevision Revision, SignerSince? Since, ImmutableArray<PassageChange> Changes, ImmutableArray<PassageComment> Said);

/// <summary>What the newest revision is held against: what the organization signed last, else what is in use.</summary>
/// <param name="Number">Of the revision that it signed, or of the version.</param>
public sealed record SignerSince(int Number, bool IsSigned);

/// <summary>Something about one passage.</summary>
public sealed record SaidOfPassage(string Path, string? Text);

/// <summary>Who signs, in their own words.</summary>
public sealed record SignerAnswer(string Code, int Revision, string? Name, string? Title, string? Comment)
{
    /// <summary>What they say about passages of the revision, besides.</summary>
    public ImmutableArray<SaidOfPassage> Said { get; init; } = [];
}

/// <summary>Comments, signs or declines by a link and a code, without an account. Looking changes nothing (mail scanners look).</summary>
public sealed class SigningByLink(Commits commits, SignerWorkflow invitations, TimeProvider clock)
{
    private const int MostRead = 500;
    private const int MostSaid = 60;

    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>signer.gone</c>.</exception>
    public async Task<SignerReading> LookAsync(string secret, CancellationToken cancellationToken)
    {
        var invitation = (await FindAsync(secret, cancellationToken)).Document;
        var draft = (await store.GetAsync(CoAuthoringDocuments.Drafts, invitation.Slug, "definition", cancellationToken)).Document;
        var revision = (await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(draft.Slug, draft.Revision), "revision", cancellationToken)).Document;
        var organization = await store.GetAsync(OrganizationDocuments.Kind, invitation.Organization.Value, "organization", cancellationToken);
        var (since, before) = await SinceAsync(draft, invitation.Organization, cancellationToken);
        return new(
            invitation, organization.Document, draft, revision, since, before is null ? [] : Difference.Between(before, revision.Content.Badge), [.. (await SaidAsync(draft.Slug, cancellationToken)).Where(said => IsOf(said, invitation))]);
    }

    /// <summary>What they say about passages; the link stays open. Who says the same of a passage again has said it once.</summary>
    /// <exception cref="RefusedException"><c>signer.gone</c>, <c>signer.wrong-code</c>, <c>revision.not-found</c>, <c>comment.text</c>, <c>comment.unknown-passage</c>.</exception>
    public Task CommentAsync(string secret, SignerAnswer answer, CancellationToken cancellationToken) => answer.Said.Any(said => !string.IsNullOrWhiteSpace(said.Text))
        ? AnswerAsync(secret, answer, null, (_, draft, _, _) => draft.Document, cancellationToken)
        : throw Refused.Invalid("comment.text", "Please write something here.");

    /// <summary>The organization's word for the revision that the signer read.</summary>
    /// <exception cref="RefusedException"><c>signer.gone</c>, <c>signer.wrong-code</c>, <c>signer.name</c>, <c>signer.title</c>, <c>sign-off.comment</c>, those of <see cref="CommentAsync"/>, and those of <see cref="BadgeDraft.Sign"/>.</exception>
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
            _ = ReferenceEquals(agreed, draft.Document)
                ? changes.Require(CoAuthoringDocuments.Drafts, draft)
                : changes.Replace(CoAuthoringDocuments.Drafts, draft, agreed).Audit(invitation.Organization, new(invitation.InvitedBy), ActKind.BadgeSignedByLink, invitation.Slug, now);
            return agreed.Standing.First(standing => standing.Organization == invitation.Organization);
        },
        cancellationToken);

    /// <summary>No, and why: the authors find it among the comments.</summary>
    /// <exception cref="RefusedException"><c>signer.gone</c>, <c>signer.wrong-code</c>, <c>comment.text</c>, and those of <see cref="CommentAsync"/>.</exception>
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
        string secret, SignerAnswer answer, SignerState? state, Func<SignerInvitation, Read<BadgeDraft>, Changes, DateTimeOffset, T> effect, CancellationToken cancellationToken)
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
                var changes = new Changes().Require(MembershipDocuments.Kind, inviter);
                _ = state is { } settled ? changes.Replace(CoAuthoringDocuments.Signers, read, read.Document.Settle(settled, now)) : changes.Require(CoAuthoringDocuments.Signers, read);
                await SayAsync(read.Document, answer, changes, now, token);
                return new(changes, effect(read.Document, draft, changes, now), read.Id);
            },
            cancellationToken);
        return done ?? throw Refused.Forbidden("signer.wrong-code", "This is not the code that belongs to the link. Whoever asked you to sign can tell you; after a few wrong ones the link is closed.");
    }

    private async Task SayAsync(SignerInvitation invitation, SignerAnswer answer, Changes changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var revision = (await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(invitation.Slug, answer.Revision), "revision", cancellationToken)).Document;
        var known = await SaidAsync(invitation.Slug, cancellationToken);
        foreach (var said in answer.Said.Where(said => !string.IsNullOrWhiteSpace(said.Text)).Take(MostSaid))
        {
            var comment = PassageComment.On(revision, NewId.Ordered(now), said.Path, said.Text, null, invitation.Organization, now);
            if (!known.Any(one => IsOf(one, invitation) && (one.Revision, one.Path, one.Text) == (comment.Revision, comment.Path, comment.Text)))
            {
                changes.Add(CoAuthoringDocuments.Comments, comment);
            }
        }
    }

    private async Task<IEnumerable<PassageComment>> SaidAsync(string slug, CancellationToken cancellationToken) =>
        (await store.QueryAsync(CoAuthoringDocuments.Comments, CoAuthoringDocuments.CommentsBySlug.Where(slug).Descending().Take(MostRead), cancellationToken)).Documents;

    private static bool IsOf(PassageComment comment, SignerInvitation invitation) => comment.Author is null && comment.Kind == CommentKind.Remark && comment.Organization == invitation.Organization;

    private async Task<(SignerSince? Since, BadgeDefinition? Before)> SinceAsync(BadgeDraft draft, OrganizationId organization, CancellationToken cancellationToken)
    {
        if (draft.SignOffs.LastOrDefault(signOff => signOff.Organization == organization && signOff.Withdrawn is null) is { } signed)
        {
            var revision = await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(draft.Slug, signed.Revision), "revision", cancellationToken);
            return (new(signed.Revision, IsSigned: true), revision.Document.Content.Badge);
        }

        if (await store.FindAsync(DefinitionDocuments.Heads, draft.Slug, cancellationToken) is not { } head)
        {
            return (null, null);
        }

        var last = await store.VersionAsync(new(draft.Slug, head.Document.CurrentVersion), cancellationToken);
        return (new(last.Version, IsSigned: false), last);
    }

    private async Task<Read<SignerInvitation>> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var read = secret.Length is 0 or > 64 ? null : await store.FirstAsync(CoAuthoringDocuments.Signers, CoAuthoringDocuments.SignersBySecret.Where(SignerInvitation.HashOfSecret(secret)), cancellationToken);
        return read is not null && read.Document.HoldsAt(clock.Now()) ? read : throw Gone();
    }

    private static RefusedException Gone() => Refused.Gone("signer.gone", "This link was used, taken back, has expired, or never was. Please ask for a new one.");
}
