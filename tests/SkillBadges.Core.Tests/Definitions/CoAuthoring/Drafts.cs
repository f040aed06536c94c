using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Definitions.CoAuthoring;

/// <summary>Contents that tests of co-authoring speak about.</summary>
internal static class Drafts
{
    public const string Slug = "bench-work";

    // The portrait that the file names is not in these tests' store.
    private const string attributes = "\"attributes\": [{ \"profile\": \"portrait\", \"attribute\": \"maker\", \"competencies\": [\"filing\"] }], ";

    private static readonly Dictionary<string, MasteryScale> scales = new() { ["four-level"] = Scales.FourLevel() };

    /// <summary>The bench badge under another short name.</summary>
    public static string Bench(string slug = Slug) => BadgeFiles.Bench.Replace("\"bench-work\"", $"\"{slug}\"", StringComparison.Ordinal).Replace(attributes, "", StringComparison.Ordinal);

    public static DraftContent Read(string text, string slug = Slug) => DraftContent.Read(slug, text, new(null, null), new(scales, null));
}
