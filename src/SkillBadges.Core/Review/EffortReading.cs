using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>Publishes to a school's staff what the product asks of them.</summary>
public sealed class EffortReading(IDocumentStore store, Authority authority)
{
    /// <summary>How many of the latest decisions are looked at.</summary>
    public const int Looks = 5_000;

    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<EffortReport> ReadAsync(Actor actor, OrganizationId school, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, school, Offices.Staff, cancellationToken);
        var decisions = new List<DecisionEffort>();
        await foreach (var read in store.AllAsync(DecisionEffortDocuments.Kind, DecisionEffortDocuments.ByOrganization.Where(school.Value).Descending(), cancellationToken))
        {
            decisions.Add(read.Document);
            if (decisions.Count == Looks)
            {
                break;
            }
        }

        var badges = decisions.GroupBy(decision => decision.Badge, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);
        return new(EffortLine.Of(null, decisions), [.. badges.Select(group => EffortLine.Of(group.Key, [.. group])).OfType<EffortLine>()]);
    }
}
