using System.Buffers.Binary;
using SkillBadges.Credentials;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>A file to be looked at: any byte of it, through one buffer, so that a long file needs no more memory than a short one.</summary>
internal sealed class ContentSource(Stream file)
{
    private const int BufferSize = 128 * 1024;

    private readonly byte[] buffer = new byte[BufferSize];
    private long begin;
    private int filled;

    public long Length { get; } = file.Length;

    /// <exception cref="RefusedException"><c>evidence.truncated</c>: the file ends before.</exception>
    public byte Byte(long position) => Window(position, 1)[0];

    public ushort UInt16(long position) => BinaryPrimitives.ReadUInt16BigEndian(Window(position, 2));

    public uint UInt32(long position) => BinaryPrimitives.ReadUInt32BigEndian(Window(position, 4));

    public ulong UInt64(long position) => BinaryPrimitives.ReadUInt64BigEndian(Window(position, 8));

    /// <summary>Exactly so many bytes, at most the buffer's size; good until the next call.</summary>
    /// <exception cref="RefusedException"><c>evidence.truncated</c>.</exception>
    public ReadOnlySpan<byte> Window(long position, int length)
    {
        if (position < 0 || length > Length - position)
        {
            throw NotTaken.Truncated();
        }

        return AtMost(position, length);
    }

    /// <summary>Up to so many bytes; fewer only at the file's end.</summary>
    public ReadOnlySpan<byte> AtMost(long position, int length)
    {
        if (position < 0 || position >= Length)
        {
            return [];
        }

        length = (int)Math.Min(Math.Min(length, BufferSize), Length - position);
        if (position < begin || position + length > begin + filled)
        {
            file.Position = position;
            filled = file.ReadAtLeast(buffer, length, throwOnEndOfStream: false);
            begin = position;
            if (filled < length)
            {
                throw NotTaken.Truncated();
            }
        }

        return buffer.AsSpan((int)(position - begin), length);
    }

    /// <summary>What the buffer holds from here on, at least a byte; empty at the end.</summary>
    public ReadOnlySpan<byte> Rest(long position)
    {
        if (AtMost(position, 1).IsEmpty)
        {
            return [];
        }

        return buffer.AsSpan((int)(position - begin), (int)(begin + filled - position));
    }

    public bool StartsWith(long position, ReadOnlySpan<byte> bytes) => AtMost(position, bytes.Length).SequenceEqual(bytes);

    public uint Crc(long position, long length)
    {
        var crc = 0u;
        for (var end = position + length; position < end;)
        {
            var part = Window(position, (int)Math.Min(BufferSize / 2, end - position));
            crc = Crc32.Of(crc, part);
            position += part.Length;
        }

        return crc;
    }
}
