using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>Finds the columns that are meant by a name.</summary>
public sealed class StateLayoutReading(IDocumentStore store)
{
    private readonly EffectiveSettings settings = new(store);

    /// <param name="organization">Whose layouts count, and those of organizations above it.</param>
    /// <param name="layout">Id of a layout, or the name of one that comes with the product.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>state-layout.not-found</c>.</exception>
    public async Task<ImmutableArray<StateColumn>> ColumnsAsync(OrganizationId organization, string layout, CancellationToken cancellationToken)
    {
        if (StateLayout.BuiltIn.TryGetValue(layout, out var builtIn))
        {
            return builtIn;
        }

        var kept = await store.FindAsync(StateLayoutDocuments.Kind, layout, cancellationToken);
        var isAbove = kept is not null && (await settings.LayersAsync(organization, cancellationToken)).Any(layer => layer.Origin?.Id == kept.Document.Organization);
        return isAbove ? kept!.Document.Columns : throw Refused.NotFound("state-layout");
    }
}
