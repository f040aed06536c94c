namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>
/// Whether one content is another with nothing but spelling corrected, or a translation brought, which only says again what was signed. Only the name, the description, the picture's
/// description and hints can be patched at all; of them only the letters of single longer words, so that no meaning slips through: no word comes or goes, short words (not, may,
/// all), figures and first letters (un-, never/ever) stay.
/// </summary>
public static class SpellingFix
{
    private const int ShortWord = 3;
    private const int LongWord = 7;

    private static readonly char[] Punctuation = ['.', ',', ';', ':', '!', '?', '\'', '"', '(', ')', '\u2018', '\u2019', '\u201c', '\u201d'];

    /// <summary>Why it is more than spelling, in words; null when it is nothing else.</summary>
    public static string? Objection(BadgeDefinition agreed, BadgeDefinition corrected)
    {
        if (DefinitionHash.Of(Restored(agreed, corrected)) != DefinitionHash.Of(agreed))
        {
            return "More than a translation, the name, the description, the picture's description or hints changed; that needs sign-off again.";
        }

        return Texts(agreed).Zip(Texts(corrected)).Select(pair => Objection(pair.First, pair.Second)).FirstOrDefault(objection => objection is not null);
    }

    /// <summary>What a patch between two published contents brought.</summary>
    public static PatchKind KindOf(BadgeDefinition agreed, BadgeDefinition corrected) =>
        DefinitionHash.Of(corrected with { Translations = [] }) == DefinitionHash.Of(agreed with { Translations = [] }) ? PatchKind.Translation
        : DefinitionHash.Of(agreed with { Translations = corrected.Translations }) == DefinitionHash.Of(agreed) ? PatchKind.Spelling
        : PatchKind.SpellingAndTranslation;

    /// <summary>As the other, for one text.</summary>
    public static string? Objection(string before, string after)
    {
        var (old, now) = (WordChanges.Split(before), WordChanges.Split(after));
        if (old.Length != now.Length)
        {
            return "A correction of spelling adds no word and takes none away.";
        }

        return old.Zip(now).Any(pair => pair.First != pair.Second && !IsSpelling(pair.First, pair.Second))
            ? "A word became another one. Only single letters of longer words can be corrected without new sign-offs; figures, short words and first letters stay."
            : null;
    }

    // The corrected content with the texts that may be corrected as they were: whatever differs still was not theirs to change, a member that badges get later included.
    private static BadgeDefinition Restored(BadgeDefinition agreed, BadgeDefinition corrected) => corrected with
    {
        Name = agreed.Name,
        Description = agreed.Description,
        Translations = agreed.Translations,
        Image = corrected.Image with { Alt = agreed.Image.Alt },
        Competencies = [.. corrected.Competencies.Select((competency, i) => competency with
        {
            EvidenceOptions = [.. competency.EvidenceOptions.Select((option, j) => option with
            {
                Hint = agreed.Competencies.ElementAtOrDefault(i)?.EvidenceOptions.ElementAtOrDefault(j)?.Hint ?? option.Hint,
            })],
        })],
    };

    private static IEnumerable<string> Texts(BadgeDefinition badge) =>
        [badge.Name, badge.Description, badge.Image.Alt, .. badge.Competencies.SelectMany(competency => competency.EvidenceOptions).Select(option => option.Hint)];

    private static bool IsSpelling(string before, string after)
    {
        var (old, now) = (Bare(before), Bare(after));
        if (before.Concat(after).Any(char.IsDigit))
        {
            return false;
        }

        if (old == now)
        {
            return true;
        }

        return old.Length > ShortWord && now.Length > ShortWord && old.Concat(now).All(char.IsLetter) && old[0] == now[0]
            && Distance(old, now) <= (old.Length >= LongWord ? 2 : 1);
    }

    private static string Bare(string word) => word.Trim(Punctuation).ToLowerInvariant();

    // Damerau-Levenshtein (optimal string alignment): letters put in, left out, exchanged, or swapped with their neighbor.
    private static int Distance(string a, string b)
    {
        var steps = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    steps[i, j] = i + j;
                    continue;
                }

                var least = Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                steps[i, j] = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? Math.Min(least, steps[i - 2, j - 2] + 1) : least;
            }
        }

        return steps[a.Length, b.Length];
    }
}
