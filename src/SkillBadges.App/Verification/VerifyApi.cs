using Microsoft.AspNetCore.Http.Features;
using SkillBadges.App.Http;
using SkillBadges.Core.Issuing;

namespace SkillBadges.App.Verification;

/// <summary>Checks any credential for anybody; a bad one is an answer, not an error.</summary>
internal static class VerifyApi
{
    private const int MaxBytes = 1024 * 1024;

    public static void MapVerify(this IEndpointRouteBuilder app) => app.MapApi("verify", "Verification").MapPost("", VerifyAsync).AllowAnonymous()
        .WithSummary("Checks a credential: send the file or its text as the body, as it is (JSON, JWT, PNG or SVG; any Content-Type).")
        .WithMetadata(new RepeatsHarmlessly()).Refuses(413, "request.too-large").Refuses(400, "request.body-missing");

    private static async Task<VerificationAnswer> VerifyAsync(HttpContext context, InstanceVerifier verifier, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, cancellationToken);
        return bytes.Length == 0
            ? throw RequestRefused.With(400, "request.body-missing", "Please send the credential as the body.")
            : VerificationAnswer.Of(await verifier.VerifyAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken));
    }
}
