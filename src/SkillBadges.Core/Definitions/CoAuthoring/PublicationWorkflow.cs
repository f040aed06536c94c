using System.Collections.Immutable;
using SkillBadges.Core.Definitions.Lint;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>Makes a version of what everybody signed, and takes badges out of use.</summary>
public sealed class PublicationWorkflow(Commits commits, DraftSeats seats, Authority authority, EffectiveSettings settings, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>The newest revision becomes the next version, in one commit with who signed it.</summary>
    /// <param name="actor">Signs for the organization that leads the badge.</param>
    /// <param name="slug">Of the badge.</param>
    /// <param name="revision">The newest one, as the actor read it.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>role.missing</c>, <c>definition.owner-only</c>, <c>badge.retired</c>, <c>definition.lint</c>, and those of <see cref="BadgeDraft.Publish"/>.</exception>
    public Task<VersionProvenance> PublishAsync(Actor actor, string slug, int revision, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (draft, seat) = await seats.RequireAsync(actor, slug, (draft, seat) => seat.MaySign && seat.Member.Organization == draft.Owner, token);
            if (!seat.MaySign || seat.Member.Organization != draft.Document.Owner)
            {
                throw Refused.Forbidden("definition.owner-only", "The organization that leads the badge publishes it.");
            }

            var changes = new Changes().Require(MembershipDocuments.Kind, seat.Membership);
            var needs = await NeedsAsync(draft.Document, changes, token);
            var read = await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(slug, draft.Document.Revision), "revision", token);
            if (await store.FindAsync(DefinitionDocuments.Heads, slug, token) is { } head)
            {
                head.Document.RequireInUse();
            }

            // The rule first, so that its refusal is not hidden by another; the number is the store's to give.
            _ = draft.Document.Publish(revision, 1, needs);
            await RequireWordsAsync(draft.Document, read.Document.Content.Badge, changes, token);
            var published = await Publications.Badges.AddAsync(store, changes, read.Document.Content.Badge, token);
            if (!published.IsNew)
            {
                throw Refused.Conflict("definition.already-published", "The current version says exactly this already.");
            }

            var now = clock.Now();
            var next = draft.Document.Publish(revision, published.Version.Version, needs);
            var provenance = Of(draft.Document, read.Document, published.Version, needs, now);
            if (provenance.PatchOf is { } earlier)
            {
                provenance = provenance with { PatchKind = SpellingFix.KindOf(await store.VersionAsync(new(slug, earlier), token), published.Version) };
            }

            changes.Replace(CoAuthoringDocuments.Drafts, draft, next).Add(CoAuthoringDocuments.Provenance, provenance).Send(CoAuthoringTopics.SignOffsOf(provenance.Version, now))
                .Audit(draft.Document.Owner, actor, ActKind.BadgePublished, provenance.Id, now);
            return new Outcome<VersionProvenance>(changes, provenance, provenance.Id);
        },
        async (id, token) => (await store.GetAsync(CoAuthoringDocuments.Provenance, id, "badge", token)).Document,
        cancellationToken);

    /// <summary>Who has to sign the draft's badge, by the policy of the organization that leads it.</summary>
    public async Task<ImmutableArray<PartyNeed>> NeedsAsync(BadgeDraft draft, CancellationToken cancellationToken) => await NeedsAsync(draft, new(), cancellationToken);

    /// <summary>Whether <see cref="RetireAsync"/> is the actor's to ask for.</summary>
    /// <param name="draft">Of the badge; null where nobody leads it.</param>
    public async Task<bool> MayRetireAsync(Actor actor, BadgeDraft? draft, CancellationToken cancellationToken) => draft is null
        ? await authority.FindStateAdminAsync(actor, cancellationToken) is not null
        : (await seats.OfAsync(actor, draft, cancellationToken)).Any(seat => seat.MaySign && seat.Member.Organization == draft.Owner);

    /// <summary>No new work starts; work under way may be finished. For who leads the badge, or the state office where nobody does.</summary>
    /// <exception cref="RefusedException"><c>badge.not-found</c>, <c>definition.not-found</c>, <c>role.missing</c>, <c>badge.retired</c>, <c>badge.replaced-by</c>, <c>badge.retirement-reason</c>.</exception>
    public Task<BadgeHead> RetireAsync(Actor actor, string slug, string? reason, string? replacedBy, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (changes, now) = (new Changes(), clock.Now());
            if (slug.Length <= Slug.MaxLength && await store.FindAsync(CoAuthoringDocuments.Drafts, slug, token) is { } led)
            {
                changes.Require(MembershipDocuments.Kind, (await seats.RequireSignerAsync(actor, slug, led.Document.Owner, token)).Seat.Membership).Audit(led.Document.Owner, actor, ActKind.BadgeRetired, slug, now);
            }
            else
            {
                var office = await authority.FindStateAdminAsync(actor, token) ?? throw Refused.Forbidden("role.missing", "The state office retires badges that nobody leads.");
                changes.Require(MembershipDocuments.Kind, office).Audit(office.Document.Organization, actor, ActKind.BadgeRetired, slug, now);
            }

            var head = slug.Length > Slug.MaxLength ? throw Refused.NotFound("badge") : await store.GetAsync(DefinitionDocuments.Heads, slug, "badge", token);
            if (replacedBy is not null)
            {
                var other = Slug.IsValid(replacedBy) && replacedBy != slug ? await store.FindAsync(DefinitionDocuments.Heads, replacedBy, token) : null;
                changes.Require(DefinitionDocuments.Heads, other is { Document.Retired: null } ? other : throw Refused.Invalid("badge.replaced-by", "Another badge that is in use takes the place of this one; there is none of that short name."));
            }

            var retired = head.Document.Retire(new(now, DisplayText.Require(reason, Retirement.MaxReasonLength, "badge.retirement-reason"), replacedBy));
            return new Outcome<BadgeHead>(changes.Replace(DefinitionDocuments.Heads, head, retired), retired, slug);
        },
        async (id, token) => (await store.GetAsync(DefinitionDocuments.Heads, id, "badge", token)).Document,
        cancellationToken);

    /// <summary>The same, with what the policy rests on required at commit: a policy that becomes stricter meanwhile is not gone around.</summary>
    public async Task<ImmutableArray<PartyNeed>> NeedsAsync(BadgeDraft draft, Changes changes, CancellationToken cancellationToken)
    {
        var policy = await settings.ReadAsync(draft.Owner, values => values.SignOffs, cancellationToken);
        var kept = await RequireOriginAsync(policy.Origin, changes, cancellationToken);
        return (kept?.SignOffs ?? policy.Value).For(draft.Field);
    }

    private async Task RequireWordsAsync(BadgeDraft draft, BadgeDefinition badge, Changes changes, CancellationToken cancellationToken)
    {
        var policy = await settings.ReadAsync(draft.Owner, values => values.Lint, cancellationToken);
        var kept = await RequireOriginAsync(policy.Origin, changes, cancellationToken);
        if ((kept?.Lint ?? policy.Value) == LintPolicy.Block)
        {
            DefinitionLint.RequireNone(badge, await settings.UsesStandardsAsync(draft.Owner, cancellationToken));
        }
    }

    private async Task<SettingValues?> RequireOriginAsync(OrganizationId? origin, Changes changes, CancellationToken cancellationToken)
    {
        if (origin is not { } organization || await store.FindAsync(OrganizationSettingsDocuments.Kind, organization.Value, cancellationToken) is not { } kept)
        {
            return null;
        }

        changes.Require(OrganizationSettingsDocuments.Kind, kept);
        return kept.Document.Values;
    }

    private static VersionProvenance Of(BadgeDraft draft, DraftRevision revision, BadgeDefinition version, ImmutableArray<PartyNeed> needs, DateTimeOffset at)
    {
        var earlier = draft.Published.LastOrDefault(published => published.Revision >= draft.Meaning);
        return new(
            version.Id,
            revision.Number,
            version.ContentHash,
            [.. draft.Members.Select(member => member.Organization)],
            needs,
            [.. draft.Standing],
            [.. draft.StandingVotes],
            earlier?.Version,
            earlier is null ? null : revision.PatchNote,
            draft.Owner,
            at);
    }
}
