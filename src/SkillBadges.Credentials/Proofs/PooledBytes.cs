using System.Buffers;
using System.Text;

namespace SkillBadges.Credentials.Proofs;

/// <summary>Bytes written one after another into a pooled array that grows; give it back with <see cref="Dispose"/>.</summary>
internal ref struct PooledBytes(int capacity)
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public void Add(byte value)
    {
        if (Length == buffer.Length)
        {
            Grow(1);
        }

        buffer[Length++] = value;
    }

    public void Add(scoped ReadOnlySpan<byte> values)
    {
        if (buffer.Length - Length < values.Length)
        {
            Grow(values.Length);
        }

        values.CopyTo(buffer.AsSpan(Length));
        Length += values.Length;
    }

    /// <summary>Text that is known to be ASCII.</summary>
    public void AddAscii(scoped ReadOnlySpan<char> text)
    {
        if (buffer.Length - Length < text.Length)
        {
            Grow(text.Length);
        }

        Ascii.FromUtf16(text, buffer.AsSpan(Length), out var written);
        Length += written;
    }

    public void Clear() => Length = 0;

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }

        Length = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + needed, buffer.Length * 2));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
