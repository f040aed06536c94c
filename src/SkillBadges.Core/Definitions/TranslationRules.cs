using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>What makes a translation one of its badge: it says everything that the badge says, and nothing else. Names of the scale and of its levels, exemplars and tasks that lead on may be left as they are, each kind as a whole.</summary>
internal static class TranslationRules
{
    public static IEnumerable<ContentFault> Faults(BadgeDefinition badge) => badge.Translations.SelectMany((translation, i) => Faults(badge, translation, $"$.translations[{i}]"));

    private static IEnumerable<ContentFault> Faults(BadgeDefinition badge, BadgeTranslation translation, string path)
    {
        if (translation.Language.Length is < 2 or > 3 || !translation.Language.All(char.IsAsciiLetterLower))
        {
            yield return new("definition.bad-language", $"{path}.language", "A language is named by its two or three letters, such as es.");
        }

        if (CriteriaMarkdown.Objection(translation.Criteria) is { } objection)
        {
            yield return new("definition.bad-markdown", $"{path}.criteria", objection);
        }

        // A scale that could not be read is told where it is named.
        if (!translation.ScaleLevels.IsEmpty && !badge.Scale.Levels.IsEmpty)
        {
            foreach (var fault in Differing(badge.Scale.Levels.Select(level => level.Code), translation.ScaleLevels.Select(level => level.Code), $"{path}.scaleLevels", "level"))
            {
                yield return fault;
            }
        }

        foreach (var fault in Differing(badge.Competencies.Select(skill => skill.Id), translation.Competencies.Select(skill => skill.Id), $"{path}.competencies", "competency"))
        {
            yield return fault;
        }

        foreach (var (words, skillPath) in translation.Competencies.Select((words, i) => (words, $"{path}.competencies[{i}]")))
        {
            if (badge.Competencies.FirstOrDefault(skill => skill.Id == words.Id) is { } skill)
            {
                foreach (var fault in Faults(skill, words, skillPath))
                {
                    yield return fault;
                }
            }
        }
    }

    private static IEnumerable<ContentFault> Faults(Competency skill, TranslatedCompetency words, string path)
    {
        var faults = Differing(skill.LevelDescriptors.Keys, words.LevelDescriptors.Keys, $"{path}.levels", "level")
            .Concat(Differing(skill.EvidenceOptions.Select(option => option.Id), words.EvidenceOptions.Select(option => option.Id), $"{path}.evidence", "evidence option"));
        if (!words.Extensions.IsEmpty)
        {
            faults = faults.Concat(Differing(skill.Extensions.Select(task => task.Id), words.Extensions.Select(task => task.Id), $"{path}.extensions", "task"));
        }

        return words.Exemplars.IsEmpty || words.Exemplars.Length == skill.Exemplars.Length
            ? faults
            : faults.Append(new("definition.translation-differs", $"{path}.exemplars", $"The skill has {skill.Exemplars.Length} exemplars, and {words.Exemplars.Length} are translated: each in its place, or none."));
    }

    private static IEnumerable<ContentFault> Differing(IEnumerable<string> original, IEnumerable<string> translated, string path, string what)
    {
        var (wanted, given) = (original.ToList(), translated.ToList());
        foreach (var id in wanted.Except(given).Order(StringComparer.Ordinal))
        {
            yield return new("definition.translation-differs", path, $"The {what} {AuthoredText.Quote(id)} is not translated.");
        }

        foreach (var id in given.Except(wanted).Concat(given.GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Skip(1).Any()).Select(same => same.Key)).Order(StringComparer.Ordinal))
        {
            yield return new("definition.translation-differs", path, $"The {what} {AuthoredText.Quote(id)} is not one of the badge's, or there twice.");
        }
    }
}
