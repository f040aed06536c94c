using Microsoft.AspNetCore.Http.Metadata;
using SkillBadges.Core;

namespace SkillBadges.App.Http;

/// <summary>The whole body of a JSON request, read once.</summary>
internal sealed record RequestBody(byte[] Bytes)
{
    public static readonly RequestBody Empty = new([]);

    public Sha256Digest Hash { get; } = Sha256Digest.Of(Bytes);

    public bool IsNull => Bytes.AsSpan().Trim(" \t\r\n"u8).SequenceEqual("null"u8);
}

/// <summary>
/// Reads the body of a request that wants JSON up to a limit, checks its shape, and leaves it for the endpoint and for the
/// hash of <see cref="Idempotency"/>. Endpoints that take other content read their own stream.
/// </summary>
internal sealed class RequestBodies(RequestDelegate next)
{
    public const int MaxBytes = 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var wants = context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>();
        if (wants is null || !wants.ContentTypes.Contains("application/json"))
        {
            await next(context);
            return;
        }

        var limit = (int)(context.GetEndpoint()!.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? MaxBytes);
        var body = await context.ReadBodyAsync(limit, context.RequestAborted);
        if (body.Length == 0 && !wants.IsOptional)
        {
            throw RequestRefused.With(400, "request.body-missing", "This request needs a JSON body.");
        }

        if (body.Length > 0)
        {
            if (!context.Request.HasJsonContentType())
            {
                throw RequestRefused.With(415, "request.media-type", "Please send JSON, with the header Content-Type: application/json.");
            }

            JsonShape.Check(body);
        }

        context.Features.Set(new RequestBody(body));
        context.Request.Body = new MemoryStream(body, writable: false);
        await next(context);
    }
}
