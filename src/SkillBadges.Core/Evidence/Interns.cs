using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Whom a supervisor has at work from a school.</summary>
public sealed class Interns(IDocumentStore store, Authority authority, TimeProvider clock)
{
    private const int MaxPlacements = 500;

    /// <summary>The supervisor's internships from the school that hold now, at employers where they still supervise.</summary>
    public async Task<ImmutableArray<Placement>> OfAsync(Actor supervisor, OrganizationId school, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var placements = await store.QueryAsync(PlacementDocuments.Kind, PlacementDocuments.BySupervisor.Where(supervisor.Person.Value).From(now).Take(MaxPlacements), cancellationToken);
        var theirs = ImmutableArray.CreateBuilder<Placement>();
        foreach (var placement in placements.Documents.Where(one => one.School == school && one.HoldsAt(now) && supervisor.Reaches(one.Id.Value)))
        {
            if (await authority.FindAsync(supervisor, placement.Employer, [Role.Supervisor], cancellationToken) is not null)
            {
                theirs.Add(placement);
            }
        }

        return theirs.ToImmutable();
    }
}
