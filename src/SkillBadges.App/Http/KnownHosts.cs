using System.Collections.Frozen;

namespace SkillBadges.App.Http;

/// <summary>Answers only under names that are ours: links and cookies are not made for a name that someone else chose.</summary>
internal sealed class KnownHosts(RequestDelegate next, Settings settings)
{
    private readonly FrozenSet<string> hosts = settings.AllowedHosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        // Probes come by address.
        var isProbe = context.Request.Path == "/healthz" || context.Request.Path == "/readyz";
        return isProbe || hosts.Contains(context.Request.Host.Host)
            ? next(context)
            : throw RequestRefused.With(400, "request.host", "This server does not answer under this name.");
    }
}
