using System.Net;
using System.Text.RegularExpressions;

namespace SkillBadges.App.Tests.Hostile;

/// <summary>Reads a page's tags and attributes as a browser does (HTML Living Standard 13.2.5, 2026-10), as far as telling ours from foreign ones needs it.</summary>
internal static partial class PageMarkup
{
    private static readonly HashSet<string> Never = new(StringComparer.OrdinalIgnoreCase) { "iframe", "object", "embed", "base", "marquee", "math", "applet", "frame", "style", "video", "plaintext", "noscript" };

    private static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase) { "href", "src", "action", "formaction", "data", "xlink:href", "poster" };

    /// <summary>What a browser would run, or take orders from, though no page of ours has it.</summary>
    public static IEnumerable<string> Foreign(string html)
    {
        foreach (var (name, attributes) in Tags(html))
        {
            if (Never.Contains(name)
                || (name.Equals("meta", StringComparison.OrdinalIgnoreCase) && attributes.Any(one => one.Name.Equals("http-equiv", StringComparison.OrdinalIgnoreCase)))
                || (name.Equals("script", StringComparison.OrdinalIgnoreCase) && !attributes.Any(one => one.Name == "src" && one.Value.StartsWith('/') && !one.Value.StartsWith("//", StringComparison.Ordinal))))
            {
                yield return $"<{name}>";
            }

            foreach (var (attribute, value) in attributes)
            {
                if (attribute.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Equals("srcdoc", StringComparison.OrdinalIgnoreCase) || (Addresses.Contains(attribute) && Running().IsMatch(value)))
                {
                    yield return $"<{name} {attribute}={value}>";
                }
            }
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<(string Name, string Value)> Attributes)> Tags(string html)
    {
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at))
        {
            if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0)
            {
                at = html.IndexOf("-->", at, StringComparison.Ordinal) is >= 0 and var end ? end : html.Length - 1;
                continue;
            }

            if (!char.IsAsciiLetter(html[++at]))
            {
                continue;
            }

            var named = TagName().Match(html, at);
            at += named.Length;
            var attributes = new List<(string, string)>();
            while (Attribute().Match(html, at) is { Success: true } attribute)
            {
                attributes.Add((attribute.Groups["name"].Value, WebUtility.HtmlDecode(attribute.Groups["value"].Value)));
                at += attribute.Length;
            }

            yield return (named.Value, attributes);
        }
    }

    [GeneratedRegex(@"\G[^\s/>]+")]
    private static partial Regex TagName();

    [GeneratedRegex("""\G[\s/]*(?<name>[^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s>]+)))?""")]
    private static partial Regex Attribute();

    // Browsers skip blanks and control characters before a scheme, and line ends within it.
    [GeneratedRegex(@"^[\x00-\x20]*(j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript|data:(?!image/))\s*:?", RegexOptions.IgnoreCase)]
    private static partial Regex Running();
}
