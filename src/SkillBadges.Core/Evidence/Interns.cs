using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Whom a supervisor has at work from a school.</summary>
public sealed class Interns(IDocumentStore store, Authority authority, TimeProvider clock)
{
    /// <summary>The supervisor's internships that hold now, from any school, at employers where they still supervise.</summary>
    public Task<ImmutableArray<Placement>> AllAsync(Actor supervisor, CancellationToken cancellationToken) => HeldAsync(supervisor, _ => true, cancellationToken);

    /// <summary>The supervisor's internships from the school that hold now, at employers where they still supervise.</summary>
    public Task<ImmutableArray<Placement>> OfAsync(Actor supervisor, OrganizationId school, CancellationToken cancellationToken) =>
        HeldAsync(supervisor, placement => placement.School == school, cancellationToken);

    private async Task<ImmutableArray<Placement>> HeldAsync(Actor supervisor, Func<Placement, bool> asked, CancellationToken cancellationToken) =>
        [.. await store.SupervisedAsync(authority, supervisor, clock.Now(), asked, cancellationToken).Select(held => held.Placement.Document).ToListAsync(cancellationToken)];
}
