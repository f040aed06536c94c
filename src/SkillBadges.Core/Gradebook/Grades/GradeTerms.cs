using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Gradebook.Grades;

/// <summary>Which skills an average is made of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CountedSkills>))]
public enum CountedSkills
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Those of badges that were earned and stand.</summary>
    [JsonStringEnumMemberName("earned")]
    Earned,

    /// <summary>Every skill with a level that stands.</summary>
    [JsonStringEnumMemberName("decided")]
    Decided,
}

/// <summary>Which courses with a letter an average is made of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CountedCourses>))]
public enum CountedCourses
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Those that the school gave itself.</summary>
    [JsonStringEnumMemberName("own")]
    Own,

    /// <summary>Those that it recorded from others too.</summary>
    [JsonStringEnumMemberName("all")]
    All,
}

[JsonConverter(typeof(JsonStringEnumConverter<GradeRounding>))]
public enum GradeRounding
{
    [JsonStringEnumMemberName("half-up")]
    HalfUp,

    [JsonStringEnumMemberName("half-even")]
    HalfEven,

    [JsonStringEnumMemberName("down")]
    Down,
}

/// <param name="Points">What it counts in an average; null where it counts in none.</param>
/// <param name="Fails">Whether it is a failing one.</param>
public sealed record PolicyLetter(string Letter, decimal? Points = null, bool Fails = false);

/// <param name="Scale">Scale and version, such as <c>four-level@1</c>: another version may mean other things by its levels.</param>
/// <param name="Levels">By level code, the letter. A level that is left out has none.</param>
public sealed record PolicyScale(string Scale, ImmutableSortedDictionary<string, string> Levels);

/// <summary>What the skills of a badge weigh together, where an average is weighed by credit.</summary>
public sealed record PolicyBadge(string Slug, decimal Credits);

/// <summary>How an organization makes letters and an average of native levels, before it has a version.</summary>
/// <param name="Authority">Who decided it and where that is written, such as <c>Board resolution 7, May 2026</c>.</param>
/// <param name="Letters">Lowest first.</param>
/// <param name="Skills">Which skills the average is made of.</param>
/// <param name="Courses">Which courses with one of the letters are part of the average.</param>
/// <param name="WeighsByCredit">Whether each counts by its credits; what has none then does not count. Else each counts once.</param>
/// <param name="Decimals">Of the average, 0 to 3.</param>
public sealed record GradeTerms(
    string Name,
    string Authority,
    ImmutableArray<PolicyLetter> Letters,
    ImmutableArray<PolicyScale> Scales,
    CountedSkills Skills,
    CountedCourses Courses,
    bool WeighsByCredit,
    int Decimals,
    GradeRounding Rounding,
    DateOnly EffectiveFrom)
{
    public const int MaxNameLength = 200;
    public const int MaxLetters = 20;
    public const int MaxLetterLength = 10;
    public const int MaxScales = 20;
    public const int MaxBadges = 500;
    public const int MaxTextLength = 1_000;
    public const int MaxDecimals = 3;
    public const decimal MaxPoints = 100;

    /// <summary>The last day; null while no end is set.</summary>
    public DateOnly? EffectiveTo { get; init; }

    public ImmutableArray<PolicyBadge> Badges { get; init; } = [];

    /// <summary>Printed wherever a letter stands.</summary>
    public string? Note { get; init; }

    /// <summary>Why the lowest level of a scale is a failing letter all the same; null where it is not.</summary>
    public string? LowestReason { get; init; }

    public bool HoldsOn(DateOnly day) => day >= EffectiveFrom && (EffectiveTo is not { } last || day <= last);

    public PolicyLetter? Find(string letter) => Letters.FirstOrDefault(known => known.Letter == letter);

    /// <summary>The letter of a level; null where the policy has none for it.</summary>
    /// <param name="scale">Scale and version.</param>
    /// <param name="level">Code of the level.</param>
    public PolicyLetter? Of(string scale, string level) =>
        Scales.FirstOrDefault(known => known.Scale == scale)?.Levels.GetValueOrDefault(level) is { } letter ? Find(letter) : null;

    /// <summary>These terms, if no higher level has a lower letter, no better letter fewer points, and the lowest level fails nobody without a reason.</summary>
    /// <param name="scales">The versions of scales that the terms name, by scale and version.</param>
    /// <exception cref="RefusedException">
    /// <c>grade-policy.name</c>, <c>grade-policy.letters</c>, <c>grade-policy.levels</c>, <c>grade-policy.not-monotone</c>, <c>grade-policy.lowest-fails</c>, <c>grade-policy.average</c>, <c>grade-policy.days</c>.
    /// </exception>
    public GradeTerms Checked(IReadOnlyDictionary<string, MasteryScale> scales)
    {
        var clean = this with
        {
            Name = DisplayText.Require(Name, MaxNameLength, "grade-policy.name"),
            Authority = DisplayText.Require(Authority, MaxNameLength, "grade-policy.name"),
            Note = DisplayText.Optional(Note, MaxTextLength, "grade-policy.name"),
            LowestReason = DisplayText.Optional(LowestReason, MaxTextLength, "grade-policy.lowest-fails"),
            Letters = CheckedLetters(),
        };
        if (Scales.Length > MaxScales || Scales.Select(scale => scale.Scale).Distinct(StringComparer.Ordinal).Count() != Scales.Length)
        {
            throw Refused.Invalid("grade-policy.levels", $"A policy converts at most {MaxScales} versions of scales, each once.");
        }

        foreach (var scale in Scales)
        {
            clean.CheckScale(scale, scales.GetValueOrDefault(scale.Scale) ?? throw Refused.NotFound("scale"));
        }

        CheckAverage();
        return EffectiveTo is not { } last || last >= EffectiveFrom ? clean : throw Refused.Invalid("grade-policy.days", "A policy holds for one day at least.");
    }

    private ImmutableArray<PolicyLetter> CheckedLetters()
    {
        ImmutableArray<PolicyLetter> letters = [.. Letters.Take(MaxLetters + 1).Select(letter => letter with { Letter = DisplayText.Require(letter.Letter, MaxLetterLength, "grade-policy.letters") })];
        var points = letters.Select(letter => letter.Points).OfType<decimal>().ToArray();
        return letters.Length is > 0 and <= MaxLetters
            && letters.Select(letter => letter.Letter).Distinct(StringComparer.Ordinal).Count() == letters.Length
            && points.All(value => value is >= 0 and <= MaxPoints && decimal.Round(value, MaxDecimals) == value)
            && !points.Zip(points.Skip(1)).Any(pair => pair.Second < pair.First)
                ? letters
                : throw Refused.Invalid("grade-policy.letters", $"A policy has 1 to {MaxLetters} letters, lowest first and each once; points go from 0 to {MaxPoints} in thousandths, and no better letter has fewer.");
    }

    private void CheckScale(PolicyScale converted, MasteryScale scale)
    {
        if (converted.Levels.IsEmpty || converted.Levels.Keys.Any(code => scale.Find(code) is null) || converted.Levels.Values.Any(letter => Find(letter) is null))
        {
            throw Refused.Invalid("grade-policy.levels", $"Of the scale {scale.Name} one level at least has one of the policy's letters; its levels are {string.Join(", ", scale.Levels.Select(level => level.Code))}.");
        }

        var letters = Letters.Select(letter => letter.Letter).ToList();
        int[] steps = [.. scale.Levels.Where(level => converted.Levels.ContainsKey(level.Code)).Select(level => letters.IndexOf(converted.Levels[level.Code]))];
        if (steps.Zip(steps.Skip(1)).Any(pair => pair.Second < pair.First))
        {
            throw Refused.Invalid("grade-policy.not-monotone", "A higher level has a lower letter than one below it.");
        }

        if (LowestReason is null && Of(converted.Scale, scale.Levels[0].Code) is { Fails: true })
        {
            throw Refused.Invalid("grade-policy.lowest-fails", "The lowest level means not yet, not failed. A policy that fails it all the same says why.");
        }
    }

    private void CheckAverage()
    {
        if (Decimals is < 0 or > MaxDecimals
            || !Enum.IsDefined(Skills) || !Enum.IsDefined(Courses) || !Enum.IsDefined(Rounding)
            || Badges.Length > MaxBadges
            || Badges.Any(badge => badge.Slug.Length is 0 or > 200 || badge.Credits is <= 0 or > 1_000)
            || Badges.Select(badge => badge.Slug).Distinct(StringComparer.Ordinal).Count() != Badges.Length)
        {
            throw Refused.Invalid("grade-policy.average", $"An average has 0 to {MaxDecimals} decimals; at most {MaxBadges} badges, each once, have credits above 0 and up to 1,000.");
        }
    }
}
