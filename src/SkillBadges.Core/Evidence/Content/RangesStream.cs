namespace SkillBadges.Core.Evidence.Content;

/// <summary>Ranges of a file one after the other, for what unpacks them. Read once, forward.</summary>
internal sealed class RangesStream(ContentSource source, IReadOnlyList<(long From, long Length)> ranges) : Stream
{
    private int range;
    private long done;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        while (range < ranges.Count && done == ranges[range].Length)
        {
            (range, done) = (range + 1, 0);
        }

        if (range == ranges.Count)
        {
            return 0;
        }

        var part = source.AtMost(ranges[range].From + done, (int)Math.Min(buffer.Length, ranges[range].Length - done));
        part.CopyTo(buffer);
        done += part.Length;
        return part.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
