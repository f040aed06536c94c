using Microsoft.AspNetCore.ResponseCompression;

namespace SkillBadges.App.Http;

/// <summary>
/// Pages and what belongs to them are sent compressed. A page of somebody who is signed in is compressed only when a page of ours, or they themselves, asked for it: who can
/// have another's browser ask, choose a part of the address and watch how long the answers are could otherwise guess what stands in them (BREACH, 2013). Answers of the API never are.
/// </summary>
internal static class PageCompression
{
    public static void AddPageCompression(this IServiceCollection services) => services.AddResponseCompression(options =>
    {
        options.EnableForHttps = true;
        options.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml"];
        options.Providers.Add<BrotliCompressionProvider>();
        options.Providers.Add<GzipCompressionProvider>();
    });

    public static void UsePageCompression(this IApplicationBuilder app) => app.UseWhen(context => IsSafe(context.Request), branch => branch.UseResponseCompression());

    private static bool IsSafe(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && (request.Cookies.Count == 0 || request.Headers["Sec-Fetch-Site"] is ["same-origin" or "none"]);
}
