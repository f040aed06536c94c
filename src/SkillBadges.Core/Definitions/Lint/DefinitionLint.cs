using System.Text.RegularExpressions;

namespace SkillBadges.Core.Definitions.Lint;

/// <summary>
/// Looks whether a badge says what an assessor can see: an observable verb, a condition, a measure, a framework to refer to, and translations of the words as they are now. It goes by
/// English word lists, so it advises and does not judge; where an organization says so, findings keep a badge from being published.
/// </summary>
public static partial class DefinitionLint
{
    private const string NoFramework = "lint.no-framework";

    public static IReadOnlyList<LintFinding> Findings(BadgeDefinition badge) =>
    [
        .. badge.Competencies.SelectMany((competency, i) => Statement(competency.Statement, $"$.competencies[{i}].statement")),
        .. badge.Competencies.SelectMany((competency, i) => Levels(badge, competency, $"$.competencies[{i}].levels")),
        .. Framework(badge),
        .. Translations(badge),
    ];

    /// <summary>The same; without the one about frameworks where standards are not used yet.</summary>
    public static IReadOnlyList<LintFinding> Findings(BadgeDefinition badge, bool usesStandards) =>
        [.. Findings(badge).Where(finding => usesStandards || finding.Code != NoFramework)];

    /// <summary>For a door where findings keep a badge out.</summary>
    /// <exception cref="RefusedException"><c>definition.lint</c>, with the first finding.</exception>
    public static void RequireNone(BadgeDefinition badge, bool usesStandards = true)
    {
        if (Findings(badge, usesStandards) is [var first, ..] all)
        {
            throw Refused.Invalid("definition.lint", $"{all.Count} findings, the first at {first.Path}: {first.Reason} {first.Advice}");
        }
    }

    private static IEnumerable<LintFinding> Statement(string statement, string path)
    {
        var words = Words(statement);
        if (words.Count == 0)
        {
            yield break;
        }

        if (words.Take(2).FirstOrDefault(LintWords.English.Unobservable.Contains) is { } inner)
        {
            yield return new("lint.no-observable-verb", path, $"Nobody can see whether somebody does this: \"{inner}\".", "Begin with what an observer sees done, such as measures, explains or builds.");
        }
        else if (!words[0].EndsWith('s'))
        {
            yield return new("lint.no-observable-verb", path, $"The statement begins with \"{words[0]}\", which does not read as what somebody does.", "Begin with a verb in the third person, such as measures, explains or builds.");
        }

        if (!words.Skip(1).Any(LintWords.English.Conditions.Contains))
        {
            yield return new("lint.no-condition", path, "The statement names no condition.", "Say from what, with what, to what or in which situation it is done.");
        }

        foreach (var finding in Vague(words, path))
        {
            yield return finding;
        }
    }

    private static IEnumerable<LintFinding> Levels(BadgeDefinition badge, Competency competency, string path)
    {
        foreach (var (level, text) in competency.LevelDescriptors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var words = Words(text);
            var here = $"{path}.{level}";
            if (level == competency.RequiredLevel && !Digit().IsMatch(text) && !words.Any(LintWords.English.Measures.Contains))
            {
                yield return new("lint.no-measure", here, "The level that is needed names no measure.", "Say how many, how close, by which list or without what help, so that two assessors come to the same answer.");
            }

            foreach (var word in words.Where(LintWords.English.Frequencies.Contains).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                yield return new("lint.frequency", here, $"\"{word}\" tells how often, not what is different to see.", "Describe the work at this level instead.");
            }

            foreach (var finding in Vague(words, here))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<LintFinding> Vague(IEnumerable<string> words, string path) => words.Where(LintWords.English.Vague.Contains).Distinct(StringComparer.OrdinalIgnoreCase)
        .Select(word => new LintFinding("lint.vague", path, $"\"{word}\" leaves the measure to whoever reads it.", "Name the limit, the list or the example that decides."));

    private static IEnumerable<LintFinding> Framework(BadgeDefinition badge)
    {
        // Occupations and programs say where a badge is used, not what is asked.
        var standards = badge.Alignments.Concat(badge.Competencies.SelectMany(competency => competency.Alignments)).Where(alignment => alignment.TargetFramework is not (AlignmentRules.Occupations or AlignmentRules.Programs));
        if (!standards.Any())
        {
            yield return new(NoFramework, "$.alignments", "The badge refers to no standard or framework.", "Add an alignment to what the field goes by, by its code and public address.");
        }
    }

    private static IEnumerable<LintFinding> Translations(BadgeDefinition badge) => TranslationMark.Stale(badge).Select(stale => new LintFinding(
        "lint.translation-stale", stale.Path, $"What is translated here ({stale.Language}) was changed after it was translated, so the translation may be out of date.",
        $"Look it through. When it says the same again, write \"writtenFor\": \"{stale.Mark}\" here; a translation that changes in a proposal is marked without that."));

    private static List<string> Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    [GeneratedRegex("[A-Za-z]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("[0-9]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digit();
}
