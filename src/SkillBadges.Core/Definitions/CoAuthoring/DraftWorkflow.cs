using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>Begins to write a badge, and brings other organizations to the table.</summary>
public sealed class DraftWorkflow(Commits commits, Authority authority, DraftSeats seats, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>The organization leads the badge from now on. A badge that exists already begins with its current version.</summary>
    /// <param name="actor">A teacher, industry author or administrator of the organization.</param>
    /// <param name="organization">Who leads the badge.</param>
    /// <param name="slug">Of the badge; taken for good.</param>
    /// <param name="text">Content in the badge file format, complete or not; null for a badge that exists.</param>
    /// <param name="copyOf">The published version that it begins as a copy of, under its own short name; then there is no text.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException">
    /// <c>definition.copy-of</c>, <c>role.missing</c>, <c>organization.not-found</c>, <c>definition.slug</c>, <c>definition.exists</c>, <c>definition.not-yours</c>, <c>definition.not-readable</c>, <c>badge.not-found</c>, <c>badge.retired</c>.
    /// </exception>
    public Task<Read<BadgeDraft>> StartAsync(Actor actor, OrganizationId organization, string slug, string? text, BadgeVersionId? copyOf, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            if (!Slug.IsValid(slug))
            {
                throw Refused.Invalid("definition.slug", $"The short name of a badge has {Slug.Meaning}.");
            }

            var membership = await authority.RequireAsync(actor, organization, DraftSeats.Authors, token);
            var owner = await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", token);
            if (await store.FindAsync(CoAuthoringDocuments.Drafts, slug, token) is not null)
            {
                throw Refused.Conflict("definition.exists", "A badge of this short name is being written already.");
            }

            var changes = new Changes().Require(MembershipDocuments.Kind, membership).Require(OrganizationDocuments.Kind, owner);
            var content = copyOf is { } source
                ? await CopyAsync(source, slug, text, token)
                : await FirstContentAsync(owner.Document, slug, text, changes, token);
            var now = clock.Now();
            var first = new DraftRevision(slug, 1, 1, content, null, null, actor.Person, organization, null, now);
            var draft = BadgeDraft.Start(owner.Document, first) with { CopyOf = copyOf };
            changes.Add(CoAuthoringDocuments.Drafts, draft).Add(CoAuthoringDocuments.Revisions, first);
            return new Outcome<Read<BadgeDraft>>(changes, new(draft, slug, 1), slug);
        },
        (id, token) => store.GetAsync(CoAuthoringDocuments.Drafts, id, "definition", token),
        cancellationToken);

    /// <summary>Another organization writes the badge too. Its signers are told.</summary>
    /// <param name="actor">Writes for the organization that leads the badge.</param>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>definition.owner-only</c>, <c>organization.not-found</c>, <c>definition.too-many-authors</c>, <c>request.stale</c>.</exception>
    public Task<Read<BadgeDraft>> AddAsync(Actor actor, string slug, OrganizationId organization, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (draft, seat) = await seats.RequireAsync(actor, slug, (draft, seat) => seat.Member.Organization == draft.Owner, token);
            draft.MustBe(ifMatch);
            if (seat.Member.Organization != draft.Document.Owner)
            {
                throw Refused.Forbidden("definition.owner-only", "The organization that leads the badge asks others to write it.");
            }

            var added = await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", token);
            var changed = draft.Document.Add(added.Document);
            var changes = new Changes().Require(MembershipDocuments.Kind, seat.Membership);
            if (changed.Members.Length == draft.Document.Members.Length)
            {
                return new Outcome<Read<BadgeDraft>>(changes, draft, slug);
            }

            changes.Require(OrganizationDocuments.Kind, added).Replace(CoAuthoringDocuments.Drafts, draft, changed);
            await seats.TellSignersAsync(organization, slug, NoticeKind.SignOffAsked, changes, token);
            return new Outcome<Read<BadgeDraft>>(changes, draft.Became(changed), slug);
        },
        (id, token) => store.GetAsync(CoAuthoringDocuments.Drafts, id, "definition", token),
        cancellationToken);

    /// <summary>An organization writes the badge no longer. Those who still do are told; what is missing now is part of the answer.</summary>
    /// <param name="actor">Signs for the organization.</param>
    /// <param name="needs">Reads whom the policy wants to sign, and leaves in the commit what that rests on.</param>
    /// <param name="knowing">That the policy may lack something afterwards.</param>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>role.missing</c>, <c>definition.departure-reason</c>, and those of <see cref="BadgeDraft.Leave"/>.</exception>
    public Task<Read<BadgeDraft>> LeaveAsync(
        Actor actor, string slug, OrganizationId organization, string? reason, bool knowing, Func<BadgeDraft, Changes, CancellationToken, Task<ImmutableArray<PartyNeed>>> needs, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (draft, seat) = await seats.RequireSignerAsync(actor, slug, organization, token);
            var changes = new Changes().Require(MembershipDocuments.Kind, seat.Membership);
            var (now, why) = (clock.Now(), DisplayText.Require(reason, 500, "definition.departure-reason"));
            var left = draft.Document.Leave(organization, await needs(draft.Document, changes, token), knowing, unmet => new(organization, actor.Person, now, why, unmet));
            foreach (var member in left.Members)
            {
                await seats.TellSignersAsync(member.Organization, slug, NoticeKind.CoAuthorLeft, changes, token);
            }

            return changes.Replacing(CoAuthoringDocuments.Drafts, draft, left);
        },
        (id, token) => store.GetAsync(CoAuthoringDocuments.Drafts, id, "definition", token),
        cancellationToken);

    // Who wrote the source did not write the copy: its co-authors are not taken over.
    private async Task<DraftContent> CopyAsync(BadgeVersionId source, string slug, string? text, CancellationToken cancellationToken)
    {
        if (text is not null)
        {
            throw Refused.Invalid("definition.copy-of", "A badge begins with content or as a copy, not with both.");
        }

        if (await store.FindAsync(DefinitionDocuments.Heads, slug, cancellationToken) is not null)
        {
            throw Refused.Conflict("definition.exists", "A badge of this short name exists; the copy needs a name of its own.");
        }

        var copy = await store.VersionAsync(source, cancellationToken) with { Slug = slug, CoAuthors = [] };
        return DraftContent.Read(slug, Encoding.UTF8.GetString(DefinitionFile.Write(copy)), new(copy.Image.Png, copy.Image.Svg), await DraftSurroundings.CurrentAsync(store, cancellationToken), copy);
    }

    private async Task<DraftContent> FirstContentAsync(Organization owner, string slug, string? text, Changes changes, CancellationToken cancellationToken)
    {
        var around = await DraftSurroundings.CurrentAsync(store, cancellationToken);
        if (await store.FindAsync(DefinitionDocuments.Heads, slug, cancellationToken) is not { } head)
        {
            return DraftContent.Read(slug, text ?? throw Refused.NotFound("badge"), new(null, null), around);
        }

        // What came with the catalogue belongs to everyone; the state office says who goes on with it.
        if (owner.Kind != OrganizationKind.StateOffice)
        {
            throw Refused.Forbidden("definition.not-yours", "This badge exists already. The state office opens it for others to write; or take another short name.");
        }

        changes.Require(DefinitionDocuments.Heads, head);
        var current = await store.VersionAsync(new(slug, head.Document.RequireInUse().CurrentVersion), cancellationToken);
        return DraftContent.Read(slug, text ?? Encoding.UTF8.GetString(DefinitionFile.Write(current)), new(current.Image.Png, current.Image.Svg), around, current);
    }
}
