using System.Collections.Immutable;
using System.Net;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App;

// Where the server is, who stands before it, and whom it asks and believes.
internal sealed partial class SettingsReading
{
    private ImmutableArray<string> ReadUrls()
    {
        ImmutableArray<string> urls = [.. (Text("urls") ?? DefaultUrl).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        foreach (var url in urls)
        {
            try
            {
                BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                faults.Add($"urls: {url} is not an address to listen at, such as {DefaultUrl}.");
            }
        }

        return urls;
    }

    private InstanceAddress ReadAddress(ImmutableArray<string> urls)
    {
        try
        {
            return InstanceAddress.Parse(Text("baseUrl") ?? urls.FirstOrDefault() ?? DefaultUrl);
        }
        catch (RefusedException refusal)
        {
            faults.Add($"baseUrl: {refusal.Message}");
            return InstanceAddress.Parse(DefaultUrl);
        }
    }

    private ImmutableArray<IPNetwork> ReadProxies()
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var text in List("trustedProxies"))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                faults.Add($"trustedProxies: {text} is neither an address nor a network such as 10.0.0.0/8.");
            }
        }

        return networks.ToImmutable();
    }

    private ImmutableArray<string> ReadOrigins(InstanceAddress own)
    {
        ImmutableArray<string> origins = [.. List("issuerOrigins").Select(origin => origin.TrimEnd('/'))];
        foreach (var origin in origins)
        {
            var isOrigin = Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.GetLeftPart(UriPartial.Authority) == origin && url.UserInfo.Length == 0;
            if (!isOrigin || (url!.Scheme != "https" && !(url.Scheme == "http" && url.IsLoopback && own.IsLoopback)))
            {
                faults.Add($"issuerOrigins: {origin} is not an https origin such as https://badges.example.org (http is for loopback, while baseUrl is loopback too).");
            }
        }

        return origins;
    }

    // Cookies do not know ports: the host itself must be another one.
    private Uri? ReadEvidenceHost(InstanceAddress own)
    {
        var ownUrl = new Uri(own.BaseUrl);
        if (Text("evidenceHost") is not { } text)
        {
            return ownUrl.Host == "localhost" ? new UriBuilder(ownUrl) { Host = "127.0.0.1" }.Uri : null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.PathAndQuery != "/" || url.UserInfo.Length > 0 || url.Host == ownUrl.Host || (url.Scheme != "https" && !(url.Scheme == "http" && url.IsLoopback && own.IsLoopback)))
        {
            faults.Add($"evidenceHost: {text} is not an https origin on another host than baseUrl, such as https://evidence.example.org.");
            return null;
        }

        return url;
    }

    private Uri? ReadClamd()
    {
        if (Text("clamd") is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && ((url.Scheme == "tcp" && url.Host.Length > 0 && url.Port > 0) || (url.Scheme == "unix" && url.AbsolutePath.StartsWith('/'))))
        {
            return url;
        }

        faults.Add($"clamd: {text} is neither tcp://host:3310 nor unix:/run/clamav/clamd.ctl.");
        return null;
    }

    private ExternalAuthority ReadAuthority(IConfigurationSection section)
    {
        var issuer = section["issuer"] ?? "";
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var url) || (url.Scheme != "https" && !(url.Scheme == "http" && url.IsLoopback)))
        {
            faults.Add($"{section.Path}: issuer must be an https address.");
        }

        if (string.IsNullOrWhiteSpace(section["audience"]))
        {
            faults.Add($"{section.Path}: audience is missing; it is what this platform is called at the authority.");
        }

        var type = section["tokenType"] ?? "at+jwt";
        if (type.Equals("JWT", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add($"{section.Path}: tokenType JWT would let id_tokens in; the authority must mark its access tokens, as RFC 9068 says with at+jwt.");
        }

        return new(issuer, section["audience"] ?? "", type);
    }
}
