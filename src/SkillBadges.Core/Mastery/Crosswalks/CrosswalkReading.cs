using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Mastery.Crosswalks;

/// <summary>An agreement by which a level was read, and what it says.</summary>
public sealed record AgreedEquivalence(Crosswalk Crosswalk, AgreementRevision<CrosswalkTerms> Revision, Equivalence Equivalence);

/// <summary>What a level of one scale is on another for a purpose on a day: one step, and only what somebody agreed on.</summary>
/// <param name="Native">The level that was decided; null for no evidence.</param>
/// <param name="Agreed">Empty where nothing was agreed; several where several organizations agreed, on the same or on opposite things.</param>
public sealed record EquivalenceAnswer(MasteryScale From, MasteryLevel? Native, MasteryScale To, CrosswalkPurpose Purpose, DateOnly On, IReadOnlyList<AgreedEquivalence> Agreed);

/// <summary>Reads crosswalks: what was agreed is for everybody.</summary>
public sealed class CrosswalkReading(IDocumentStore store, Authority authority, EffectiveSettings settings, TimeProvider clock)
{
    // Between two scales for one purpose; beyond it an answer would have no end.
    private const int MaxAgreements = 500;

    /// <summary>One crosswalk; what is only proposed is for the offices of both sides.</summary>
    /// <exception cref="RefusedException"><c>crosswalk.not-found</c>.</exception>
    public Task<Read<Crosswalk>> ReadAsync(Actor? actor, CrosswalkId id, CancellationToken cancellationToken) => ReadAsync(store, authority, actor, id, cancellationToken);

    /// <summary>All crosswalks of an organization, proposed ones too. For its office.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<Crosswalk>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<Crosswalk>, DocumentQuery<Crosswalk>> page, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, Offices.Registry, cancellationToken);
        return await store.QueryAsync(CrosswalkDocuments.Kind, page(CrosswalkDocuments.ByOrganization.Where(organization.Value)), cancellationToken);
    }

    /// <summary>Asks everybody's agreements.</summary>
    /// <param name="from">Scale and version, such as <c>four-level@1</c>.</param>
    /// <param name="level">Code of one of its levels; null for no evidence.</param>
    /// <param name="to">Scale and version.</param>
    /// <param name="purpose">What it is asked for.</param>
    /// <param name="on">The day of use; null for today, at each receiver.</param>
    /// <param name="of">Only agreements with this organization on one side; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>scale.not-found</c>, <c>scale.unknown-level</c>.</exception>
    public async Task<EquivalenceAnswer> EquivalentsAsync(string from, string? level, string to, CrosswalkPurpose purpose, DateOnly? on, OrganizationId? of, CancellationToken cancellationToken)
    {
        var read = (await store.GetAsync(ScaleDocuments.Versions, from, "scale", cancellationToken)).Document;
        var native = level is null ? null : read.Level(level);
        var other = (await store.GetAsync(ScaleDocuments.Versions, to, "scale", cancellationToken)).Document;
        var agreed = new List<AgreedEquivalence>();
        var found = await store.QueryAsync(CrosswalkDocuments.Kind, CrosswalkDocuments.ByScales.Where(from, to, purpose.Term()).Take(MaxAgreements), cancellationToken);
        foreach (var crosswalk in found.Documents.Where(crosswalk => of is not { } side || crosswalk.IsParty(side)))
        {
            var receiver = (await store.GetAsync(OrganizationDocuments.Kind, crosswalk.Receiver.Value, "organization", cancellationToken)).Document;
            Add(agreed, crosswalk, level, on ?? receiver.DayOf(clock.Now()));
        }

        return new(read, native, other, purpose, on ?? DateOnly.FromDateTime(clock.Now().UtcDateTime), agreed);
    }

    /// <summary>
    /// What a level that one organization decided is at another: by the agreement of the two, or of those above them, the nearest to the receiver first.
    /// </summary>
    public async Task<AgreedEquivalence?> BetweenAsync(
        OrganizationId giver, string from, string level, OrganizationId receiver, string to, CrosswalkPurpose purpose, CancellationToken cancellationToken)
    {
        var givers = await LineAsync(giver, cancellationToken);
        foreach (var at in await LineAsync(receiver, cancellationToken))
        {
            foreach (var above in givers)
            {
                var sides = CrosswalkDocuments.BySides.Where(from, to, purpose.Term(), above.Id.Value, at.Id.Value);
                if (await store.FirstAsync(CrosswalkDocuments.Kind, sides, cancellationToken) is { } found)
                {
                    // The nearest agreement that holds is the answer, also where it says that nothing is equivalent.
                    var holding = found.Document.HoldingOn(at.DayOf(clock.Now()));
                    if (holding is not null)
                    {
                        return found.Document.EquivalentOn(level, at.DayOf(clock.Now())) is { } equivalence ? new(found.Document, holding, equivalence) : null;
                    }
                }
            }
        }

        return null;
    }

    internal static async Task<Read<Crosswalk>> ReadAsync(IDocumentStore store, Authority authority, Actor? actor, CrosswalkId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(CrosswalkDocuments.Kind, id.Value, "crosswalk", cancellationToken);
        return read.Document.WasAgreed || (actor is not null && await IsOfASideAsync(authority, actor, read.Document, cancellationToken)) ? read : throw Refused.NotFound("crosswalk");
    }

    private static async Task<bool> IsOfASideAsync(Authority authority, Actor actor, Crosswalk crosswalk, CancellationToken cancellationToken) =>
        await authority.FindAsync(actor, crosswalk.Giver, Offices.Registry, cancellationToken) is not null
        || await authority.FindOrStateAsync(actor, crosswalk.Receiver, Offices.Registry, cancellationToken) is not null;

    private static void Add(List<AgreedEquivalence> agreed, Crosswalk crosswalk, string? level, DateOnly day)
    {
        if (crosswalk.HoldingOn(day) is { } holding && crosswalk.EquivalentOn(level, day) is { } equivalence)
        {
            agreed.Add(new(crosswalk, holding, equivalence));
        }
    }

    private async Task<IReadOnlyList<Organization>> LineAsync(OrganizationId organization, CancellationToken cancellationToken) =>
        [.. (await settings.LayersAsync(organization, cancellationToken)).Select(layer => layer.Origin).OfType<Organization>()];
}
