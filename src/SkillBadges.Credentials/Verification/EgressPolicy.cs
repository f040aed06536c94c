using System.Net;
using System.Net.Sockets;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Where a verifier may reach out to: https, a name of the public DNS, and only if every address that it resolves to is public
/// unicast. Whoever fetches asks with the URL, resolves once, asks with the addresses, connects to one of exactly those, follows
/// no redirects, and keeps <see cref="Timeout"/> and <see cref="MaxBytes"/>.
/// </summary>
/// <param name="httpOrigins">Our own loopback origins, such as <c>http://localhost:5080</c>, which are asked without TLS.</param>
/// <param name="onlyHosts">When given, no other host is asked; compared without regard to case.</param>
public sealed class EgressPolicy(IReadOnlyCollection<string> httpOrigins, IReadOnlyCollection<string>? onlyHosts)
{
    public const int MaxBytes = 256 * 1024;

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>Names that never leave a house (RFC 6761, RFC 6762, RFC 8375, RFC 7686, ICANN's .internal).</summary>
    private static readonly string[] LocalSuffixes = [".localhost", ".local", ".internal", ".home.arpa", ".onion", ".invalid", ".test", ".lan", ".intranet", ".corp", ".home"];

    /// <summary>Why the URL may not be asked for; null when it may.</summary>
    /// <returns><c>egress.scheme</c>, <c>egress.user</c>, <c>egress.address</c>, <c>egress.local-name</c> or <c>egress.host-not-listed</c>.</returns>
    public string? Refuses(Uri url)
    {
        if (!url.IsAbsoluteUri)
        {
            return "egress.scheme";
        }

        if (url.UserInfo.Length > 0)
        {
            return "egress.user";
        }

        if (IsOwnLoopback(url))
        {
            return null;
        }

        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return "egress.scheme";
        }

        if (url.HostNameType != UriHostNameType.Dns)
        {
            return "egress.address";
        }

        var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        if (!host.Contains('.', StringComparison.Ordinal) || LocalSuffixes.Any(suffix => host.EndsWith(suffix, StringComparison.Ordinal)))
        {
            return "egress.local-name";
        }

        // Forms that some resolvers take for an IPv4 address although the URL reader did not.
        var last = host[(host.LastIndexOf('.') + 1)..];
        if (last.All(char.IsAsciiDigit) || last.StartsWith("0x", StringComparison.Ordinal))
        {
            return "egress.address";
        }

        return onlyHosts is null || onlyHosts.Contains(host, StringComparer.OrdinalIgnoreCase) ? null : "egress.host-not-listed";
    }

    /// <summary>Why none of the addresses that the name resolved to may be connected to; null when each of them may.</summary>
    /// <returns>The codes of <see cref="Refuses(Uri)"/>, <c>egress.no-address</c> or <c>egress.inside</c>.</returns>
    public string? Refuses(Uri url, IReadOnlyCollection<IPAddress> addresses)
    {
        if (Refuses(url) is { } code)
        {
            return code;
        }

        if (addresses.Count == 0)
        {
            return "egress.no-address";
        }

        // One address inside is enough to refuse: a name that leads both ways is an attack or a mistake.
        var allowed = IsOwnLoopback(url) ? addresses.All(IPAddress.IsLoopback) : addresses.All(IsPublicUnicast);
        return allowed ? null : "egress.inside";
    }

    /// <summary>
    /// True for addresses that the IANA special-purpose registries (2025-10) leave to the public Internet. IPv4 within IPv6 is
    /// judged by the IPv4 address; tunnels that hide one (6to4, Teredo) are not public.
    /// </summary>
    public static bool IsPublicUnicast(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return IsPublicUnicast(address.GetAddressBytes().AsSpan());
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = address.GetAddressBytes();
        if (address.IsIPv4MappedToIPv6 || bytes.StartsWith(Nat64))
        {
            return IsPublicUnicast(bytes[12..]);
        }

        // 2000::/3 is what is given out; within it 2001::/23 are protocols, 2001:db8::/32 and 3fff::/20 examples, 2002::/16 tunnels.
        return (bytes[0] & 0xE0) == 0x20 && bytes switch
        {
            [0x20, 0x01, < 2, ..] => false,
            [0x20, 0x01, 0x0D, 0xB8, ..] => false,
            [0x20, 0x02, ..] => false,
            [0x3F, 0xFF, < 0x10, ..] => false,
            [0x3F, 0xFE, ..] => false,
            _ => true,
        };
    }

    /// <summary>64:ff9b::/96, with which IPv6-only networks reach IPv4 hosts (RFC 6052).</summary>
    private static ReadOnlySpan<byte> Nat64 => [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0];

    private static bool IsPublicUnicast(ReadOnlySpan<byte> ipv4) => ipv4 switch
    {
        [0 or 10 or 127, ..] => false,
        [100, >= 64 and < 128, ..] => false,
        [169, 254, ..] => false,
        [172, >= 16 and < 32, ..] => false,
        [192, 0, 0 or 2, _] => false,
        [192, 88, 99, _] => false,
        [192, 168, ..] => false,
        [198, 18 or 19, ..] => false,
        [198, 51, 100, _] => false,
        [203, 0, 113, _] => false,
        // A cloud's host agent, though the number lies in a public range.
        [168, 63, 129, 16] => false,
        [>= 224, ..] => false,
        _ => true,
    };

    private bool IsOwnLoopback(Uri url) =>
        url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && httpOrigins.Contains(url.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase);
}
