using SkillBadges.App.Http;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Pictures;
using SkillBadges.App.Pdf.Text;
using SkillBadges.Core;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Issuing;

/// <summary>The certificate of an award as a PDF document, always a download.</summary>
internal static class CertificateDownload
{
    public static async Task<IResult> ReadAsync(
        string id, string? language, CurrentActor actor, HttpContext context, CertificateReading certificates, IFileStore files, Texts texts, Typesetter typesetter, CancellationToken cancellationToken)
    {
        var words = Paper.In(language, texts);
        var certificate = await certificates.ReadAsync(actor.Actor, AwardId.From(id), words.Language, cancellationToken);
        var picture = await PictureAsync(files, certificate.Badge.Image.Png, cancellationToken);
        var logo = await PictureAsync(files, certificate.Logo, cancellationToken);
        PrivateDownload.Announce(context, $"{certificate.Badge.Slug}-certificate.pdf");
        return TypedResults.Bytes(CertificatePage.Draw(certificate, picture, logo, words, typesetter), "application/pdf");
    }

    private static async Task<PngPicture?> PictureAsync(IFileStore files, Sha256Digest? digest, CancellationToken cancellationToken)
    {
        await using var file = digest is null ? null : await files.OpenAsync(digest.Value, cancellationToken);
        if (file is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellationToken);
        return PngPicture.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
