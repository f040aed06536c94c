using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Mastery;

/// <summary>Which of several decisions stands for a competency.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScoringMethod>))]
public enum ScoringMethod
{
    [JsonStringEnumMemberName("latest")]
    Latest,

    [JsonStringEnumMemberName("highest")]
    Highest,

    /// <summary>The most frequent level among the last few decisions.</summary>
    [JsonStringEnumMemberName("mode-of-last")]
    ModeOfLast,
}

/// <summary>How a scale reads a history of decisions. Changing it changes what is shown, never an entry.</summary>
/// <param name="Count">How many decisions <see cref="ScoringMethod.ModeOfLast"/> looks at, 2 to 20; zero for the others.</param>
public sealed record ScoringPolicy(ScoringMethod Method, int Count = 0)
{
    public const int MaxCount = 20;

    private const string ModePrefix = "mode-of-last-";

    public static ScoringPolicy Latest { get; } = new(ScoringMethod.Latest);

    public static ScoringPolicy Highest { get; } = new(ScoringMethod.Highest);

    /// <exception cref="RefusedException"><c>scale.bad-scoring</c>.</exception>
    public static ScoringPolicy ModeOfLast(int count) => count is >= 2 and <= MaxCount
        ? new(ScoringMethod.ModeOfLast, count)
        : throw Refused.Invalid("scale.bad-scoring", $"The mode is taken of the last 2 to {MaxCount} decisions.");

    /// <summary>Reads <c>latest</c>, <c>highest</c> or <c>mode-of-last-5</c>, as settings have it.</summary>
    /// <exception cref="RefusedException"><c>scale.bad-scoring</c>.</exception>
    public static ScoringPolicy Parse(string text) => text switch
    {
        "latest" => Latest,
        "highest" => Highest,
        _ when text.StartsWith(ModePrefix, StringComparison.Ordinal) && int.TryParse(text.AsSpan(ModePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count) => ModeOfLast(count),
        _ => throw Refused.Invalid("scale.bad-scoring", $"A history is read by the latest, the highest or the mode of the last few: latest, highest or {ModePrefix}5."),
    };

    /// <summary>
    /// The level that stands, or null where there is no evidence. A tie of modes goes to the level decided most recently,
    /// since mastery is what a learner can do now.
    /// </summary>
    /// <param name="decided">Levels of one scale, oldest decision first.</param>
    public MasteryLevel? Standing(ImmutableArray<MasteryLevel> decided)
    {
        if (decided.IsDefaultOrEmpty)
        {
            return null;
        }

        return Method switch
        {
            ScoringMethod.Latest => decided[^1],
            ScoringMethod.Highest => decided.MaxBy(level => level.Ordinal),
            ScoringMethod.ModeOfLast => ModeOf(decided[Math.Max(0, decided.Length - Count)..]),
            _ => throw new InvalidOperationException($"Unknown scoring method {Method}."),
        };
    }

    private static MasteryLevel ModeOf(ImmutableArray<MasteryLevel> recent)
    {
        var most = recent.CountBy(level => level.Code).Max(pair => pair.Value);
        return recent.Last(level => recent.Count(other => other.Code == level.Code) == most);
    }
}
