using Microsoft.Net.Http.Headers;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>Hands out a file as a download that nothing in it can run (threat T12).</summary>
internal static class EvidenceDownload
{
    public static async Task<IResult> ReadAsync(
        string id, string evidence, CurrentActor actor, HttpContext context, SubmissionReading reading, ContentScans scans, IFileStore files, CancellationToken cancellationToken)
    {
        var item = await EvidenceApi.FileAsync(id, evidence, actor, reading, scans, cancellationToken);
        var bytes = await files.OpenAsync(item.Digest, cancellationToken)
            ?? throw Refused.Gone("evidence.erased", "The file was erased; its digest stays in the record.");
        return Answer(context, bytes, item.Digest, item.MediaType, item.FileName ?? "evidence");
    }

    /// <summary>Bytes of the file store as a download.</summary>
    internal static IResult Answer(HttpContext context, Stream bytes, Sha256Digest digest, string mediaType, string fileName)
    {
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(fileName);
        context.Response.Headers.ContentDisposition = name.ToString();
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(new VerifyingStream(bytes, digest), mediaType);
    }
}
