using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SkillBadges.App.Http;
using SkillBadges.Core.Issuing;
using SkillBadges.Credentials.Baking;

namespace SkillBadges.App.Issuing;

/// <summary>The signed credential, byte for byte as it was signed, or inside the badge's picture; always a download that nothing in it can run.</summary>
internal static class CredentialDownload
{
    public static async Task<IResult> ReadAsync(
        string id, [FromQuery] string? form, CurrentActor actor, HttpContext context, AwardReading reading, BakedBadge baked, CancellationToken cancellationToken)
    {
        (CredentialForm Form, string MediaType)? wanted = form is null ? CredentialForms.Accepted(context.Request.Headers.Accept) : CredentialForms.Named(form);
        var (award, signed) = await reading.CredentialAsync(actor.Actor, AwardId.From(id), wanted?.Form.Signed ?? form!, cancellationToken);
        var (known, mediaType) = wanted ?? throw new InvalidOperationException($"The form {signed.Name} has no media type.");
        var bytes = known.Image == ImageKind.Unknown
            ? Encoding.UTF8.GetBytes(signed.Text)
            : await baked.BakeAsync(award.Badge, signed, known.Image, cancellationToken);

        PrivateDownload.Announce(context, $"{award.Badge.Slug}.{known.Extension}");
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        return TypedResults.Bytes(bytes, mediaType);
    }
}
