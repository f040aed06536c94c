using SkillBadges.App.Http;
using SkillBadges.Core.Issuing;

namespace SkillBadges.App.Issuing;

/// <summary>The signed credential, byte for byte as it was signed.</summary>
internal static class CredentialDownload
{
    public static async Task<IResult> ReadAsync(string id, CurrentActor actor, HttpContext context, AwardReading reading, CancellationToken cancellationToken)
    {
        var asked = context.Request.Query["form"];
        var form = await reading.CredentialAsync(actor.Actor, AwardId.From(id), asked.Count == 0 ? SignedForm.VcJwtRs256 : asked.ToString(), cancellationToken);
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Text(form.Text, MediaTypeOf(form));
    }

    // OB 3.0 (final 2024-05) 8.2: a JWT is text/plain; embedded proofs are application/vc+ld+json.
    private static string MediaTypeOf(SignedForm form) => form.Name.StartsWith("vc-jwt", StringComparison.Ordinal) ? "text/plain" : "application/vc+ld+json";
}
