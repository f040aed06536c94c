using System.Text.Json;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>A translation, or its part about one skill, whose original says something else by now.</summary>
/// <param name="Competency">Id of the skill; null for the words of the badge itself.</param>
/// <param name="Path">In the badge file.</param>
/// <param name="Mark">What it is marked with once it is up to date.</param>
public sealed record StaleTranslation(string Language, string? Competency, string Path, string Mark);

/// <summary>
/// Which original a translation was written for: the beginning of the SHA-256 of exactly the words that it translates. A mark that is another than that of the words
/// of today says that the translation may be out of date.
/// </summary>
public static class TranslationMark
{
    public const int Length = 12;

    /// <summary>Of the badge's own words, skills left out.</summary>
    public static string Of(BadgeDefinition badge, BadgeTranslation translation) => Of(
    [
        badge.Name, badge.Description, badge.Criteria, badge.Image.Alt, .. translation.ScaleName is null ? (string[])[] : [badge.Scale.Name], .. translation.ScaleLevels.IsEmpty ? [] : badge.Scale.Levels.SelectMany(level => (string[])[level.Code, level.Label, level.Descriptor]),
    ]);

    /// <summary>Of the words of a skill.</summary>
    public static string Of(MasteryScale scale, Competency skill, TranslatedCompetency translation) => Of(
    [
        skill.Name, skill.Statement,
        .. scale.Levels.Select(level => skill.LevelDescriptors.GetValueOrDefault(level.Code, "")),
        .. skill.EvidenceOptions.SelectMany(option => (string[])[option.Id, option.Label, option.Hint]),
        .. translation.Exemplars.IsEmpty ? [] : skill.Exemplars.SelectMany(exemplar => (string[])[exemplar.Title, exemplar.Description]),
        .. translation.Extensions.IsEmpty ? [] : skill.Extensions.SelectMany(task => (string[])[task.Id, task.Title, task.Description]),
    ]);

    /// <summary>What is marked for other words than those of the badge; what has no mark is taken for good.</summary>
    public static IReadOnlyList<StaleTranslation> Stale(BadgeDefinition badge)
    {
        var stale = new List<StaleTranslation>();
        foreach (var (place, translation) in badge.Translations.Index())
        {
            Add(null, translation.WrittenFor, () => Of(badge, translation), $"$.translations[{place}]");
            foreach (var (at, words) in translation.Competencies.Index())
            {
                if (badge.Competencies.FirstOrDefault(skill => skill.Id == words.Id) is { } skill)
                {
                    Add(skill.Id, words.WrittenFor, () => Of(badge.Scale, skill, words), $"$.translations[{place}].competencies[{at}]");
                }
            }

            void Add(string? competency, string? mark, Func<string> today, string path)
            {
                if (mark is not null && today() is var now && now != mark)
                {
                    stale.Add(new(translation.Language, competency, path, now));
                }
            }
        }

        return stale;
    }

    private static string Of(string[] words) => Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(words)).Hex[..Length];
}
