namespace SkillBadges.Storage.Postgres.Files;

/// <summary>Reads a file chunk by chunk, from any place; it remembers one chunk. A chunk that is missing ends the file early, which whoever compares the digest notices.</summary>
/// <param name="length">In bytes.</param>
/// <param name="fetch">The chunk of a number, or null.</param>
/// <param name="close">Gives back what the reading holds.</param>
internal sealed class ChunkStream(long length, Func<int, CancellationToken, Task<byte[]?>> fetch, Func<ValueTask> close) : Stream
{
    private int held = -1;
    private byte[]? chunk;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // Whoever inspects a file reads without waiting, on a thread that is there for it.
    public override int Read(Span<byte> buffer)
    {
        var rest = RestAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Span;
        var read = Math.Min(rest.Length, buffer.Length);
        rest[..read].CopyTo(buffer);
        position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var rest = await RestAsync(cancellationToken);
        var read = Math.Min(rest.Length, buffer.Length);
        rest[..read].CopyTo(buffer);
        position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await close();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            close().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    /// <summary>What the chunk at the position still has.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> RestAsync(CancellationToken cancellationToken)
    {
        if (position >= length)
        {
            return default;
        }

        var number = (int)(position / FileTables.ChunkBytes);
        if (number != held)
        {
            (chunk, held) = (await fetch(number, cancellationToken), number);
        }

        var within = (int)(position % FileTables.ChunkBytes);
        return chunk is null || within >= chunk.Length ? default : chunk.AsMemory(within, (int)Math.Min(chunk.Length - within, length - position));
    }
}
