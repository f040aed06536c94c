using System.Collections.Immutable;
using SkillBadges.Core.Organizations.Agreements;

namespace SkillBadges.Core.Definitions.Articulations;

/// <summary>What a badge or stack counts for at a college, and from when to when.</summary>
/// <param name="CourseCode">As the college writes it, such as <c>WELD 1010</c>.</param>
/// <param name="Credits">Above 0, at most 60, in steps of a quarter.</param>
/// <param name="From">The first day on which a badge may be earned for it.</param>
public sealed record ArticulationTerms(string CourseCode, string CourseTitle, decimal Credits, DateOnly From) : IDatedTerms
{
    public const decimal MaxCredits = 60;
    public const decimal MaxFee = 100_000;
    public const int MaxConditionsLength = 1_000;

    /// <summary>The last day on which a badge may be earned for it; null leaves it open.</summary>
    public DateOnly? To { get; init; }

    DateOnly IDatedTerms.FirstDay => From;

    DateOnly? IDatedTerms.LastDay => To;

    /// <summary>Versions of the badge or stack that count; none means every version.</summary>
    public ImmutableArray<int> Versions { get; init; } = [];

    /// <summary>Code of the level that every competency must have reached; null for what the badge itself asks.</summary>
    public string? MinimumLevel { get; init; }

    /// <summary>By competency, where one is asked more of.</summary>
    public ImmutableSortedDictionary<string, string> CompetencyLevels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>In US dollars, what the college asks for writing the credit down; 0 for nothing.</summary>
    public decimal Fee { get; init; }

    /// <summary>What else the college asks for, such as enrolling within two years.</summary>
    public string? Conditions { get; init; }

    /// <summary>These terms, if they can be kept.</summary>
    /// <exception cref="RefusedException"><c>articulation.terms</c>.</exception>
    public ArticulationTerms Checked()
    {
        if (Credits <= 0 || Credits > MaxCredits || decimal.Remainder(Credits * 4, 1) != 0)
        {
            throw Refused.Invalid("articulation.terms", $"Credits are above 0 and at most {MaxCredits}, in steps of a quarter.");
        }

        if (Fee < 0 || Fee > MaxFee || decimal.Round(Fee, 2) != Fee)
        {
            throw Refused.Invalid("articulation.terms", "A fee is an amount of dollars and cents, not below 0.");
        }

        if (To < From)
        {
            throw Refused.Invalid("articulation.terms", "The last day comes before the first.");
        }

        if (Versions.Length > 100 || Versions.Any(version => version < 1) || CompetencyLevels.Count > BadgeRules.MaxCompetencies
            || CompetencyLevels.Any(pair => !Slug.IsValid(pair.Key) || pair.Value.Length is 0 or > 40) || MinimumLevel?.Length is 0 or > 40)
        {
            throw Refused.Invalid("articulation.terms", "Versions count from 1; levels are named by their codes, for competencies of the badge.");
        }

        return this with
        {
            CourseCode = DisplayText.Require(CourseCode, 40, "articulation.terms"),
            CourseTitle = DisplayText.Require(CourseTitle, 200, "articulation.terms"),
            Conditions = DisplayText.Optional(Conditions, MaxConditionsLength, "articulation.terms"),
        };
    }

    /// <summary>Whether levels are enough: all that the badge asks for, and what these terms ask beyond.</summary>
    /// <param name="badge">The version that was earned.</param>
    /// <param name="levels">The level that stands, by competency.</param>
    public bool AreMet(BadgeDefinition badge, IReadOnlyDictionary<string, string> levels) =>
        (Versions.IsEmpty || Versions.Contains(badge.Version))
        && CompetencyLevels.Keys.All(id => badge.Competencies.Any(competency => competency.Id == id))
        && badge.Competencies.All(competency => levels.TryGetValue(competency.Id, out var level)
            && Reaches(badge, level, competency.RequiredLevel)
            && Reaches(badge, level, MinimumLevel)
            && Reaches(badge, level, CompetencyLevels.GetValueOrDefault(competency.Id)));

    // A level that the badge's scale does not have is reached by nobody.
    private static bool Reaches(BadgeDefinition badge, string level, string? asked) =>
        asked is null || (badge.Scale.Find(level) is { } reached && badge.Scale.Find(asked) is { } needed && reached.Ordinal >= needed.Ordinal);
}
