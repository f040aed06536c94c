using System.Text.Json.Serialization;

namespace SkillBadges.Core.Mastery;

/// <summary>The years in which the same skill is looked at with other eyes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Band>))]
public enum Band
{
    [JsonStringEnumMemberName("9-10")]
    Grades9To10,

    [JsonStringEnumMemberName("11-12")]
    Grades11To12,

    [JsonStringEnumMemberName("postsecondary")]
    Postsecondary,
}
