namespace SkillBadges.Core.Evidence.Content;

/// <summary>The cleaned file, put together from the received one while it is read. Read once, forward.</summary>
internal sealed class CleanedStream(CleanPlan plan, Stream received) : Stream
{
    private int piece;
    private long done;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => plan.Length;

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> destination)
    {
        if (piece == plan.Pieces.Count || destination.IsEmpty)
        {
            return 0;
        }

        var current = plan.Pieces[piece];
        var target = destination[..(int)Math.Min(destination.Length, current.Length - done)];
        if (current.Bytes is { } bytes)
        {
            bytes.AsSpan((int)done, target.Length).CopyTo(target);
        }
        else if (current.From < 0)
        {
            target.Clear();
        }
        else
        {
            received.Position = current.From + done;
            received.ReadExactly(target);
        }

        done += target.Length;
        if (done == current.Length)
        {
            (piece, done) = (piece + 1, 0);
        }

        return target.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // The received file is on this machine's disk: reading it does not wait for anybody.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
