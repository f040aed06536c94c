using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>Who prints the sheet of an internship and enters what its supervisor signed on it: the school's office, and whoever teaches the learner in a class.</summary>
public sealed class SignedSheetAuthority(IDocumentStore store, Authority authority, TimeProvider clock)
{
    private readonly Capacities capacities = new(store, authority, clock);

    /// <summary>The internship; the commit stands only while it and the authority do.</summary>
    /// <exception cref="RefusedException"><c>placement.not-found</c>: there is none, it does not hold now, or the actor is not one of those.</exception>
    public async Task<Placement> RequireAsync(Changes changes, Actor actor, PlacementId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(PlacementDocuments.Kind, id.Value, "placement", cancellationToken);
        var placement = read.Document;
        if (actor.IsLimited || !placement.HoldsAt(clock.Now()))
        {
            throw Refused.NotFound("placement");
        }

        changes.Require(PlacementDocuments.Kind, read);
        if (await authority.FindAsync(actor, placement.School, Offices.Records, cancellationToken) is { } office)
        {
            changes.Require(MembershipDocuments.Kind, office);
            return placement;
        }

        // Any badge does: who teaches the learner does so for all of them.
        await foreach (var capacity in capacities.OfAsync(actor, new(placement.Learner, placement.School, placement.Badges[0]), cancellationToken))
        {
            if (capacity.Context.Section is not null)
            {
                capacity.RequireIn(changes);
                return placement;
            }
        }

        throw Refused.NotFound("placement");
    }
}
