using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Whom a supervisor has at work from a school.</summary>
public sealed class Interns(IDocumentStore store, Authority authority, TimeProvider clock)
{
    /// <summary>The supervisor's internships from the school that hold now, at employers where they still supervise.</summary>
    public async Task<ImmutableArray<Placement>> OfAsync(Actor supervisor, OrganizationId school, CancellationToken cancellationToken) =>
        [.. await store.SupervisedAsync(authority, supervisor, clock.Now(), placement => placement.School == school, cancellationToken)
            .Select(held => held.Placement.Document).ToListAsync(cancellationToken)];
}
