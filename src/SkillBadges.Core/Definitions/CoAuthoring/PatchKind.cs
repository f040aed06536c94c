using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>What a version brought that needed no sign-off again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PatchKind>))]
public enum PatchKind
{
    [JsonStringEnumMemberName("spelling")]
    Spelling,

    /// <summary>Words of the badge in another language; its own are as they were signed.</summary>
    [JsonStringEnumMemberName("translation")]
    Translation,

    [JsonStringEnumMemberName("spelling-and-translation")]
    SpellingAndTranslation,
}
