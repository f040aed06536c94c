namespace SkillBadges.App.Http;

/// <summary>What every answer says to a browser: nothing foreign is loaded, framed, guessed or passed on.</summary>
internal static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        Apply(context);
        return next(context);
    });

    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;

        // Evidence is shown from a host of its own.
        var evidence = context.RequestServices.GetRequiredService<Settings>().EvidenceHost is { } host ? $" {host.GetLeftPart(UriPartial.Authority)}" : "";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{evidence}; media-src 'self'{evidence}; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";

        // Fetch standard, "append a request Origin header": under no-referrer a browser sends "Origin: null" with our own forms, and SameOrigin would refuse them.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        // Answers are about someone; what may be kept says so itself.
        headers.CacheControl = "no-store";
    }
}
