using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>Pictures for badges that are being written, held to the same rules as those that come from files.</summary>
public sealed class DraftPictureStore(IFileStore files, DraftSeats seats)
{
    /// <summary>Keeps a PNG or an SVG drawing, whichever the bytes are.</summary>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>definition.bad-picture</c>, <c>file.store-full</c>.</exception>
    public async Task<DraftPictures> PutAsync(Actor actor, string slug, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        await seats.RequireAsync(actor, slug, cancellationToken);
        var isPng = picture.Span.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]);
        if (isPng)
        {
            Require(PngImage.Objection(picture));
        }
        else
        {
            Require(SvgImage.Objection(picture));
        }

        var kept = await files.PutAsync(new MemoryStream(picture.ToArray(), writable: false), Math.Max(PngImage.MaxBytes, SvgImage.MaxBytes), cancellationToken);
        return isPng ? new(kept.Digest, null) : new(null, kept.Digest);
    }

    /// <summary>That what is named is there and is a badge's picture: learners' files lie in the same store, and none of them ever becomes one.</summary>
    /// <exception cref="RefusedException"><c>definition.bad-picture</c>.</exception>
    public async Task RequireAsync(DraftPictures pictures, CancellationToken cancellationToken)
    {
        if (pictures.Png is { } png)
        {
            Require(PngImage.Objection(await ReadAsync(png, PngImage.MaxBytes, cancellationToken)));
        }

        if (pictures.Svg is { } svg)
        {
            Require(SvgImage.Objection(await ReadAsync(svg, SvgImage.MaxBytes, cancellationToken)));
        }
    }

    /// <summary>The picture of a draft to be looked at by those who write it; the drawing where there is one. Null where there is none.</summary>
    public async Task<byte[]?> FindAsync(BadgeImage image, CancellationToken cancellationToken) => image switch
    {
        { Svg: { } svg } => await ReadAsync(svg, SvgImage.MaxBytes, cancellationToken),
        { Png: { } png } => await ReadAsync(png, PngImage.MaxBytes, cancellationToken),
        _ => null,
    };

    private async Task<byte[]> ReadAsync(Sha256Digest digest, long most, CancellationToken cancellationToken)
    {
        await using var stream = await files.OpenAsync(digest, cancellationToken) ?? throw BadPicture("There is no such picture; please upload it first.");
        var bytes = new byte[most + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return bytes[..length];
    }

    private static void Require(string? objection)
    {
        if (objection is not null)
        {
            throw BadPicture(objection);
        }
    }

    private static RefusedException BadPicture(string why) => Refused.Invalid("definition.bad-picture", why);
}
