using SkillBadges.Core;

namespace SkillBadges.Storage.Postgres.Files;

/// <summary>
/// Writes an arriving file from a place on. A chunk is written when it is full, when it is flushed, and at the end; each time the hold is renewed. Who wrote nothing for so long that somebody else took the
/// file over writes nothing more.
/// </summary>
internal sealed class PartialWriter : Stream
{
    /// <summary>An interval of the server. A node that dies keeps others from its file no longer.</summary>
    public const string Hold = "interval '10 seconds'";

    private readonly PostgresPartialFiles files;
    private readonly string id;
    private readonly string writer;
    private readonly byte[] chunk = new byte[FileTables.ChunkBytes];
    private int number;
    private int filled;
    private bool isUnsaved;
    private bool isOver;

    public PartialWriter(PostgresPartialFiles files, string id, string writer, int number, ReadOnlySpan<byte> begun)
    {
        (this.files, this.id, this.writer, this.number) = (files, id, writer, number);
        begun.CopyTo(chunk);
        filled = begun.Length;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => ((long)number * chunk.Length) + filled;

    public override long Position { get => Length; set => throw new NotSupportedException(); }

    public static RefusedException Busy() => Refused.Conflict("file.busy", "This file is being received already; please wait a moment.");

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var part = Math.Min(buffer.Length, chunk.Length - filled);
            buffer[..part].CopyTo(chunk.AsMemory(filled));
            (filled, isUnsaved, buffer) = (filled + part, true, buffer[part..]);
            if (filled == chunk.Length)
            {
                await SaveAsync();
                (number, filled) = (number + 1, 0);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Archives and tables are written line by line, without waiting.
    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task FlushAsync(CancellationToken cancellationToken) => SaveAsync();

    public override void Flush() => SaveAsync().GetAwaiter().GetResult();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await EndAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            EndAsync().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private async Task SaveAsync()
    {
        if (!isUnsaved)
        {
            return;
        }

        try
        {
            await files.SaveAsync(id, writer, number, chunk.AsMemory(0, filled));
            isUnsaved = false;
        }
        catch
        {
            // The place up to which it is whole is known to the database; the end adds nothing behind it.
            isOver = true;
            throw;
        }
    }

    private async Task EndAsync()
    {
        if (isOver)
        {
            return;
        }

        isOver = true;
        try
        {
            await SaveAsync();
        }
        finally
        {
            await files.ReleaseAsync(id, writer);
        }
    }
}
