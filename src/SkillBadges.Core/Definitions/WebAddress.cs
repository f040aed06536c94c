namespace SkillBadges.Core.Definitions;

/// <summary>Addresses that authored content may point to.</summary>
public static class WebAddress
{
    public const int MaxLength = 300;

    /// <summary>
    /// An absolute https address of a named public host: no user information, no port, no IP address, and only the printable ASCII
    /// characters of RFC 3986, as they stand.
    /// </summary>
    public static bool IsPublic(string text) =>
        text.Length is > 0 and <= MaxLength
        && text.StartsWith("https://", StringComparison.Ordinal)
        && text.All(c => c is > ' ' and < '\x7f' and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}'))
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.HostNameType == UriHostNameType.Dns
        && uri.Host.Contains('.', StringComparison.Ordinal)
        && uri.IsDefaultPort
        && uri.UserInfo.Length == 0;
}
