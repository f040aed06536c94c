using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions;

/// <summary>The picture of a badge; the bytes are in the file store.</summary>
/// <param name="Alt">What it shows, for those who do not see it.</param>
/// <param name="Png">512 by 512 pixels; null until published.</param>
/// <param name="Svg">The source; null until published.</param>
public sealed record BadgeImage(string Alt, Sha256Digest? Png = null, Sha256Digest? Svg = null)
{
    /// <summary>In hexadecimal, of the bytes that this refers to.</summary>
    [JsonIgnore]
    public IEnumerable<string> Digests => new[] { Png, Svg }.OfType<Sha256Digest>().Select(digest => digest.Hex);
}
