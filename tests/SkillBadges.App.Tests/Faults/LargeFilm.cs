using System.Net;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Faults;

/// <summary>A film of any length that is made while it is read: never in memory, never on disk.</summary>
internal sealed class LargeFilm
{
    private readonly byte[] head;
    private readonly byte[] tail;

    public LargeFilm(long length)
    {
        Length = length;
        var ftyp = SampleFiles.Ftyp("isom", "mp42");
        tail = SampleFiles.Box("moov", SampleFiles.Box("mvhd", new byte[100]), SampleFiles.Track("vide", ftyp.Length + 8));
        var media = length - ftyp.Length - tail.Length;
        head = [.. ftyp, .. SampleFiles.Big32(unchecked((int)(uint)media)), .. "mdat"u8];
    }

    public long Length { get; }

    public void Read(long position, Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++, position++)
        {
            bytes[i] = position < head.Length ? head[position] : position >= Length - tail.Length ? tail[position - (Length - tail.Length)] : (byte)((position * 31) + (position >> 12));
        }
    }

    /// <summary>The film from a place on; after so many bytes the line is cut, if it is to be.</summary>
    public HttpContent From(long offset, long? cutAfter) => new Part(this, offset, cutAfter);

    private sealed class Part(LargeFilm film, long offset, long? cutAfter) : HttpContent
    {
        protected override bool TryComputeLength(out long length)
        {
            length = film.Length - offset;
            return true;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var buffer = new byte[256 * 1024];
            var end = cutAfter is { } cut ? Math.Min(film.Length, offset + cut) : film.Length;
            for (var position = offset; position < end;)
            {
                var length = (int)Math.Min(buffer.Length, end - position);
                film.Read(position, buffer.AsSpan(0, length));
                await stream.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
                position += length;
            }

            if (end < film.Length)
            {
                await stream.FlushAsync(cancellationToken);
                throw new IOException("The line was cut.");
            }
        }
    }
}
