using System.Buffers.Binary;
using System.IO.Compression;

namespace SkillBadges.Credentials.StatusLists;

/// <summary>
/// Unpacks exactly one gzip member (RFC 1952) with hard limits. Library readers go on into a second member and ignore what
/// follows; here whatever is not part of the one member is refused.
/// </summary>
internal static class GzipMember
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;
    private const int MaxRatio = 1200;
    private const byte Deflate = 8;

    /// <exception cref="MalformedException"><c>status.list-malformed</c>, <c>status.list-too-large</c> or <c>status.list-trailing-data</c>.</exception>
    internal static byte[] Unpack(byte[] gzip, int maxLength)
    {
        if (gzip.Length < HeaderLength + TrailerLength || gzip[0] != 0x1F || gzip[1] != 0x8B || gzip[2] != Deflate)
        {
            throw Malformed();
        }

        var start = HeaderEnd(gzip);
        var end = gzip.Length - TrailerLength;
        if (start >= end)
        {
            throw Malformed();
        }

        var claimed = BinaryPrimitives.ReadUInt32LittleEndian(gzip.AsSpan(end + 4));
        if (claimed > maxLength || claimed > (long)(end - start) * MaxRatio)
        {
            throw new MalformedException("status.list-too-large", $"The status list would unpack to more than {maxLength / (1024 * 1024)} MiB, or to {MaxRatio} times its size.");
        }

        var bytes = Inflate(gzip, start, end, (int)claimed);
        return Crc32.Of(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(gzip.AsSpan(end)) ? bytes : throw Malformed();
    }

    private static byte[] Inflate(byte[] gzip, int start, int end, int length)
    {
        using var input = new LastByteApart(gzip, start, end);
        using var inflater = new DeflateStream(input, CompressionMode.Decompress);
        var bytes = new byte[length];
        try
        {
            if (inflater.ReadAtLeast(bytes, length, throwOnEndOfStream: false) != length || inflater.Read(new byte[1]) != 0)
            {
                throw new MalformedException("status.list-malformed", "The status list does not unpack to the length that it states.");
            }
        }
        catch (InvalidDataException fault)
        {
            throw new MalformedException("status.list-malformed", "The status list is not gzip data.", fault);
        }

        return input.WasReadToItsEnd
            ? bytes
            : throw new MalformedException("status.list-trailing-data", "There are further data after the status list.");
    }

    private static int HeaderEnd(byte[] gzip)
    {
        const int hasChecksum = 2, hasExtra = 4, hasName = 8, hasComment = 16, reserved = 0xE0;
        int flags = gzip[3];
        var at = HeaderLength;
        if ((flags & reserved) != 0)
        {
            throw Malformed();
        }

        if ((flags & hasExtra) != 0)
        {
            at += 2 + (at + 2 <= gzip.Length ? BinaryPrimitives.ReadUInt16LittleEndian(gzip.AsSpan(at)) : 0);
        }

        foreach (var text in new[] { hasName, hasComment })
        {
            if ((flags & text) != 0)
            {
                var zero = at < gzip.Length ? Array.IndexOf(gzip, (byte)0, at) : -1;
                at = zero < 0 ? throw Malformed() : zero + 1;
            }
        }

        return (flags & hasChecksum) != 0 ? at + 2 : at;
    }

    private static MalformedException Malformed() => new("status.list-malformed", "The status list is not gzip data.");

    /// <summary>
    /// Gives all bytes but the last at once, then the last. A deflate stream always needs its last byte, so an inflater that ends
    /// without asking for it has left data unread.
    /// </summary>
    private sealed class LastByteApart(byte[] bytes, int start, int end) : Stream
    {
        private int at = start;

        internal bool WasReadToItsEnd => at == end;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var available = at < end - 1 ? end - 1 - at : end - at;
            var taken = Math.Min(available, count);
            Array.Copy(bytes, at, buffer, offset, taken);
            at += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
