using Microsoft.Extensions.FileProviders;

namespace SkillBadges.App.Http;

/// <summary>The stylesheet and pictures of the pages, out of the executable itself.</summary>
internal static class SiteFiles
{
    public static void UseSiteFiles(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = new EmbeddedFileProvider(typeof(SiteFiles).Assembly, "wwwroot"),
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=3600",
    });
}
