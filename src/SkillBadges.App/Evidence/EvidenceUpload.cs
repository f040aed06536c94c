using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>Marks the operation whose body is the upload form, for the API description.</summary>
internal sealed record UploadForm;

/// <summary>
/// Receives a file as multipart/form-data. The file comes last, so that everything about it is known before its bytes,
/// which are then looked at, cleaned and kept by the rules of every upload.
/// </summary>
internal static class EvidenceUpload
{
    /// <summary>A large video over a phone's line takes longer than other requests may.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const int MaxFieldBytes = 4096;
    private const int MaxFields = 8;

    public static async Task<SubmissionView> AddAsync(
        string id,
        HttpContext context,
        CurrentActor actor,
        IfMatch ifMatch,
        Idempotency idempotency,
        SubmissionWorkflow workflow,
        UploadFinish finish,
        IPartialFiles partials,
        Settings settings,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        // Nothing is stored for somebody whose work this is not.
        await workflow.OwnAsync(actor.Actor, SubmissionId.From(id), cancellationToken);
        context.AllowBody(settings.MaxFileBytes + (1024 * 1024));
        var now = clock.Now();
        var arriving = NewId.Ordered(now);
        try
        {
            var (fields, fileName) = await ReceiveAsync(context.Request, partials, arriving, settings.MaxFileBytes, cancellationToken);
            await using var received = partials.OpenToRead(arriving) ?? throw NotTheForm();
            var (stored, mediaType) = await finish.KeepAsync(received, cancellationToken);
            var item = EvidenceItem.OfFile(arriving, fields.GetValueOrDefault("title") ?? "", fileName, stored, mediaType, now) with
            {
                Context = ContextOf(fields.GetValueOrDefault("context")),
                OptionId = fields.GetValueOrDefault("option") is { Length: > 0 } option ? option : null,
            };
            var what = Sha256Digest.Of(Encoding.UTF8.GetBytes($"{stored.Digest}\n{fields.GetValueOrDefault("competency")}\n{item.Title}\n{fileName}\n{item.Context}\n{item.OptionId}"));
            var read = await workflow.AddEvidenceAsync(
                actor.Actor, SubmissionId.From(id), fields.GetValueOrDefault("competency") ?? "", item, ifMatch.Version, idempotency.For(actor.Actor, what), cancellationToken);
            return SubmissionsApi.Answer(context, read);
        }
        finally
        {
            partials.Remove(arriving);
        }
    }

    private static async Task<(Dictionary<string, string> Fields, string FileName)> ReceiveAsync(
        HttpRequest request, IPartialFiles partials, string arriving, long maxFileBytes, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data"
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 70 } boundary)
        {
            throw RequestRefused.With(415, "request.media-type", "Please send the file as multipart/form-data.");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new MultipartReader(boundary, request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (section.AsFileSection() is { } file)
                {
                    var name = FileName.Require(file.FileName);
                    await CopyAsync(section.Body, partials, arriving, maxFileBytes, cancellationToken);

                    // What came after would be left out silently.
                    return await reader.ReadNextSectionAsync(cancellationToken) is null ? (fields, name) : throw NotTheForm();
                }

                var (field, value) = await FieldAsync(section, cancellationToken);
                if (fields.Count == MaxFields || !fields.TryAdd(field, value))
                {
                    throw NotTheForm();
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            // Of the form alone: what the disk cannot is said by refusals of its own.
            throw NotTheForm();
        }

        throw NotTheForm();
    }

    private static async Task CopyAsync(Stream body, IPartialFiles partials, string arriving, long maxFileBytes, CancellationToken cancellationToken)
    {
        await using var file = partials.OpenToWrite(arriving, 0);
        var buffer = new byte[128 * 1024];
        for (var length = 0L; await body.ReadAsync(buffer, cancellationToken) is > 0 and var read;)
        {
            length += read;
            if (length > maxFileBytes)
            {
                throw Refused.Invalid("file.too-large", $"A file may have at most {maxFileBytes} bytes here.");
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private static async Task<(string Name, string Value)> FieldAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (section.AsFormDataSection() is not { Name: "competency" or "title" or "context" or "option" } field)
        {
            throw NotTheForm();
        }

        var bytes = new byte[MaxFieldBytes + 1];
        var length = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxFieldBytes && System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length))
            ? (field.Name, StorableText.Require(Encoding.UTF8.GetString(bytes, 0, length)))
            : throw NotTheForm();
    }

    private static LearningContext ContextOf(string? text) => text is null
        ? LearningContext.Class
        : Enum.GetValues<LearningContext>().Cast<LearningContext?>().FirstOrDefault(known => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(known!.Value.ToString()) == text)
            ?? throw NotTheForm();

    private static RefusedException NotTheForm() => Refused.Invalid(
        "evidence.form", "The form has the fields competency, title, and if wanted context (class, online, workSite, certification, personalDay) and option, each up to 4 KB, and last one file.");
}
