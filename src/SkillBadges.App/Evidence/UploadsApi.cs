using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>A file that arrives in parts.</summary>
/// <param name="School">Of a photo or a spoken note of what you saw, which an observation may name; submission and competency are absent then.</param>
/// <param name="Evidence">The piece of proof that it has become.</param>
/// <param name="Scan">What the scanner said: waiting, clean or infected; absent when nothing is scanned.</param>
/// <param name="RefusalCode">Why it was not taken.</param>
internal sealed record UploadView(
    string Id, string? Submission, string? Competency, string? School, string Title, string FileName, long Length, long Offset, UploadState State, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    string? Evidence, ScanState? Scan, string? RefusalCode, string? RefusalReason)
{
    public static UploadView Of(Upload upload, ContentScan? scan = null) => new(
        upload.Id.Value,
        upload.Aim.Submission?.Value,
        upload.Aim.Submission is null ? null : upload.Aim.CompetencyId,
        upload.Aim.School?.Value,
        upload.Aim.Title,
        upload.Aim.FileName,
        upload.Length,
        upload.Offset,
        upload.State,
        upload.CreatedAt,
        upload.ExpiresAt,
        upload is { State: UploadState.Kept, Aim.Submission: not null } ? upload.Id.Value : null,
        scan?.State,
        scan is { State: ScanState.Infected } ? "evidence.infected" : upload.RefusalCode,
        scan is { State: ScanState.Infected } ? scan.Finding : upload.RefusalReason);
}

/// <summary>Resumable uploads: tus 1.0.0 with creation, expiration, checksum and termination. The last byte makes the file a piece of proof.</summary>
internal static class UploadsApi
{
    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        var uploads = app.MapApi("uploads", "Uploads");

        uploads.MapMethods("", ["OPTIONS"], Options).WithSummary("What this server knows of the tus protocol.").AllowAnonymous();
        uploads.MapPost("", BeginAsync).WithSummary("Begins an upload: Upload-Length, and Upload-Metadata with submission, competency, title, filename; or, of a photo or a spoken note for an observation, with school, title, filename. tus 1.0.0 creation.")
            .Tus().Refuses(400, "upload.header", "upload.metadata").Refuses(403, "role.missing").Refuses(404, "submission.not-found").Refuses(409, "submission.not-editable").Refuses(413, "upload.too-large")
            .Refuses(422, "upload.length", "file.too-large", "evidence.title", "evidence.file-name", "evidence.too-many", "evidence.unknown-option", "evidence.other-kind", "definition.unknown-competency", "evidence.quota-person", "evidence.quota-organization");
        uploads.MapGet("", ListAsync).WithSummary("Your own uploads, latest first.");
        uploads.MapGet("{id}", ReadAsync).WithSummary("What became of an upload.").Refuses(404, "upload.not-found");
        uploads.MapMethods("{id}", ["HEAD"], AskAsync).WithSummary("Where to go on: Upload-Offset.").Tus().Refuses(404, "upload.not-found");
        uploads.MapPatch("{id}", AppendAsync).WithSummary("Sends bytes from Upload-Offset on, as application/offset+octet-stream.").WithRequestTimeout(EvidenceUpload.Patience)
            .Tus().Refuses(400, "upload.header", "upload.checksum-algorithm").Refuses(404, "upload.not-found", "submission.not-found").Refuses(409, "upload.offset", "upload.complete", "file.busy", "submission.not-editable").Refuses(410, "upload.lost", "evidence.infected")
            .Refuses(413, "upload.too-long").Refuses(415, "request.media-type").Refuses(460, "upload.checksum").Refuses(503, "file.store-full", "file.store-failed").Refuses(422, ContentCodes.All).Refuses(422, "upload.checksum", "observation.photo", "observation.sound");
        uploads.MapDelete("{id}", EndAsync).WithSummary("Gives an upload up.").Tus().Refuses(404, "upload.not-found").Refuses(409, "storage.version-conflict");
    }

    private static TBuilder Tus<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(TusProtocol.RequireVersionAsync).Refuses(412, "upload.protocol-version");

    private static NoContent Options(HttpContext context, Settings settings)
    {
        var headers = context.Response.Headers;
        headers["Tus-Resumable"] = TusProtocol.Version;
        headers["Tus-Version"] = TusProtocol.Version;
        headers["Tus-Max-Size"] = settings.MaxFileBytes.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["Tus-Extension"] = TusProtocol.Extensions;
        headers["Tus-Checksum-Algorithm"] = TusProtocol.ChecksumAlgorithms;
        return TypedResults.NoContent();
    }

    private static async Task<Created> BeginAsync(CurrentActor actor, Idempotency idempotency, HttpContext context, UploadWorkflow workflow, SeenPhotos photos, Settings settings, CancellationToken cancellationToken)
    {
        var length = TusProtocol.Number(context.Request, "Upload-Length");
        if (length > settings.MaxFileBytes)
        {
            throw RequestRefused.With(413, "upload.too-large", $"A file may have at most {settings.MaxFileBytes} bytes here.");
        }

        var what = Sha256Digest.Of(Encoding.UTF8.GetBytes($"{length}\n{context.Request.Headers["Upload-Metadata"]}"));
        var (aim, key) = (TusProtocol.Aim(context.Request), idempotency.For(actor.Actor, what));
        var read = aim.School is null
            ? await workflow.BeginAsync(actor.Actor, aim, length, key, cancellationToken)
            : await photos.BeginAsync(actor.Actor, aim, length, key, cancellationToken);
        TusProtocol.Describe(context.Response, read.Document);
        return TypedResults.Created($"/api/uploads/{read.Id}");
    }

    private static async Task<PageOf<UploadView>> ListAsync(CurrentActor actor, Paging paging, IDocumentStore store, CancellationToken cancellationToken) =>
        paging.Answer(await store.QueryAsync(UploadDocuments.Kind, paging.Of(UploadDocuments.Of(actor.Person)), cancellationToken), read => UploadView.Of(read.Document));

    private static async Task<UploadView> ReadAsync(string id, CurrentActor actor, UploadWorkflow workflow, ContentScans scans, CancellationToken cancellationToken)
    {
        var upload = (await workflow.FindAsync(actor.Actor, UploadId.From(id), cancellationToken)).Document;
        return UploadView.Of(upload, upload.Digest is { } digest ? await scans.StateAsync(digest, cancellationToken) : null);
    }

    private static async Task<Ok> AskAsync(string id, CurrentActor actor, HttpContext context, UploadWorkflow workflow, CancellationToken cancellationToken)
    {
        TusProtocol.Describe(context.Response, (await workflow.FindAsync(actor.Actor, UploadId.From(id), cancellationToken)).Document);
        return TypedResults.Ok();
    }

    private static async Task<NoContent> AppendAsync(string id, CurrentActor actor, HttpContext context, UploadWorkflow workflow, PromptUpload prompt, Settings settings, CancellationToken cancellationToken)
    {
        if (context.Request.ContentType != TusProtocol.PartType)
        {
            throw RequestRefused.With(415, "request.media-type", $"Please send the bytes as {TusProtocol.PartType}.");
        }

        context.AllowBody(settings.MaxFileBytes);
        var upload = await ReceiveAsync(id, actor, context, workflow, cancellationToken);
        upload = upload.State == UploadState.Received ? await prompt.FinishAsync(upload, cancellationToken) : upload;
        TusProtocol.Describe(context.Response, upload);
        return upload is { State: UploadState.Refused, RefusalCode: { } code } ? throw new RefusedException(upload.RefusalKind ?? RefusalKind.Invalid, code, upload.RefusalReason ?? "") : TypedResults.NoContent();
    }

    private static async Task<Upload> ReceiveAsync(string id, CurrentActor actor, HttpContext context, UploadWorkflow workflow, CancellationToken cancellationToken)
    {
        try
        {
            var offset = TusProtocol.Number(context.Request, "Upload-Offset");
            return (await workflow.AppendAsync(actor.Actor, UploadId.From(id), offset, context.Request.Body, TusProtocol.Checksum(context.Request), cancellationToken)).Document;
        }
        catch (RefusedException refused) when (refused.Code == "upload.checksum")
        {
            // The protocol's own status, extension "checksum".
            throw RequestRefused.With(460, "upload.checksum", refused.Message);
        }
        catch (RefusedException refused) when (refused.Code == "upload.too-long")
        {
            throw RequestRefused.With(413, "upload.too-long", refused.Message);
        }
    }

    private static async Task<NoContent> EndAsync(string id, CurrentActor actor, UploadWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.EndAsync(actor.Actor, UploadId.From(id), cancellationToken);
        return TypedResults.NoContent();
    }
}
