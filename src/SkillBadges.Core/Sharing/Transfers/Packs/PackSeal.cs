using System.Security.Cryptography;
using System.Text;

namespace SkillBadges.Core.Sharing.Transfers.Packs;

/// <summary>
/// Writes a pack's container so that damage shows which no file of it shows, such as in a time or a name of the container itself: its comment, the last bytes,
/// is the digest of every byte before the digest. What the files say is held by signatures; this tells accidents, and is absent from a pack that somebody
/// unpacked and packed again.
/// </summary>
internal sealed class PackSeal(Stream target) : Stream
{
    /// <summary>The comment with room for the digest.</summary>
    public static readonly string Blank = Words + new string('0', DigestLength);

    private const string Words = "skillbadges-transfer sha256 ";
    private const int DigestLength = 64;

    // PKWARE APPNOTE.TXT 6.3.10 (2022-11-01) 4.3.16: 22 bytes before the comment, whose length is in the last two of them.
    private const int EndLength = 22;
    private static readonly byte[] endSignature = [0x50, 0x4B, 0x05, 0x06];

    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<byte> held = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the container is as it was written: null where it was packed anew and has no seal.</summary>
    public static bool? Holds(ReadOnlySpan<byte> pack)
    {
        if (EndsWithComment(pack, 0))
        {
            return null;
        }

        if (!EndsWithComment(pack, Blank.Length))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[Blank.Length];
        Encoding.ASCII.GetBytes(Words + Sha256Digest.Of(pack[..^DigestLength]).Hex, expected);
        return pack[^Blank.Length..].SequenceEqual(expected);
    }

    /// <summary>Writes the digest; nothing may follow.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (!Encoding.ASCII.GetBytes(Blank)[^DigestLength..].SequenceEqual(held))
        {
            throw new InvalidOperationException("The container has to end with the blank comment.");
        }

        await target.WriteAsync(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest.GetHashAndReset())), cancellationToken);
        held.Clear();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => target.Write(Pass(buffer));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await target.WriteAsync(Pass(buffer.Span), cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => target.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            digest.Dispose();
        }

        base.Dispose(disposing);
    }

    // The last bytes wait, since they may be the place of the digest.
    private byte[] Pass(ReadOnlySpan<byte> buffer)
    {
        byte[] all = [.. held, .. buffer];
        var kept = Math.Min(DigestLength, all.Length);
        held.Clear();
        held.AddRange(all[^kept..]);
        var passed = all[..^kept];
        digest.AppendData(passed);
        return passed;
    }

    private static bool EndsWithComment(ReadOnlySpan<byte> pack, int length) =>
        pack.Length >= EndLength + length && pack.Slice(pack.Length - length - EndLength, EndLength) is var end && end.StartsWith(endSignature) && end[^2] == length && end[^1] == 0;
}
