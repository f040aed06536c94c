using Microsoft.AspNetCore.Antiforgery;
using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.SignIn.Passes;

namespace SkillBadges.App.SignIn.Passes;

/// <summary>The addresses of a pass that are no pages.</summary>
internal static class PassLinks
{
    public static void MapPassLinks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/pass/{secret}", OpenAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Guessable).ExcludeFromDescription();

        // Drawn for who has a pass, a form's token is theirs: whoever is nobody here could not send it.
        app.MapPost("/my-students/leave", LeaveAsync).AllowAnonymous().WithMetadata(new ReachableByPassAttribute()).ExcludeFromDescription();
        app.MapGet("/my-students/{id}/files/{evidence}", EvidenceDownload.ReadAsync).RequireAuthorization().WithMetadata(new ReachableByPassAttribute()).ExcludeFromDescription();
    }

    // The secret leaves the address at once. A scanner that follows the link has spent nothing and knows no code.
    private static async Task<IResult> OpenAsync(string secret, HttpContext context, PassOpening opening, PassCookies cookies, CancellationToken cancellationToken)
    {
        var placement = await opening.OpenAsync(secret, cancellationToken);
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        var known = cookies.Known(context.Request).FirstOrDefault(one => one.Placement == placement.Value);
        if (known is not null && await opening.FindAsync(known.Placement, known.DeviceSecret, cancellationToken) is { } live)
        {
            cookies.Remember(context, known, live.Placement.To);
            return TypedResults.LocalRedirect("/my-students");
        }

        cookies.KeepLink(context, OneTimeLink.HashOf(secret));
        return TypedResults.LocalRedirect("/pass");
    }

    private static async Task<IResult> LeaveAsync(HttpContext context, IAntiforgery antiforgery, PassCookies cookies)
    {
        await antiforgery.ValidateRequestAsync(context);
        cookies.Forget(context);
        return TypedResults.LocalRedirect("/");
    }
}
