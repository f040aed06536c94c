using System.Globalization;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>The forms of the values in a package: what is an address, a day, an instant, and what no reader could see.</summary>
internal static class CaseForms
{
    private static readonly string[] instants = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>UUIDs in lower case, so that the same one is equal; whatever else as it stands.</summary>
    public static string Known(string identifier) => Guid.TryParseExact(identifier, "D", out var uuid) ? uuid.ToString("D") : identifier;

    /// <summary>One of those that are known, or a word of somebody's own.</summary>
    public static bool IsAssociationType(string type) =>
        CaseAssociation.Types.Contains(type, StringComparer.Ordinal) || (type.Length > 4 && type.StartsWith("ext:", StringComparison.Ordinal));

    /// <summary>An absolute http or https address, or a URN; never one that a reader could run.</summary>
    public static bool IsAddress(string text) =>
        text.All(c => c is > ' ' and < '\x7f' and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}'))
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http" or "urn"
        && uri.UserInfo.Length == 0
        && (uri.Scheme == "urn" || uri.Host.Length > 0);

    public static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>ISO 8601 with a zone, seconds at least, as RFC 3339 (July 2002) narrows it.</summary>
    public static DateTimeOffset? Instant(string text)
    {
        var hasZone = text[^1] == 'Z' || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        return hasZone && DateTimeOffset.TryParseExact(text, instants, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant)
            ? Instants.FromMicroseconds(instant.ToMicroseconds())
            : null;
    }

    /// <summary>The first character that readers cannot see, as <see cref="AuthoredText.Offender"/> names it; lines and tabs belong to statements.</summary>
    public static string? Offender(string text) =>
        AuthoredText.Offender(text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal));
}
