using SkillBadges.Core.Organizations.Agreements;

namespace SkillBadges.Core.Definitions.Articulations;

/// <summary>A badge that somebody earned.</summary>
/// <param name="Badge">The version that was earned.</param>
/// <param name="Levels">The level that stands, by competency.</param>
/// <param name="EarnedOn">The day, at the college.</param>
public sealed record EarnedBadge(BadgeDefinition Badge, IReadOnlyDictionary<string, string> Levels, DateOnly EarnedOn);

/// <summary>What a college owes for what was earned.</summary>
/// <param name="EarnedOn">The day whose promise counts.</param>
/// <param name="By">The badges that it is owed for, those of a stack in its order.</param>
public sealed record ArticulatedCredit(Articulation Articulation, AgreementRevision<ArticulationTerms> Revision, DateOnly EarnedOn, IReadOnlyList<EarnedBadge> By);

/// <summary>Reads agreements against what was earned.</summary>
public static class ArticulationCredit
{
    /// <summary>What a badge counts for under an agreement about it, or null.</summary>
    public static ArticulatedCredit? ForBadge(Articulation articulation, EarnedBadge earned) =>
        articulation.Kind == ArticulatedKind.Badge && articulation.Slug == earned.Badge.Slug
        && articulation.HoldingOn(earned.EarnedOn) is { } held && held.Terms.AreMet(earned.Badge, earned.Levels)
            ? new(articulation, held, earned.EarnedOn, [earned])
            : null;

    /// <summary>
    /// What a stack counts for under an agreement about it, or null: earned on the day on which the last of its badges was. Certificates of others that the
    /// stack asks for are the caller's to check.
    /// </summary>
    /// <param name="articulation">An agreement about a stack.</param>
    /// <param name="stack">The version of the stack that is claimed.</param>
    /// <param name="earned">What the learner holds, several of one badge perhaps.</param>
    public static ArticulatedCredit? ForStack(Articulation articulation, BadgeStack stack, IReadOnlyCollection<EarnedBadge> earned)
    {
        if (articulation.Kind != ArticulatedKind.Stack || articulation.Slug != stack.Slug || stack.Badges.IsEmpty)
        {
            return null;
        }

        // The earliest that was good enough, so that a later one with a higher level takes no promise away.
        var needed = stack.Badges.Select(required => earned.Where(badge => IsEnough(required, badge)).OrderBy(badge => badge.EarnedOn).FirstOrDefault()).ToArray();
        if (needed.Any(badge => badge is null))
        {
            return null;
        }

        var day = needed.Max(badge => badge!.EarnedOn);
        return articulation.HoldingOn(day) is { } held
            && (held.Terms.Versions.IsEmpty || held.Terms.Versions.Contains(stack.Version))
            && needed.All(badge => (held.Terms with { Versions = [], CompetencyLevels = held.Terms.CompetencyLevels.Clear() }).AreMet(badge!.Badge, badge.Levels))
            ? new(articulation, held, day, [.. needed.OfType<EarnedBadge>()])
            : null;
    }

    private static bool IsEnough(RequiredBadge required, EarnedBadge earned) =>
        required.Slug == earned.Badge.Slug && new ArticulationTerms("", "", 1, default) { MinimumLevel = required.MinimumLevel }.AreMet(earned.Badge, earned.Levels);
}
