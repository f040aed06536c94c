using System.Collections.Frozen;

namespace SkillBadges.Core.Mastery;

/// <summary>What makes a list of levels a scale. Paths are those of the scale file format.</summary>
public static class ScaleRules
{
    public const int MaxLevels = 20;

    public const int MaxCodeLength = 40;

    // What has not been seen is the absence of a level; a scale that names it would let it be averaged, converted and printed as one.
    private static readonly FrozenSet<string> noEvidence = new[] { "noevidence", "noevidenceyet", "insufficientevidence", "notassessed", "notyetassessed", "unassessed", "notscored", "missing" }.ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<ContentFault> Faults(MasteryScale scale)
    {
        if (scale.Levels.Length is < 2 or > MaxLevels)
        {
            yield return new("scale.too-few-levels", "$.levels", $"A scale has 2 to {MaxLevels} levels; this one has {scale.Levels.Length}.");
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < scale.Levels.Length; i++)
        {
            var level = scale.Levels[i];
            if (!codes.Add(level.Code))
            {
                yield return new("scale.duplicate-level", $"$.levels[{i}].code", $"The level code {AuthoredText.Quote(level.Code)} is used twice.");
            }

            if (!IsCode(level.Code))
            {
                yield return new(
                    "scale.bad-level-code",
                    $"$.levels[{i}].code",
                    $"The level code {AuthoredText.Quote(level.Code)} is not letters and digits, with + and - between or behind, at most {MaxCodeLength}.");
            }

            if (noEvidence.Contains(Letters(level.Code)) || noEvidence.Contains(Letters(level.Label)))
            {
                yield return new(
                    "scale.no-evidence-level", $"$.levels[{i}]", $"{AuthoredText.Quote(level.Label)} says that nothing was seen, which is no level: where there is no evidence, nothing is recorded.");
            }

            if (i > 0 && level.Ordinal <= scale.Levels[i - 1].Ordinal)
            {
                yield return new(
                    "scale.levels-out-of-order",
                    $"$.levels[{i}].ordinal",
                    $"Levels are listed lowest first: {AuthoredText.Quote(level.Code)} has ordinal {level.Ordinal}, not more than the {scale.Levels[i - 1].Ordinal} before it.");
            }
        }

        if (!codes.Contains(scale.ProficientCut))
        {
            yield return new("scale.cut-not-a-level", "$.proficientCut", $"The proficient cut {AuthoredText.Quote(scale.ProficientCut)} is not the code of a level.");
        }

        var count = scale.Scoring.Count;
        if (scale.Scoring.Method == ScoringMethod.ModeOfLast ? count is < 2 or > ScoringPolicy.MaxCount : count != 0)
        {
            yield return new(
                "scale.bad-scoring",
                "$.scoring",
                $"Only mode-of-last takes a count, of 2 to {ScoringPolicy.MaxCount} decisions.");
        }
    }

    private static string Letters(string text) => new([.. text.Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);

    // Codes become part of identifiers in credentials, so they hold only what needs no escaping there.
    private static bool IsCode(string code) =>
        code.Length is > 0 and <= MaxCodeLength && char.IsAsciiLetterOrDigit(code[0]) && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-');
}
