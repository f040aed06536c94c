using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions;

/// <summary>What a piece of evidence is made of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvidenceKind>))]
public enum EvidenceKind
{
    [JsonStringEnumMemberName("file")]
    File,

    [JsonStringEnumMemberName("link")]
    Link,

    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>A certificate of somebody else: number, issuer, expiry.</summary>
    [JsonStringEnumMemberName("certificate")]
    Certificate,

    /// <summary>A log of personal days, service or work: hours, places, what was learned.</summary>
    [JsonStringEnumMemberName("log")]
    Log,

    /// <summary>The result of an assessment that comes with the badge; no option asks for it.</summary>
    [JsonStringEnumMemberName("assessment")]
    Assessment,

    /// <summary>What an assessor saw and wrote down; no option asks for it.</summary>
    [JsonStringEnumMemberName("observation")]
    Observation,
}

/// <summary>One way to show a competency, among which the learner chooses.</summary>
/// <param name="Id">Unique within the competency.</param>
/// <param name="Hint">What to show, and what to leave out.</param>
public sealed record EvidenceOption(string Id, string Label, EvidenceKind Kind, string Hint);
