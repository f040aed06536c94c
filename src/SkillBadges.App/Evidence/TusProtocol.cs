using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>Headers of the open protocol for resumable uploads (tus 1.0.0, 2016-03-25), read and written.</summary>
internal static class TusProtocol
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,expiration,checksum,termination";
    public const string ChecksumAlgorithms = "sha1,sha256";
    public const string PartType = "application/offset+octet-stream";

    // What common clients say besides; the file's type is told by its bytes.
    private static readonly string[] Ignored = ["name", "type", "filetype", "relativePath"];

    /// <summary>A client where PATCH and DELETE do not pass sends POST and says what it means.</summary>
    public static void UseTusMethods(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments("/api/uploads") && context.Request.Headers["X-HTTP-Method-Override"] is ["PATCH" or "DELETE" or "HEAD"] and var meant)
        {
            context.Request.Method = meant[0]!;
        }

        return next(context);
    });

    /// <summary>Puts the version into the answer, whatever that will be, and demands it of the request.</summary>
    /// <exception cref="RequestRefusedException"><c>upload.protocol-version</c> (412).</exception>
    public static async ValueTask<object?> RequireVersionAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["Tus-Resumable"] = Version;
            return Task.CompletedTask;
        });
        if (context.Request.Headers["Tus-Resumable"] is not [Version])
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["Tus-Version"] = Version;
                return Task.CompletedTask;
            });
            throw RequestRefused.With(412, "upload.protocol-version", $"Please send Tus-Resumable: {Version}.");
        }

        return await next(invocation);
    }

    /// <exception cref="RequestRefusedException"><c>upload.header</c>.</exception>
    public static long Number(HttpRequest request, string header) =>
        request.Headers[header] is [{ Length: > 0 } text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Header($"{header} is missing or not a whole number from 0.");

    /// <exception cref="RequestRefusedException"><c>upload.header</c>, <c>upload.metadata</c>.</exception>
    public static UploadAim Aim(HttpRequest request)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in request.Headers["Upload-Metadata"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(' ', 2);
            if (!fields.TryAdd(parts[0], parts.Length == 2 ? Decoded(parts[1]) : ""))
            {
                throw Metadata();
            }
        }

        if (fields.Keys.Except(Ignored).Except(["submission", "competency", "title", "filename", "context", "option", "sha256", "school"]).Any())
        {
            throw Metadata();
        }

        var (submission, competency, school) = (fields.GetValueOrDefault("submission"), fields.GetValueOrDefault("competency"), fields.GetValueOrDefault("school"));
        var isPhoto = school is not null;
        if ((submission is null) != isPhoto || (competency is null) != isPhoto || (isPhoto && (fields.ContainsKey("context") || fields.ContainsKey("option"))))
        {
            throw Metadata();
        }

        var context = fields.GetValueOrDefault("context") is not { } said
            ? LearningContext.Class
            : Enum.GetValues<LearningContext>().Cast<LearningContext?>().FirstOrDefault(known => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(known!.Value.ToString()) == said) ?? throw Metadata();
        var digest = fields.GetValueOrDefault("sha256") is not { } hex ? (Sha256Digest?)null : Sha256Digest.TryParse(hex, out var parsed) ? parsed : throw Metadata();
        return new(submission is null ? null : SubmissionId.From(submission), competency ?? "", fields.GetValueOrDefault("title") ?? "", fields.GetValueOrDefault("filename") ?? "", context, fields.GetValueOrDefault("option"), digest) { School = school is null ? null : OrganizationId.From(school) };
    }

    /// <summary><c>Upload-Checksum: sha1 {base64}</c>, or null.</summary>
    /// <exception cref="RequestRefusedException"><c>upload.checksum-algorithm</c> (400).</exception>
    public static UploadChecksum? Checksum(HttpRequest request)
    {
        if (request.Headers["Upload-Checksum"] is not [{ } header])
        {
            return null;
        }

        var (algorithm, length) = header.Split(' ', 2)[0] switch
        {
            "sha1" => (HashAlgorithmName.SHA1, 20),
            "sha256" => (HashAlgorithmName.SHA256, 32),
            _ => throw NoSuchChecksum(),
        };
        var value = new byte[length + 1];
        return Convert.TryFromBase64String(header.Split(' ', 2)[^1], value, out var written) && written == length ? new(algorithm, value[..length]) : throw NoSuchChecksum();
    }

    public static void Describe(HttpResponse response, Upload upload)
    {
        response.Headers["Upload-Offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        response.Headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
    }

    private static string Decoded(string text)
    {
        try
        {
            return StorableText.Require(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(text)));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Metadata();
        }
    }

    private static RequestRefusedException Header(string message) => RequestRefused.With(400, "upload.header", message);

    private static RequestRefusedException NoSuchChecksum() => RequestRefused.With(400, "upload.checksum-algorithm", $"Upload-Checksum is one of {ChecksumAlgorithms}, a space and the checksum in base64.");

    private static RequestRefusedException Metadata() => RequestRefused.With(
        400, "upload.metadata", "Upload-Metadata names submission, competency, title and filename, and if wanted context, option and sha256, each once, its value in base64.");
}
