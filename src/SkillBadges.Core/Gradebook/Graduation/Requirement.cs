using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Gradebook.Graduation;

/// <summary>What a requirement asks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequirementKind>))]
public enum RequirementKind
{
    /// <summary>Every one of its parts.</summary>
    [JsonStringEnumMemberName("all-of")]
    AllOf,

    /// <summary>Some of its parts: <see cref="Requirement.Count"/>.</summary>
    [JsonStringEnumMemberName("n-of")]
    NOf,

    /// <summary>Credits of one category: <see cref="Requirement.Credits"/> of <see cref="Requirement.Category"/>.</summary>
    [JsonStringEnumMemberName("credits")]
    Credits,

    /// <summary>Every skill of a badge.</summary>
    [JsonStringEnumMemberName("badge")]
    Badge,

    /// <summary>One skill of a badge.</summary>
    [JsonStringEnumMemberName("skill")]
    Skill,

    /// <summary>Every badge of a stack; the stack's certificates are asked for by requirements of their own.</summary>
    [JsonStringEnumMemberName("stack")]
    Stack,

    /// <summary>A certificate of somebody else, shown as proof of a decided skill.</summary>
    [JsonStringEnumMemberName("certificate")]
    Certificate,
}

/// <summary>One requirement, perhaps of parts.</summary>
/// <param name="Id">Unique within the rules.</param>
public sealed record Requirement(string Id, string Title, RequirementKind Kind)
{
    /// <summary>For <see cref="RequirementKind.AllOf"/> and <see cref="RequirementKind.NOf"/>.</summary>
    public ImmutableArray<Requirement> Of { get; init; } = [];

    /// <summary>How many of the parts, for <see cref="RequirementKind.NOf"/>.</summary>
    public int? Count { get; init; }

    /// <summary>Slug of a badge or a stack.</summary>
    public string? Slug { get; init; }

    /// <summary>The skill, for <see cref="RequirementKind.Skill"/> and <see cref="RequirementKind.Certificate"/>.</summary>
    public string? Skill { get; init; }

    /// <summary>Code of a level that is asked in place of what the badge says; it may be below proficient, and is shown as such.</summary>
    public string? MinimumLevel { get; init; }

    public string? Category { get; init; }

    /// <summary>Above 0, in steps of a quarter.</summary>
    public decimal? Credits { get; init; }

    /// <summary>The requirement and all its parts.</summary>
    public IEnumerable<Requirement> WithParts() => Of.SelectMany(part => part.WithParts()).Prepend(this);
}

/// <summary>What a badge is worth in a category.</summary>
public sealed record BadgeCredit(string Badge, string Category, decimal Credits);

/// <summary>What must be shown to graduate, before it has a version.</summary>
public sealed record GraduationTerms(string Name, ImmutableArray<Requirement> Requirements, ImmutableArray<BadgeCredit> BadgeCredits)
{
    public const int MaxRequirements = 300;
    public const int MaxDepth = 6;
    public const int MaxNameLength = 200;
    public const decimal MaxCredits = 200;

    /// <exception cref="RefusedException"><c>graduation.name</c>, <c>graduation.requirements</c>.</exception>
    public GraduationTerms Checked()
    {
        var all = Requirements.SelectMany(requirement => requirement.WithParts()).ToList();
        if (all.Count is 0 or > MaxRequirements || Requirements.Any(requirement => Depth(requirement) > MaxDepth) || all.DistinctBy(requirement => requirement.Id, StringComparer.Ordinal).Count() != all.Count)
        {
            throw Wrong($"There are 1 to {MaxRequirements} requirements, parts within parts at most {MaxDepth} deep, each with an id of its own.");
        }

        if (all.Find(requirement => !IsWhole(requirement)) is { } broken)
        {
            throw Wrong($"The requirement {broken.Id} does not say what its kind needs: parts and a count, a badge or stack, a skill, or a category and credits.");
        }

        if (BadgeCredits.Length > MaxRequirements || BadgeCredits.Any(credit => !Slug.IsValid(credit.Badge) || !IsAmount(credit.Credits) || credit.Category.Length is 0 or > 100)
            || BadgeCredits.DistinctBy(credit => credit.Badge, StringComparer.Ordinal).Count() != BadgeCredits.Length)
        {
            throw Wrong("A badge counts in one category, for credits above 0 in steps of a quarter.");
        }

        return this with { Name = DisplayText.Require(Name, MaxNameLength, "graduation.name"), Requirements = [.. Requirements.Select(WithTitles)] };
    }

    private static Requirement WithTitles(Requirement requirement) =>
        requirement with { Title = DisplayText.Require(requirement.Title, MaxNameLength, "graduation.requirements"), Of = [.. requirement.Of.Select(WithTitles)] };

    private static int Depth(Requirement requirement) => 1 + requirement.Of.Select(Depth).DefaultIfEmpty().Max();

    private static bool IsAmount(decimal? credits) => credits is > 0 and <= MaxCredits && decimal.Remainder(credits.Value * 4, 1) == 0;

    private static bool IsWhole(Requirement asked)
    {
        var hasParts = !asked.Of.IsDefaultOrEmpty;
        var isNamed = asked.Slug is { } slug && Definitions.Slug.IsValid(slug);
        var isBound = asked.MinimumLevel is null or { Length: > 0 and <= 40 };
        return Definitions.Slug.IsValid(asked.Id) && isBound && Enum.IsDefined(asked.Kind) && asked.Kind switch
        {
            RequirementKind.AllOf => hasParts,
            RequirementKind.NOf => hasParts && asked.Count is > 0 && asked.Count <= asked.Of.Length,
            RequirementKind.Credits => !hasParts && asked.Category is { Length: > 0 and <= 100 } && IsAmount(asked.Credits),
            RequirementKind.Badge or RequirementKind.Stack => !hasParts && isNamed,
            _ => !hasParts && isNamed && asked.Skill is { Length: > 0 and <= 64 },
        };
    }

    private static RefusedException Wrong(string message) => Refused.Invalid("graduation.requirements", message);
}
