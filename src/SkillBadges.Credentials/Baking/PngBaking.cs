using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace SkillBadges.Credentials.Baking;

/// <summary>
/// A credential in a PNG image: one iTXt chunk, uncompressed (Open Badges 3.0 5.3.1). Compressed and repeated ones are refused, and a text of the older
/// standards is never followed.
/// </summary>
public static class PngBaking
{
    /// <summary>Puts a credential into an image that holds none; the chunk follows the header, where readers that stop at the pixels find it.</summary>
    /// <param name="png">The image.</param>
    /// <param name="credential">JSON or a JWS in compact form.</param>
    /// <exception cref="MalformedException">A code of <see cref="BakedImage.Read"/>; <c>baked.several</c> when the image holds one already.</exception>
    public static byte[] Bake(ReadOnlySpan<byte> png, string credential, BakedKind kind)
    {
        var text = Encoding.UTF8.GetBytes(BakedCredential.Of(kind, credential).Text);
        var (found, legacy, headerEnd) = Walk(png);
        if (found.Count + legacy > 0)
        {
            throw new MalformedException("baked.several", "The image holds a credential already.");
        }

        // iTXt: keyword, 0, compression flag 0, method 0, no language, 0, no translated keyword, 0, text.
        var keyword = Encoding.ASCII.GetBytes(BakingMarks.For(kind).Keyword);
        var length = keyword.Length + 5 + text.Length;
        var baked = new byte[png.Length + length + 12];
        BakedImage.RequireSize(baked.Length);
        png[..headerEnd].CopyTo(baked);
        var chunk = baked.AsSpan(headerEnd, length + 12);
        BinaryPrimitives.WriteInt32BigEndian(chunk, length);
        "iTXt"u8.CopyTo(chunk[4..]);
        keyword.CopyTo(chunk[8..]);
        text.CopyTo(chunk[(8 + keyword.Length + 5)..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[(8 + length)..], Crc32.Of(chunk[4..(8 + length)]));
        png[headerEnd..].CopyTo(baked.AsSpan(headerEnd + chunk.Length));
        return baked;
    }

    /// <exception cref="MalformedException">A code of <see cref="BakedImage.Read"/>.</exception>
    public static BakedCredential Read(ReadOnlySpan<byte> png)
    {
        var (found, legacy, _) = Walk(png);
        return BakedImage.Only(found, legacy);
    }

    private static (List<BakedCredential> Found, int Legacy, int HeaderEnd) Walk(ReadOnlySpan<byte> png)
    {
        List<BakedCredential> found = [];
        var legacy = 0;
        var headerEnd = 0;
        var chunks = new PngChunks(png);
        while (chunks.Next())
        {
            headerEnd = headerEnd == 0 ? chunks.Position : headerEnd;
            var international = chunks.Type.SequenceEqual("iTXt"u8);
            if (!international && !chunks.Type.SequenceEqual("tEXt"u8) && !chunks.Type.SequenceEqual("zTXt"u8))
            {
                continue;
            }

            // Another case or padding could hide a mark from us and not from a laxer reader.
            var keyword = Keyword(chunks.Data);
            var mark = keyword.Trim();
            if (mark.Equals(BakingMarks.LegacyKeyword, StringComparison.OrdinalIgnoreCase))
            {
                legacy++;
            }
            else if (BakingMarks.All.FirstOrDefault(marks => marks.Keyword.Equals(mark, StringComparison.OrdinalIgnoreCase)) is { } marks)
            {
                if (found.Count > 0)
                {
                    throw new MalformedException("baked.several", "The image holds more than one credential.");
                }

                if (!international || marks.Keyword != keyword)
                {
                    throw new MalformedException("baked.misplaced", "The credential is in a part of the PNG image where it does not belong.");
                }

                found.Add(BakedCredential.Of(marks.Kind, Text(chunks.Data[(keyword.Length + 1)..])));
            }
        }

        return (found, legacy, headerEnd);
    }

    // 11.3.3: 1 to 79 bytes of Latin-1 and a zero.
    private static string Keyword(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)0);
        return end is < 1 or > 79
            ? throw new MalformedException("png.text", "A text of the PNG image has no proper keyword.")
            : Encoding.Latin1.GetString(data[..end]);
    }

    private static string Text(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2)
        {
            throw new MalformedException("png.text", "A text of the PNG image ends in the middle.");
        }

        if (rest[0] != 0)
        {
            throw new MalformedException("baked.compressed", "The credential in the PNG image is compressed, which the standard does not allow.");
        }

        var language = rest[1] == 0 ? rest[2..].IndexOf((byte)0) : -1;
        var translated = language < 0 ? -1 : rest[(2 + language + 1)..].IndexOf((byte)0);
        if (translated < 0)
        {
            throw new MalformedException("png.text", "A text of the PNG image is not put together as the standard says.");
        }

        var text = rest[(2 + language + 1 + translated + 1)..];
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw new MalformedException("baked.text", "The image's credential is not UTF-8.");
    }
}
