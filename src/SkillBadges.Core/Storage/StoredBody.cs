using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace SkillBadges.Core.Storage;

/// <summary>
/// The bytes of a body as every engine keeps them: JSON as it is when short, else the byte 0x01, the length of the JSON
/// (4 bytes, little endian) and its deflated bytes (RFC 1951). JSON objects begin with an opening brace, never with 0x01.
/// </summary>
public static class StoredBody
{
    /// <summary>Shorter bodies gain nothing from being deflated.</summary>
    public const int DeflatedFrom = 1024;

    private const byte Deflated = 1;
    private const int HeaderLength = 5;

    public static byte[] Pack(byte[] json)
    {
        if (json.Length < DeflatedFrom)
        {
            return json;
        }

        var packed = new MemoryStream(json.Length / 2);
        Span<byte> header = stackalloc byte[HeaderLength];
        header[0] = Deflated;
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], json.Length);
        packed.Write(header);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(json);
        }

        return packed.Length < json.Length ? packed.ToArray() : json;
    }

    /// <summary>The document in a stored body.</summary>
    public static object Read(DocumentKind kind, ReadOnlySpan<byte> stored, int bodyVersion)
    {
        if (stored.IsEmpty || stored[0] != Deflated)
        {
            return kind.Read(stored, bodyVersion);
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(stored[1..]);
        var json = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Inflate(stored[HeaderLength..], json.AsSpan(0, length));
            return kind.Read(json.AsSpan(0, length), bodyVersion);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(json);
        }
    }

    /// <summary>The JSON in a stored body, byte for byte.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty || stored[0] != Deflated)
        {
            return stored.ToArray();
        }

        var json = new byte[BinaryPrimitives.ReadInt32LittleEndian(stored[1..])];
        Inflate(stored[HeaderLength..], json);
        return json;
    }

    private static void Inflate(ReadOnlySpan<byte> deflated, Span<byte> json)
    {
        using var inflate = new DeflateStream(new MemoryStream(deflated.ToArray()), CompressionMode.Decompress);
        inflate.ReadExactly(json);
    }
}
