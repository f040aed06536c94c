using Microsoft.Net.Http.Headers;

namespace SkillBadges.App.Http;

/// <summary>The headers of a file that is somebody's own: saved rather than shown, kept by nobody on the way, and nothing in it can run.</summary>
internal static class PrivateDownload
{
    public static void Announce(HttpContext context, string fileName)
    {
        var headers = context.Response.Headers;
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(fileName);
        headers.ContentDisposition = name.ToString();
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-store";
    }
}
