using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Marks;

/// <summary>Which level speaks for several skills.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MarkCombination>))]
public enum MarkCombination
{
    /// <summary>The lowest of them; none while a skill has no evidence.</summary>
    [JsonStringEnumMemberName("lowest")]
    Lowest,

    /// <summary>The level of most skills that have evidence; of the lower one where two are equal.</summary>
    [JsonStringEnumMemberName("most")]
    Most,
}

/// <summary>What a school says of its marks, before it has a version.</summary>
/// <param name="ScaleId">The scale whose levels it converts; levels of others are not converted.</param>
/// <param name="Marks">The marks, lowest first.</param>
/// <param name="Levels">By level code, the mark.</param>
/// <param name="Failing">Which of the marks fail.</param>
/// <param name="OverrideReason">Why the lowest level is a failing mark all the same; null where it is not.</param>
public sealed record MarkTerms(
    string Name, string ScaleId, ImmutableArray<string> Marks, ImmutableSortedDictionary<string, string> Levels, ImmutableArray<string> Failing, MarkCombination Combine, string? OverrideReason = null)
{
    public const int MaxNameLength = 200;
    public const int MaxMarks = 20;
    public const int MaxMarkLength = 10;
    public const int MaxReasonLength = 500;

    /// <summary>These terms, if each level has a mark, no higher level a lower one, and the lowest level does not fail anybody without a reason.</summary>
    /// <param name="scale">The scale in its current version.</param>
    /// <exception cref="RefusedException"><c>mark-policy.name</c>, <c>mark-policy.marks</c>, <c>mark-policy.levels</c>, <c>mark-policy.not-monotone</c>, <c>mark-policy.lowest-fails</c>.</exception>
    public MarkTerms Checked(MasteryScale scale)
    {
        ImmutableArray<string> marks = [.. Marks.Select(mark => DisplayText.Require(mark, MaxMarkLength, "mark-policy.marks"))];
        if (marks.Length is 0 or > MaxMarks || marks.Distinct(StringComparer.Ordinal).Count() != marks.Length || Failing.Length > MaxMarks || Failing.Any(mark => !marks.Contains(mark, StringComparer.Ordinal)))
        {
            throw Refused.Invalid("mark-policy.marks", $"A policy has 1 to {MaxMarks} marks, lowest first and each once; those that fail are among them.");
        }

        if (Levels.Count != scale.Levels.Length || scale.Levels.Any(level => !Levels.TryGetValue(level.Code, out var mark) || !marks.Contains(mark, StringComparer.Ordinal)))
        {
            throw Refused.Invalid("mark-policy.levels", $"Each level of the scale {scale.Name} has one of the marks: {string.Join(", ", scale.Levels.Select(level => level.Code))}.");
        }

        ImmutableArray<int> steps = [.. scale.Levels.Select(level => marks.IndexOf(Levels[level.Code]))];
        if (steps.Zip(steps.Skip(1)).Any(pair => pair.Second < pair.First))
        {
            throw Refused.Invalid("mark-policy.not-monotone", "A higher level has a lower mark than the one below it.");
        }

        var reason = DisplayText.Optional(OverrideReason, MaxReasonLength, "mark-policy.lowest-fails");
        return reason is not null || !Failing.Contains(Levels[scale.Levels[0].Code], StringComparer.Ordinal)
            ? this with { Name = DisplayText.Require(Name, MaxNameLength, "mark-policy.name"), Marks = marks, OverrideReason = reason }
            : throw Refused.Invalid("mark-policy.lowest-fails", "The lowest level means not yet, not failed. A policy that fails it all the same says why.");
    }
}

/// <summary>One version of how a school writes native levels as marks elsewhere. It is never changed, and it changes no entry.</summary>
/// <param name="Key">The same for every version.</param>
/// <param name="Version">From 1.</param>
/// <param name="ScaleVersion">The version of the scale that the terms were checked against.</param>
public sealed record MarkPolicy(string Key, int Version, OrganizationId Organization, MarkTerms Terms, int ScaleVersion, PersonId By, DateTimeOffset At)
{
    public string Id => FormattableString.Invariant($"{Key}@{Version}");
}

public static class MarkPolicyDocuments
{
    public static readonly AccessPath<MarkPolicy> ByKey = new AccessPath<MarkPolicy>("key").Equal("key", policy => policy.Key).OrderBy("version", policy => (long?)policy.Version);

    public static readonly AccessPath<MarkPolicy> ByOrganization =
        new AccessPath<MarkPolicy>("organization").Equal("organization", policy => policy.Organization.Value).OrderBy("at", policy => policy.At);

    public static readonly DocumentKind<MarkPolicy> Kind = new("mark_policy", policy => policy.Id) { Paths = [ByKey, ByOrganization] };
}
