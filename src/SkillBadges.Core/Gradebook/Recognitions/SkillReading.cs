using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>Reads the skills that a source speaks of.</summary>
internal static class SkillReading
{
    private const int MaxSkills = 100;

    /// <summary>Of an award here: the levels that it was awarded for, each with the entry that still stands for it.</summary>
    public static async Task<ImmutableArray<BroughtSkill>> OfAwardAsync(IDocumentStore store, Award award, CancellationToken cancellationToken)
    {
        var badge = await store.VersionAsync(award.Badge, cancellationToken);
        var chain = await store.WholeAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(award.Organization, award.Learner).Descending(), cancellationToken);
        var corrected = chain.Documents.Select(entry => entry.Facts.Corrects).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var standing = chain.Documents.Where(entry => entry.Facts.Effect != EntryEffect.Retracted && entry.Facts.Recognized is null && !corrected.Contains(entry.Id) && entry.Facts.Competency.Badge == award.Badge).ToList();
        return
        [
            .. award.Levels.Select(level =>
            {
                var competency = badge.Competency(level.Competency);
                return new BroughtSkill(
                    competency.Name, badge.Id, competency.Id, [.. CompetencyAlignment.ItemsOf(competency)], badge.Scale, level.Level, badge.Scale.Find(level.Level)?.Label,
                    standing.FirstOrDefault(entry => entry.Facts.Competency.CompetencyId == competency.Id && entry.Facts.Level.Code == level.Level));
            }),
        ];
    }

    /// <summary>Of a credential from elsewhere. Levels are read where the achievement is one of this instance; else they are words.</summary>
    /// <param name="credential">The credential's members, verified.</param>
    /// <param name="badge">The badge of this instance that the achievement's id names, or null.</param>
    /// <param name="achievementId">That id, as it stands in the credential.</param>
    public static ImmutableArray<BroughtSkill> OfCredential(JsonElement credential, BadgeDefinition? badge, string? achievementId)
    {
        var subject = Values(credential, "credentialSubject").FirstOrDefault();
        var achievement = Values(subject, "achievement").FirstOrDefault();
        var overall = Items(achievement);
        var descriptions = Values(achievement, "resultDescription").ToList();
        var skills = new List<BroughtSkill>();
        foreach (var result in Values(subject, "result").Take(MaxSkills))
        {
            var description = descriptions.FirstOrDefault(one => Text(one, "id") is { } id && id == Text(result, "resultDescription"));
            var competency = badge?.Competencies.FirstOrDefault(one => BadgeAchievement.ResultId(achievementId!, one.Id) == Text(result, "resultDescription"));
            var level = competency is null ? null : badge!.Scale.Levels.FirstOrDefault(one => BadgeAchievement.LevelId(achievementId!, competency.Id, one.Code) == Text(result, "achievedLevel"));
            var signed = Values(description, "rubricCriterionLevel").FirstOrDefault(one => Text(one, "id") is { } id && id == Text(result, "achievedLevel"));
            var items = Items(description).AddRange(Items(result));
            skills.Add(new(
                Shown(Text(description, "name")) ?? competency?.Name ?? "", competency is null ? null : badge!.Id, competency?.Id, items.IsEmpty ? overall : items,
                level is null ? null : badge!.Scale, level?.Code, Shown(Text(signed, "name") ?? Text(result, "value")), null));
        }

        return skills.Count > 0 ? [.. skills] : [new(Shown(Text(achievement, "name")) ?? "", null, null, overall, null, null, null, null)];
    }

    /// <summary>A stranger's words in ours: one line, bounded, nothing that disguises.</summary>
    public static string? Shown(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : DisplayText.Require(text.Length > BroughtBadge.MaxTextLength ? text[..BroughtBadge.MaxTextLength].TrimEnd('\uD800', '\uDBFF') : text, BroughtBadge.MaxTextLength, "recognition.text");
        }
        catch (RefusedException)
        {
            return "(words that cannot be shown here)";
        }
    }

    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static IEnumerable<JsonElement> Values(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
    }

    private static ImmutableArray<string> Items(JsonElement aligned) =>
    [
        .. Values(aligned, "alignment").Take(MaxSkills).Where(alignment => Text(alignment, "targetType") == "CFItem")
            .Select(alignment => Text(alignment, "targetUrl") is { } address ? ItemAddress.IdentifierIn(address) : null).OfType<string>().Distinct(StringComparer.Ordinal),
    ];
}
