using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.SignIn.Passes;

/// <summary>An internship that a device is known for, with the device's secret.</summary>
internal sealed record KnownPass(string Placement, string DeviceSecret);

/// <summary>
/// Two cookies, both sealed and HttpOnly: which link was opened (for half an hour, so that its secret leaves the address at once), and for which internships this device is known.
/// What they say is looked up with each request.
/// </summary>
internal sealed class PassCookies(IDataProtectionProvider protection, InstanceAddress address)
{
    private const int MaxPasses = 20;

    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(30);

    private readonly IDataProtector devices = protection.CreateProtector("pass devices");
    private readonly ITimeLimitedDataProtector links = protection.CreateProtector("pass link").ToTimeLimitedDataProtector();
    private readonly bool isHttps = address.BaseUrl.StartsWith("https:", StringComparison.Ordinal);

    public static string NameOf(InstanceAddress address) => address.BaseUrl.StartsWith("https:", StringComparison.Ordinal) ? "__Host-skillbadges-pass" : "skillbadges-pass";

    private string DevicesName => NameOf(address);

    private string LinkName => DevicesName + "-link";

    /// <summary>The latest last; empty when there are none or the cookie is not ours.</summary>
    public IReadOnlyList<KnownPass> Known(HttpRequest request) => Opened(request, DevicesName, devices) is { } text
        ? [.. text.Split('\n').Select(line => line.Split(' ')).Where(parts => parts.Length == 2).Select(parts => new KnownPass(parts[0], parts[1]))]
        : [];

    public void Remember(HttpContext context, KnownPass known, DateTimeOffset until)
    {
        var all = Known(context.Request).Where(earlier => earlier.Placement != known.Placement).Append(known).TakeLast(MaxPasses);
        context.Response.Cookies.Append(DevicesName, devices.Protect(string.Join('\n', all.Select(one => $"{one.Placement} {one.DeviceSecret}"))), Options(until));
        context.Response.Cookies.Delete(LinkName, Options(null));
    }

    public void Forget(HttpContext context)
    {
        context.Response.Cookies.Delete(DevicesName, Options(null));
        context.Response.Cookies.Delete(LinkName, Options(null));
    }

    /// <summary>The hash of the link that was opened in this browser, or null.</summary>
    public string? Link(HttpRequest request) => Opened(request, LinkName, links);

    public void KeepLink(HttpContext context, string linkHash) => context.Response.Cookies.Append(LinkName, links.Protect(linkHash, LinkLife), Options(null));

    private static string? Opened(HttpRequest request, string name, IDataProtector protector)
    {
        try
        {
            return request.Cookies[name] is { Length: > 0 } sealedText ? protector.Unprotect(sealedText) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Options(DateTimeOffset? until) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = isHttps, Path = "/", Expires = until, IsEssential = true };
}
