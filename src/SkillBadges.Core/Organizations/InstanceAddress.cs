namespace SkillBadges.Core.Organizations;

/// <summary>
/// The public address of this instance, from which ids, did:web names and links are made. The first organization fixes it,
/// since credentials that are out in the world carry it.
/// </summary>
public sealed record InstanceAddress
{
    private InstanceAddress(Uri uri)
    {
        BaseUrl = uri.GetLeftPart(UriPartial.Authority);
        IsLoopback = uri.IsLoopback;
        DidPrefix = "did:web:" + (uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}%3A{uri.Port}");
    }

    /// <summary>Scheme, host and port without a slash at the end, such as <c>https://badges.example.org</c>.</summary>
    public string BaseUrl { get; }

    public bool IsLoopback { get; }

    /// <summary>Such as <c>did:web:localhost%3A5080</c>.</summary>
    public string DidPrefix { get; }

    /// <exception cref="RefusedException"><c>settings.base-url</c>: not an https origin (http only on loopback), or an IP address, which did:web forbids.</exception>
    public static InstanceAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            || uri.HostNameType != UriHostNameType.Dns
            || uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw Refused.Invalid("settings.base-url", "The public base URL is https://host or https://host:port without a path; http only for localhost; a host name, not an IP address.");
        }

        return new(uri);
    }

    /// <summary>An absolute link; <paramref name="path"/> begins with a slash.</summary>
    public string Link(string path) => BaseUrl + path;

    /// <summary>The DID of an organization (did:web method, path form): resolves to <c>{base}/orgs/{slug}/did.json</c>.</summary>
    public string DidOf(string organizationSlug) => $"{DidPrefix}:orgs:{organizationSlug}";

    /// <summary>The slug of an organization of this instance that the DID names, or null.</summary>
    public string? SlugOf(string did) =>
        did.StartsWith($"{DidPrefix}:orgs:", StringComparison.Ordinal) && did[(DidPrefix.Length + 6)..] is { Length: > 0 } slug && !slug.Contains(':', StringComparison.Ordinal)
            ? slug
            : null;
}
