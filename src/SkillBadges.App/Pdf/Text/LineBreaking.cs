using System.Text;

namespace SkillBadges.App.Pdf.Text;

/// <summary>Where a line may end: after a space or a hyphen, and around Han, kana and Hangul.</summary>
internal static class LineBreaking
{
    // What stands before a break stays there; closing marks of East Asian text do not begin a line.
    private const string NoBeginning = "、。，．・：；！？）］｝」』】〕〉》ー々";

    /// <summary>The text in pieces that stay together, each with its spaces behind it.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        var runes = text.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            piece.Append(runes[i].ToString());
            if (i + 1 < runes.Length && MayBreak(runes[i].Value, runes[i + 1].Value))
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    /// <summary>The longest beginning of a word that fits, in UTF-16 units: at least one character.</summary>
    public static int Cut(string word, Func<string, bool> fits)
    {
        var end = 0;
        var (low, high) = (1, word.Length);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var at = middle < word.Length && char.IsLowSurrogate(word[middle]) ? middle - 1 : middle;
            (end, low, high) = at > 0 && fits(word[..at]) ? (at, middle + 1, high) : (end, low, middle - 1);
        }

        return end > 0 ? end : char.IsHighSurrogate(word[0]) && word.Length > 1 ? 2 : 1;
    }

    private static bool MayBreak(int before, int after) =>
        (before == ' ' && after != ' ')
        || (before is '-' or '–' or '—' or '/' && after != ' ')
        || ((Scripts.BreaksAnywhere(before) || Scripts.BreaksAnywhere(after)) && after != ' ' && !NoBeginning.EnumerateRunes().Any(rune => rune.Value == after));
}
