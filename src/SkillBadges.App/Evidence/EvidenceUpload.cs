using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>Marks the operation whose body is the upload form, for the API description.</summary>
internal sealed record UploadForm;

/// <summary>
/// Receives a file as multipart/form-data. The file comes last, so that everything about it is known before its bytes,
/// which go to the file store as they arrive.
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
        IFileStore files,
        Settings settings,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        // Nothing is stored for somebody whose work this is not.
        await workflow.OwnAsync(actor.Actor, SubmissionId.From(id), cancellationToken);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = settings.MaxFileBytes + (1024 * 1024);
        }

        var (fields, fileName, stored, mediaType) = await ReceiveAsync(context.Request, files, settings.MaxFileBytes, cancellationToken);
        var now = clock.Now();
        var item = EvidenceItem.OfFile(NewId.Ordered(now), fields.GetValueOrDefault("title") ?? "", fileName, stored, mediaType, now) with
        {
            Context = ContextOf(fields.GetValueOrDefault("context")),
            OptionId = fields.GetValueOrDefault("option"),
        };
        var what = Sha256Digest.Of(Encoding.UTF8.GetBytes($"{stored.Digest}\n{fields.GetValueOrDefault("competency")}\n{item.Title}\n{fileName}\n{item.Context}\n{item.OptionId}"));
        var read = await workflow.AddEvidenceAsync(
            actor.Actor, SubmissionId.From(id), fields.GetValueOrDefault("competency") ?? "", item, ifMatch.Version, idempotency.For(actor.Actor, what), cancellationToken);
        return SubmissionsApi.Answer(context, read);
    }

    private static async Task<(Dictionary<string, string> Fields, string FileName, StoredFile Stored, string MediaType)> ReceiveAsync(
        HttpRequest request, IFileStore files, long maxFileBytes, CancellationToken cancellationToken)
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
                    var (content, mediaType) = await LookAsync(section.Body, cancellationToken);
                    var stored = await files.PutAsync(content, maxFileBytes, cancellationToken);

                    // What came after would be left out silently.
                    return await reader.ReadNextSectionAsync(cancellationToken) is null ? (fields, name, stored, mediaType) : throw NotTheForm();
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
            throw NotTheForm();
        }

        throw NotTheForm();
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

    // The type is told by the first bytes; then they are put back in front of the rest.
    private static async Task<(Stream Content, string MediaType)> LookAsync(Stream body, CancellationToken cancellationToken)
    {
        var prefix = new byte[MediaType.PrefixLength];
        var length = await body.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancellationToken);
        return (new PrefixedStream(prefix.AsMemory(0, length), body), MediaType.Of(prefix.AsSpan(0, length)));
    }

    private static LearningContext ContextOf(string? text) => text is null
        ? LearningContext.Class
        : Enum.GetValues<LearningContext>().Cast<LearningContext?>().FirstOrDefault(known => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(known!.Value.ToString()) == text)
            ?? throw NotTheForm();

    private static RefusedException NotTheForm() => Refused.Invalid(
        "evidence.form", "The form has the fields competency, title, and if wanted context (class, online, workSite, certification, personalDay) and option, each up to 4 KB, and last one file.");
}
