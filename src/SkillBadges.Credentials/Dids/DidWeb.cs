using System.Text;

namespace SkillBadges.Credentials.Dids;

/// <summary>
/// did:web names and their URLs (did:web method specification, 2024-07 draft, 2.5.2): lower-case prefix, a DNS name, a port as
/// <c>%3A</c>, path segments after colons. IP addresses are no names.
/// </summary>
public static class DidWeb
{
    public const string Prefix = "did:web:";

    private const int MaxLength = 1024;

    /// <summary>
    /// The URL of the DID document; null when the text is not a did:web name. The scheme is https, or http for an origin such as
    /// <c>http://localhost:5080</c> that is listed in <paramref name="httpOrigins"/> and is a loopback name.
    /// </summary>
    public static Uri? ToUrl(string did, IReadOnlyCollection<string> httpOrigins)
    {
        if (did.Length > MaxLength || !did.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = did[Prefix.Length..].Split(':');
        if (Authority(parts[0]) is not { } authority || !parts.Skip(1).All(IsSegment))
        {
            return null;
        }

        var origin = IsLoopbackName(authority) && httpOrigins.Contains($"http://{authority}") ? $"http://{authority}" : $"https://{authority}";
        var path = parts.Length == 1 ? "/.well-known" : "/" + string.Join('/', parts.Skip(1));
        return new Uri($"{origin}{path}/did.json", UriKind.Absolute);
    }

    /// <summary>The did:web name whose document lives under a URL, without <c>/did.json</c>: the way back from <see cref="ToUrl"/>.</summary>
    /// <exception cref="MalformedException"><c>did.no-web-name</c> when the URL is an IP address or has a query, fragment or user.</exception>
    public static string FromUrl(Uri url)
    {
        var did = new StringBuilder(Prefix).Append(url.IdnHost.ToLowerInvariant());
        if (!url.IsDefaultPort)
        {
            did.Append("%3A").Append(url.Port);
        }

        foreach (var segment in url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            did.Append(':').Append(segment);
        }

        var name = did.ToString();
        return url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0 && ToUrl(name, []) is not null
            ? name
            : throw new MalformedException("did.no-web-name", "No did:web name can be made of that address.");
    }

    private static string? Authority(string text)
    {
        var colon = text.IndexOf('%', StringComparison.Ordinal);
        var host = colon < 0 ? text : text[..colon];
        if (!IsDnsName(host))
        {
            return null;
        }

        if (colon < 0)
        {
            return host;
        }

        var port = text[(colon + 1)..];
        return port.StartsWith("3A", StringComparison.OrdinalIgnoreCase)
            && port.Length is > 2 and <= 7 && port[2] != '0' && port[2..].All(char.IsAsciiDigit)
            && int.Parse(port[2..], System.Globalization.CultureInfo.InvariantCulture) <= 65535
                ? $"{host}:{port[2..]}"
                : null;
    }

    private static bool IsDnsName(string host)
    {
        var labels = host.Split('.');
        return host.Length <= 253 && labels.All(IsLabel)
            // A last label of digits, or in hexadecimal, makes URL readers take the whole for an IPv4 address.
            && !labels[^1].All(char.IsAsciiDigit) && !labels[^1].StartsWith("0x", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-'
        && label.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    /// <summary>DID Core idchar: letters, digits, dot, dash, underscore, and percent-encoded text that stays within its segment.</summary>
    private static bool IsSegment(string segment)
    {
        if (segment.Length == 0 || segment is "." or "..")
        {
            return false;
        }

        for (var at = 0; at < segment.Length; at++)
        {
            if (segment[at] == '%')
            {
                if (at + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[at + 1]) || !char.IsAsciiHexDigit(segment[at + 2])
                    || Convert.ToInt32(segment.Substring(at + 1, 2), 16) is < 0x21 or '/' or '\\' or '.' or '%' or '?' or '#' or 0x7F)
                {
                    return false;
                }

                at += 2;
            }
            else if (!char.IsAsciiLetterOrDigit(segment[at]) && segment[at] is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLoopbackName(string authority)
    {
        var host = authority.Split(':')[0];
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
