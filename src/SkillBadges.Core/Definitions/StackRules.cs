using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>What makes content a stack. Paths are those of the stack file format.</summary>
public static class StackRules
{
    public static IEnumerable<ContentFault> Faults(BadgeStack stack) =>
    [
        .. Repeated(stack.Badges.Select((badge, i) => (badge.Slug, $"$.requires.badges[{i}].badge"))),
        .. Repeated(stack.Certificates.Select((certificate, i) => (certificate.Id, $"$.requires.certificates[{i}].id"))),
    ];

    /// <summary>Badges that nobody has published, and levels their scales do not have.</summary>
    /// <param name="badges">Every current badge by slug.</param>
    public static IEnumerable<ContentFault> Faults(BadgeStack stack, IReadOnlyDictionary<string, BadgeDefinition> badges)
    {
        for (var i = 0; i < stack.Badges.Length; i++)
        {
            var required = stack.Badges[i];
            if (!badges.TryGetValue(required.Slug, out var badge))
            {
                yield return new("stack.unknown-badge", $"$.requires.badges[{i}].badge", $"There is no badge {AuthoredText.Quote(required.Slug)}.");
            }
            else if (required.MinimumLevel is { } level && badge.Scale.Find(level) is null)
            {
                yield return new("scale.unknown-level", $"$.requires.badges[{i}].minimumLevel", $"The scale {badge.Scale.Id} of {required.Slug} has no level {AuthoredText.Quote(level)}.");
            }
        }
    }

    private static IEnumerable<ContentFault> Repeated(IEnumerable<(string Key, string Path)> keys) => keys
        .Where(key => key.Key.Length > 0)
        .GroupBy(key => key.Key, StringComparer.Ordinal)
        .SelectMany(same => same.Skip(1).Select(again => new ContentFault("definition.duplicate-id", again.Path, $"This is there already, at {same.First().Path}.")));
}
