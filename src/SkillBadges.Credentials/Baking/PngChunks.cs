using System.Buffers.Binary;

namespace SkillBadges.Credentials.Baking;

/// <summary>
/// Walks the chunks of a PNG datastream (W3C PNG, third edition, REC 2025-06-24, 5) without decoding a pixel. Stricter than a viewer: order, checksums and
/// the end have to be right, so that two readers cannot see two images.
/// </summary>
internal ref struct PngChunks
{
    private const int MaximumChunks = 65_536;
    private const long MaximumPixels = 25_000_000;

    private readonly ReadOnlySpan<byte> png;
    private int position = 8;
    private int count;
    private bool palette;
    private bool data;
    private bool dataEnded;
    private byte colorType;

    public PngChunks(ReadOnlySpan<byte> png)
    {
        BakedImage.RequireSize(png.Length);
        if (!png.StartsWith(Signature))
        {
            throw new MalformedException("png.signature", "The file does not start as a PNG image does.");
        }

        this.png = png;
    }

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Four letters.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Where the current chunk ends.</summary>
    public readonly int Position => position;

    /// <summary>Moves to the next chunk; false after a proper end.</summary>
    public bool Next()
    {
        if (Type.SequenceEqual("IEND"u8))
        {
            return position == png.Length ? false : throw new MalformedException("png.trailing-data", "Something follows the end of the PNG image.");
        }

        if (png.Length - position < 12)
        {
            throw new MalformedException("png.truncated", "The PNG image ends in the middle.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(png[position..]);
        if (length > png.Length - position - 12)
        {
            throw new MalformedException("png.truncated", "A part of the PNG image says that it is longer than the file.");
        }

        Type = png.Slice(position + 4, 4);
        Data = png.Slice(position + 8, (int)length);
        if (BinaryPrimitives.ReadUInt32BigEndian(png[(position + 8 + (int)length)..]) != Crc32.Of(png.Slice(position + 4, (int)length + 4)))
        {
            throw new MalformedException("png.crc", "A checksum of the PNG image is wrong.");
        }

        position += 12 + (int)length;
        Accept();
        return true;
    }

    private void Accept()
    {
        if (++count > MaximumChunks)
        {
            throw new MalformedException("png.too-many-chunks", "The PNG image has more parts than are read here.");
        }

        foreach (var letter in Type)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                throw new MalformedException("png.chunk-type", "A part of the PNG image has no proper name.");
            }
        }

        var header = Type.SequenceEqual("IHDR"u8);
        if (header != (count == 1))
        {
            throw new MalformedException("png.chunk-order", "The PNG image's header is not its first part, or is there twice.");
        }

        dataEnded |= data && !Type.SequenceEqual("IDAT"u8);
        if (header)
        {
            Header();
        }
        else if (Type.SequenceEqual("PLTE"u8))
        {
            Require(!palette && !data && Data.Length is > 0 and <= 768 && Data.Length % 3 == 0);
            palette = true;
        }
        else if (Type.SequenceEqual("IDAT"u8))
        {
            Require(!dataEnded && (palette || colorType != 3));
            data = true;
        }
        else if (Type.SequenceEqual("IEND"u8))
        {
            Require(data && Data.IsEmpty);
        }
        else if (char.IsAsciiLetterUpper((char)Type[0]))
        {
            // 5.4: who does not know a critical chunk cannot know what the image shows.
            throw new MalformedException("png.unknown-chunk", "The PNG image has a part that has to be understood and is not.");
        }
    }

    private static void Require(bool inOrder)
    {
        if (!inOrder)
        {
            throw new MalformedException("png.chunk-order", "The parts of the PNG image are not in the order that the standard asks.");
        }
    }

    private void Header()
    {
        if (Data.Length != 13)
        {
            throw new MalformedException("png.header", "The PNG image's header has the wrong size.");
        }

        long width = BinaryPrimitives.ReadUInt32BigEndian(Data);
        long height = BinaryPrimitives.ReadUInt32BigEndian(Data[4..]);
        colorType = Data[9];
        var depth = (int)Data[8];
        var depthFits = colorType switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || !depthFits || Data[10] != 0 || Data[11] != 0 || Data[12] > 1)
        {
            throw new MalformedException("png.header", "The PNG image's header says something that the standard does not know.");
        }

        if (width > MaximumPixels / height)
        {
            throw new MalformedException("png.too-many-pixels", "The PNG image has more than 25 million pixels.");
        }
    }
}
