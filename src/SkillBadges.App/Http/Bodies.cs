using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace SkillBadges.App.Http;

/// <summary>Bodies that are not JSON of ours: files, tables, signed documents.</summary>
internal static class Bodies
{
    /// <summary>Lets a body be larger than the server takes otherwise.</summary>
    public static void AllowBody(this HttpContext context, long max)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = max;
        }
    }

    /// <summary>The whole body.</summary>
    /// <param name="max">In bytes.</param>
    /// <exception cref="Core.RefusedException"><c>request.too-large</c>.</exception>
    public static Task<byte[]> ReadBodyAsync(this HttpContext context, int max, CancellationToken cancellationToken) =>
        context.ReadBodyAsync(max, () => RequestRefused.With(413, "request.too-large", $"The body may have at most {max} bytes."), cancellationToken);

    /// <inheritdoc cref="ReadBodyAsync(HttpContext, int, CancellationToken)"/>
    /// <param name="missing">What to say of a body without a byte.</param>
    /// <exception cref="Core.RefusedException"><c>request.too-large</c>, <c>request.body-missing</c>.</exception>
    public static async Task<byte[]> ReadBodyAsync(this HttpContext context, int max, string missing, CancellationToken cancellationToken) =>
        await context.ReadBodyAsync(max, cancellationToken) is { Length: > 0 } body ? body : throw RequestRefused.With(400, "request.body-missing", missing);

    /// <inheritdoc cref="ReadBodyAsync(HttpContext, int, CancellationToken)"/>
    /// <param name="tooLarge">What to say of more bytes than that.</param>
    public static async Task<byte[]> ReadBodyAsync(this HttpContext context, int max, Func<Core.RefusedException> tooLarge, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > max)
        {
            throw tooLarge();
        }

        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            using var whole = new MemoryStream();
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (whole.Length + read > max)
                {
                    throw tooLarge();
                }

                whole.Write(buffer, 0, read);
            }

            return whole.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
