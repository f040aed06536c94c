using System.Collections.Immutable;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>Where somebody sits at the table of a badge: for which of the organizations that write it, by which membership.</summary>
public sealed record DraftSeat(Read<Membership> Membership, DraftMember Member)
{
    /// <summary>Whether they sign in the organization's name.</summary>
    public bool MaySign => DraftSeats.Signers.Contains(Membership.Document.Role);
}

/// <summary>
/// Who writes and who signs. Teachers, industry authors and administrators of an organization write; administrators, industry authors and state
/// admins sign in its name. Who has no seat does not learn that the badge is being written.
/// </summary>
public sealed class DraftSeats(IDocumentStore store, TimeProvider clock)
{
    // A badge is signed by a few; whoever signs for a state office of hundreds looks by themselves.
    private const int MostTold = 20;

    public static readonly IReadOnlyList<Role> Authors = [Role.OrganizationAdmin, Role.IndustryAuthor, Role.StateAdmin, Role.Teacher];

    public static readonly IReadOnlyList<Role> Signers = [Role.OrganizationAdmin, Role.IndustryAuthor, Role.StateAdmin];

    /// <summary>Every seat of the actor, those that may sign first, in the order of the draft's members.</summary>
    public Task<IReadOnlyList<DraftSeat>> OfAsync(Actor actor, BadgeDraft draft, CancellationToken cancellationToken) => OfAsync(actor, draft.Members, cancellationToken);

    /// <summary>Organizations in whose name the actor signs, of those that write the badge or signed it and left.</summary>
    public async Task<IReadOnlyList<OrganizationId>> SignsForAsync(Actor actor, BadgeDraft draft, CancellationToken cancellationToken) =>
        [.. (await OfAsync(actor, [.. draft.Members, .. draft.Former], cancellationToken)).Where(seat => seat.MaySign).Select(seat => seat.Member.Organization).Distinct()];

    private async Task<IReadOnlyList<DraftSeat>> OfAsync(Actor actor, ImmutableArray<DraftMember> members, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var memberships = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(actor.Person.Value), cancellationToken);
        return
        [
            .. from role in Authors
               from member in members
               from membership in memberships.Items
               where membership.Document.Role == role && membership.Document.Organization == member.Organization && membership.Document.HoldsAt(now)
               select new DraftSeat(membership, member),
        ];
    }

    /// <summary>The draft and a seat at it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="slug">Of the badge.</param>
    /// <param name="suits">Which of several seats to take, where one suits; else the first is taken, for the rule to judge.</param>
    /// <param name="cancellationToken">Stops between readings.</param>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, also for who has no seat.</exception>
    public async Task<(Read<BadgeDraft> Draft, DraftSeat Seat)> RequireAsync(Actor actor, string slug, Func<BadgeDraft, DraftSeat, bool> suits, CancellationToken cancellationToken)
    {
        var draft = slug.Length > Slug.MaxLength ? throw Refused.NotFound("definition") : await store.GetAsync(CoAuthoringDocuments.Drafts, slug, "definition", cancellationToken);
        var found = await OfAsync(actor, draft.Document, cancellationToken);
        return found.Count > 0 ? (draft, found.FirstOrDefault(seat => suits(draft.Document, seat)) ?? found[0]) : throw Refused.NotFound("definition");
    }

    /// <summary>As the other, for what any seat allows.</summary>
    /// <exception cref="RefusedException"><c>definition.not-found</c>.</exception>
    public Task<(Read<BadgeDraft> Draft, DraftSeat Seat)> RequireAsync(Actor actor, string slug, CancellationToken cancellationToken) => RequireAsync(actor, slug, (_, _) => true, cancellationToken);

    /// <summary>As the other, for what is done in the name of an organization; of any that the actor signs for when none is named.</summary>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>role.missing</c>.</exception>
    public async Task<(Read<BadgeDraft> Draft, DraftSeat Seat)> RequireSignerAsync(Actor actor, string slug, OrganizationId? organization, CancellationToken cancellationToken)
    {
        bool Suits(DraftSeat seat) => seat.MaySign && (organization is null || seat.Member.Organization == organization);
        var (draft, seat) = await RequireAsync(actor, slug, (_, seat) => Suits(seat), cancellationToken);
        return Suits(seat) ? (draft, seat) : throw Refused.Forbidden("role.missing", "Your role at this organization does not include signing in its name.");
    }

    /// <summary>As the other, for an organization that signed and may have left the table since: its word stays its own to take back.</summary>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>sign-off.not-found</c>, <c>role.missing</c>.</exception>
    public async Task<(Read<BadgeDraft> Draft, DraftSeat Seat)> RequireSignerOfAsync(Actor actor, string slug, string signOffId, CancellationToken cancellationToken)
    {
        var draft = slug.Length > Slug.MaxLength ? throw Refused.NotFound("definition") : await store.GetAsync(CoAuthoringDocuments.Drafts, slug, "definition", cancellationToken);
        var found = await OfAsync(actor, [.. draft.Document.Members, .. draft.Document.Former], cancellationToken);
        if (found.Count == 0)
        {
            throw Refused.NotFound("definition");
        }

        var signOff = draft.Document.SignOffs.FirstOrDefault(known => known.Id == signOffId) ?? throw Refused.NotFound("sign-off");
        return (draft, found.FirstOrDefault(seat => seat.MaySign && seat.Member.Organization == signOff.Organization)
            ?? throw Refused.Forbidden("role.missing", "Your role at this organization does not include signing in its name."));
    }

    /// <summary>Tells those who sign for the organization what happened to a badge that they write.</summary>
    public Task TellSignersAsync(OrganizationId organization, string slug, NoticeKind kind, Changes changes, CancellationToken cancellationToken) =>
        changes.NotifyRolesAsync(store, organization, Signers, MostTold, kind, slug, clock.Now(), cancellationToken);
}
