using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>The words by which items are found: runs of letters and digits, folded as all search text is.</summary>
public static class ItemWords
{
    private const int MaxWords = 60;
    private const int MaxLength = 40;

    public static IEnumerable<string> Of(FrameworkItem item) => In($"{item.Code} {item.Abbreviated} {item.Statement}").Take(MaxWords);

    /// <summary>The distinct words of a text, in its order; those of one character and those too long to be words left out.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var words = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
            {
                end++;
            }

            if (end - start is > 1 and <= MaxLength && SearchText.Of(text[start..end]) is var word && seen.Add(word))
            {
                words.Add(word);
            }

            start = end + 1;
        }

        return words;
    }
}
