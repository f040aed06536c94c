using System.Text.RegularExpressions;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// Criteria are Markdown that is shown by schools, employers and wallets we know nothing about, each with its own renderer. So nothing
/// stands in it that a careless one could run or load: no raw HTML, no images, no links but https.
/// </summary>
public static partial class CriteriaMarkdown
{
    /// <summary>What may not stand in criteria, in words, or null.</summary>
    public static string? Objection(string markdown)
    {
        if (Tag().IsMatch(markdown))
        {
            return "Raw HTML is not allowed; write Markdown, and &lt; where a less-than sign is meant.";
        }

        if (markdown.Contains("![", StringComparison.Ordinal))
        {
            return "Images are not allowed in criteria; the badge has its own image.";
        }

        return Target().Matches(markdown).Any(target => !WebAddress.IsPublic(target.Groups["url"].Value))
            ? "Links must be complete https addresses."
            : null;
    }

    // CommonMark 0.31.2, 6.6 raw HTML and 4.6 HTML blocks: "<" before a letter, "/", "!" or "?". Code spans are not excepted, for
    // a renderer may disagree on where one ends.
    [GeneratedRegex("<[A-Za-z/!?]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    // Inline links (6.3) and link reference definitions (4.7), which may also stand in quotes and lists.
    [GeneratedRegex(@"\]\(\s*(?<url>[^\s)]*)|\]:\s*(?<url>\S*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Target();
}
