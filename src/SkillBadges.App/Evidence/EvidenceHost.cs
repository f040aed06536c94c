using Microsoft.Net.Http.Headers;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>
/// The host that shows evidence and nothing else: whatever a file would do in a browser, it does it where there is no cookie and no page of ours (threat T12). It reads no cookie and sets none.
/// </summary>
internal static class EvidenceHost
{
    public static void UseEvidenceHost(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Probes come by address, which may be this host's.
        var isProbe = context.Request.Path == "/healthz" || context.Request.Path == "/readyz";
        return !isProbe && context.RequestServices.GetRequiredService<Settings>().EvidenceHost is { } host && string.Equals(context.Request.Host.Host, host.Host, StringComparison.OrdinalIgnoreCase)
            ? AnswerAsync(context)
            : next(context);
    });

    private static async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            throw RequestRefused.With(405, "request.method", "This host shows evidence and takes nothing.");
        }

        var services = context.RequestServices;
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(EvidenceLinks.Prefix, StringComparison.Ordinal) || services.GetRequiredService<EvidenceLinks>().Read(path[EvidenceLinks.Prefix.Length..]) is not { } link)
        {
            throw RequestRefused.With(404, "evidence.link", "This link is over or was never one of ours; please open the evidence anew from where you found it.");
        }

        // A verdict may have come since the link was made.
        await services.GetRequiredService<ContentScans>().RequireCleanAsync(link.Digest, context.RequestAborted);
        var bytes = await services.GetRequiredService<IFileStore>().OpenAsync(link.Digest, context.RequestAborted)
            ?? throw Refused.Gone("evidence.erased", "The file was erased; its digest stays in the record.");
        SetHeaders(context.Response.Headers, link);

        // Whole answers are checked against the digest while they go; a part of a film cannot be.
        var isPart = context.Request.Headers.Range.Count > 0;
        var entityTag = new EntityTagHeaderValue($"\"{link.Digest.Hex}\"");
        var result = isPart ? Results.Stream(bytes, link.MediaType, entityTag: entityTag, enableRangeProcessing: true) : Results.Stream(new VerifyingStream(bytes, link.Digest), link.MediaType, entityTag: entityTag);
        context.Response.Headers.AcceptRanges = "bytes";
        await result.ExecuteAsync(context);
    }

    private static void SetHeaders(IHeaderDictionary headers, EvidenceLink link)
    {
        var disposition = new ContentDispositionHeaderValue(link.IsInline ? "inline" : "attachment");
        disposition.SetHttpFileName(link.FileName);
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-store";
        headers["Referrer-Policy"] = "no-referrer";

        // Pages of the app's host embed it; who does not know the address cannot.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex, nofollow";
    }
}
