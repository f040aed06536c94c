using System.Buffers.Binary;
using SkillBadges.Core.Evidence.Content;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>The picture beside an issuer's name. It is small, so that documents stay light, and holds nothing but what it looks like.</summary>
public static class IssuerLogo
{
    public const int MaxBytes = 24 * 1024;

    /// <summary>Before what says more than the picture is left out.</summary>
    public const int MostReceived = 1_000_000;
    public const int LeastSide = 32;
    public const int MostSide = 1024;

    /// <exception cref="RefusedException"><c>organization.logo</c>, <c>file.store-full</c>, <c>file.store-failed</c>, and those of <see cref="EvidenceContent.Inspect"/>.</exception>
    public static async Task<Sha256Digest> KeepAsync(IFileStore files, Stream received, CancellationToken cancellationToken)
    {
        var content = EvidenceContent.Inspect(received);
        await using var cleaned = content.Open();
        if (content.MediaType != "image/png")
        {
            throw NoLogo("A logo is a PNG picture.");
        }

        if (content.Length > MaxBytes)
        {
            throw NoLogo($"The picture has {content.Length} bytes; at most {MaxBytes} are taken.");
        }

        var png = new byte[content.Length];
        await cleaned.ReadExactlyAsync(png, cancellationToken);
        Require(png);
        return (await files.PutAsync(new MemoryStream(png, writable: false), MaxBytes, cancellationToken)).Digest;
    }

    // PNG (W3C REC 2025-06-24) 11.2.1: width, height, depth, color, compression, filter, interlace.
    private static void Require(ReadOnlySpan<byte> png)
    {
        var header = png[16..];
        foreach (var side in (int[])[BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..])])
        {
            if (side is < LeastSide or > MostSide)
            {
                throw NoLogo($"Each side of the picture has {LeastSide} to {MostSide} pixels.");
            }
        }

        if (header[12] != 0)
        {
            throw NoLogo("The picture is interlaced; please save it without that.");
        }
    }

    private static RefusedException NoLogo(string why) => Refused.Invalid("organization.logo", why);
}
