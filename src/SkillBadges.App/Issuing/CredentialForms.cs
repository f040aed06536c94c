using Microsoft.Net.Http.Headers;
using SkillBadges.Core.Issuing;
using SkillBadges.Credentials.Baking;

namespace SkillBadges.App.Issuing;

/// <summary>A way in which a credential is handed out.</summary>
/// <param name="Name">What <c>?form=</c> says.</param>
/// <param name="Signed">The signed form that is handed out, or baked.</param>
/// <param name="Image">The kind of picture around it; Unknown for none.</param>
internal sealed record CredentialForm(string Name, string Signed, ImageKind Image, string Extension, params string[] MediaTypes);

/// <summary>
/// Which form a request means. The media types are those of Open Badges 3.0 (final, 2024-05) 8.2 and 10, of VC Data Model 2.0
/// and of VC-JOSE-COSE; a client gets the one it asked for.
/// </summary>
internal static class CredentialForms
{
    private static readonly CredentialForm[] all =
    [
        new(SignedForm.VcJwtRs256, SignedForm.VcJwtRs256, ImageKind.Unknown, "jwt", "text/plain", "application/vc+jwt"),
        new(SignedForm.VcJwtEs256, SignedForm.VcJwtEs256, ImageKind.Unknown, "jwt", "text/plain"),
        new(SignedForm.EddsaRdfc2022, SignedForm.EddsaRdfc2022, ImageKind.Unknown, "json", "application/vc+ld+json", "application/vc", "application/ld+json", "application/json"),
        new("png", BakedBadge.Form, ImageKind.Png, "png", "image/png"),
        new("svg", BakedBadge.Form, ImageKind.Svg, "svg", "image/svg+xml"),
    ];

    private static readonly (CredentialForm Form, MediaTypeHeaderValue Type)[] offers =
        [.. all.SelectMany(form => form.MediaTypes.Select(type => (form, new MediaTypeHeaderValue(type)))).DistinctBy(offer => offer.Item2.MediaType)];

    public static string[] MediaTypes { get; } = [.. offers.Select(offer => offer.Type.MediaType.ToString())];

    /// <summary>The form of that name and its own media type; null when there is none.</summary>
    public static (CredentialForm Form, string MediaType)? Named(string name) => all.FirstOrDefault(form => form.Name == name) is { } form ? (form, form.MediaTypes[0]) : null;

    /// <summary>
    /// What the Accept header likes best (RFC 9110, 2022-06, 12.5.1): by its q, then the range that names it most exactly, then the client's order. A
    /// header that names nothing of ours, or none, gets the RS256 token.
    /// </summary>
    public static (CredentialForm Form, string MediaType) Accepted(IList<string?> accept)
    {
        var ranges = MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var parsed) ? parsed : [];
        var best = offers
            .Select(offer => (offer.Form, offer.Type, Range: ranges.Where(range => Covers(range, offer.Type)).MaxBy(Exactness)))
            .Where(offer => offer.Range is { Quality: null or > 0 })
            .OrderByDescending(offer => offer.Range!.Quality ?? 1)
            .ThenByDescending(offer => Exactness(offer.Range!))
            .ThenBy(offer => ranges.IndexOf(offer.Range!))
            .FirstOrDefault();
        return best.Form is null ? (all[0], all[0].MediaTypes[0]) : (best.Form, best.Type.MediaType.ToString());
    }

    // Parameters other than q (profile, charset) do not tell our forms apart; a suffix is part of the name.
    private static bool Covers(MediaTypeHeaderValue range, MediaTypeHeaderValue type) =>
        range.MatchesAllTypes
        || (range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase) && (range.MatchesAllSubTypes || range.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase)));

    private static int Exactness(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
}
