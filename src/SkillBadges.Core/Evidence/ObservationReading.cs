using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Who may look at what was seen of a learner: the learner, those who may judge them on the badge, the school's office, the learner's guardians there.</summary>
public sealed class ObservationReading(IDocumentStore store, Authority authority, FamilyRights family, TimeProvider clock)
{
    private readonly Capacities capacities = new(store, authority, clock);

    /// <exception cref="RefusedException"><c>observation.not-found</c>, also when it is not the actor's to see.</exception>
    public async Task<Read<Observation>> ReadAsync(Actor actor, ObservationId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ObservationDocuments.Kind, id.Value, "observation", cancellationToken);
        return await MayReadAsync(actor, read.Document, cancellationToken) ? read : throw Refused.NotFound("observation");
    }

    /// <summary>A photo or a spoken note whose content is there.</summary>
    /// <exception cref="RefusedException"><c>observation.not-found</c>, <c>evidence.not-found</c>, <c>evidence.erased</c>.</exception>
    public async Task<EvidenceItem> PhotoAsync(Actor actor, ObservationId id, string photo, CancellationToken cancellationToken)
    {
        var seen = (await ReadAsync(actor, id, cancellationToken)).Document;
        var item = seen.Photos.FirstOrDefault(known => known.Id == photo) ?? throw Refused.NotFound("evidence");
        return seen.ErasureOf(photo) is null ? item : throw Refused.Gone("evidence.erased", "The file was erased; its digest stays in the record.");
    }

    private async Task<bool> MayReadAsync(Actor actor, Observation seen, CancellationToken cancellationToken)
    {
        if (!actor.IsLimited && seen.Learner == actor.Person)
        {
            return true;
        }

        await foreach (var capacity in capacities.OfAsync(actor, new(seen.Learner, seen.Organization, seen.Badge.Slug), cancellationToken))
        {
            // Who assesses by way of an internship sees the skills that it names.
            if (capacity.Context.Placement is not { } placement
                || (await store.GetAsync(PlacementDocuments.Kind, placement.Value, "placement", cancellationToken)).Document.Names(seen.Badge.Slug, seen.CompetencyId))
            {
                return true;
            }
        }

        return await authority.FindAsync(actor, seen.Organization, Offices.Records, cancellationToken) is not null
            || (await family.RecordKeepersAsync(actor, [seen.Learner], cancellationToken)).Contains(seen.Organization);
    }
}
