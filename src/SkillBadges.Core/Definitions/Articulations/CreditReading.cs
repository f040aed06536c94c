using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.Articulations;

/// <summary>What a badge that was earned counts for, as its page, certificate and transcript say it.</summary>
/// <param name="EarnedOn">The day, at the college, whose promise counts.</param>
public sealed record EarnedCredit(ArticulationTerms Terms, string College, DateOnly EarnedOn);

/// <summary>Finds what colleges promised for badges that learners of a school earned, by the agreements of the school and of the offices above it.</summary>
public sealed class CreditReading(IDocumentStore store)
{
    private readonly EffectiveSettings settings = new(store);

    /// <summary>What held on the day on which the badge was earned; what was agreed or ended later changes nothing.</summary>
    /// <param name="badge">The version that was earned.</param>
    /// <param name="levels">The level that was reached, by competency.</param>
    public async Task<IReadOnlyList<EarnedCredit>> OfAsync(
        BadgeDefinition badge, IReadOnlyDictionary<string, string> levels, OrganizationId school, DateTimeOffset earnedAt, CancellationToken cancellationToken)
    {
        var credits = new List<EarnedCredit>();
        foreach (var (agreement, college) in await AgreementsAsync(ArticulatedKind.Badge, badge.Slug, school, cancellationToken))
        {
            if (ArticulationCredit.ForBadge(agreement, new(badge, levels, college.DayOf(earnedAt))) is { } credit)
            {
                credits.Add(new(credit.Revision.Terms, college.Name, credit.EarnedOn));
            }
        }

        return credits;
    }

    /// <summary>The agreements about a badge or stack that hold for learners of a school, each with its college.</summary>
    public async Task<IReadOnlyList<(Articulation Agreement, Organization College)>> AgreementsAsync(ArticulatedKind kind, string slug, OrganizationId school, CancellationToken cancellationToken)
    {
        var agreements = await store.WholeAsync(ArticulationDocuments.Kind, ArticulationDocuments.BySubject.Where(kind.ToString(), slug), cancellationToken);
        if (!agreements.Documents.Any())
        {
            return [];
        }

        var line = (await settings.LayersAsync(school, cancellationToken)).Select(layer => layer.Origin?.Id).OfType<OrganizationId>().ToHashSet();
        var found = new List<(Articulation, Organization)>();
        foreach (var agreement in agreements.Documents.Where(agreement => line.Contains(agreement.School)))
        {
            found.Add((agreement, (await store.GetAsync(OrganizationDocuments.Kind, agreement.College.Value, "organization", cancellationToken)).Document));
        }

        return found;
    }
}
