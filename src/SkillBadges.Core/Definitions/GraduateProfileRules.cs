using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>What makes content a profile. Paths are those of the profile file format; a scale without levels stands for one that was not found.</summary>
public static class GraduateProfileRules
{
    public const int MaxAttributes = 12;

    public static IEnumerable<ContentFault> Faults(GraduateProfile profile) =>
    [
        .. profile.Attributes.GroupBy(attribute => attribute.Id, StringComparer.Ordinal).Where(same => same.Key.Length > 0 && same.Count() > 1)
            .Select(same => new ContentFault("definition.duplicate-id", $"$.attributes[{profile.Attributes.LastIndexOf(same.Last())}].id", "This attribute is there already.")),
        .. profile.Attributes.SelectMany((attribute, i) => Faults(profile, attribute, $"$.attributes[{i}]")),
    ];

    private static IEnumerable<ContentFault> Faults(GraduateProfile profile, ProfileAttribute attribute, string path)
    {
        for (var i = 0; i < attribute.Bands.Length; i++)
        {
            var band = attribute.Bands[i];
            if (i > 0 && band.Band <= attribute.Bands[i - 1].Band)
            {
                yield return new("profile.bands-out-of-order", $"{path}.bands[{i}].band", "Each band comes once, the younger years first.");
            }

            foreach (var level in profile.Scale.Levels.Where(level => !band.Levels.ContainsKey(level.Code)))
            {
                yield return new("definition.missing-descriptor", $"{path}.bands[{i}].levels.{level.Code}", $"The level {level.Code} is not described.");
            }

            foreach (var code in band.Levels.Keys.Where(code => !profile.Scale.Levels.IsEmpty && profile.Scale.Find(code) is null).Order(StringComparer.Ordinal))
            {
                yield return new("scale.unknown-level", $"{path}.bands[{i}].levels.{code}", $"The scale {profile.Scale.Id} has no level {AuthoredText.Quote(code)}.");
            }
        }
    }
}
