using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.StatusLists;

/// <summary>
/// A list of statuses, one entry a credential (Bitstring Status List 1.0, REC 2025-05-15). Entry 0 is the left-most, most
/// significant bit. Not safe to change from several threads.
/// </summary>
public sealed class BitstringStatusList
{
    /// <summary>Fewer entries would let the issuer and others tell from the list who is looked up (REC 6.1, herd privacy).</summary>
    public const int LeastEntries = 131_072;

    /// <summary>More bits per entry serve no purpose that is defined.</summary>
    public const int MostBitsPerEntry = 8;

    /// <summary>What a list from a stranger may unpack to, in bytes.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private readonly byte[] bits;
    private readonly GzipSegments segments;

    private BitstringStatusList(byte[] bits, int bitsPerEntry)
    {
        this.bits = bits;
        BitsPerEntry = bitsPerEntry;
        segments = new GzipSegments(bits);
    }

    /// <summary>statusSize.</summary>
    public int BitsPerEntry { get; }

    public long Entries => bits.LongLength * 8 / BitsPerEntry;

    /// <summary>An empty list; the entries are rounded up to whole bytes.</summary>
    public static BitstringStatusList Create(long entries, int bitsPerEntry)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(entries, LeastEntries);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitsPerEntry, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitsPerEntry, MostBitsPerEntry);
        return new BitstringStatusList(new byte[checked(((entries * bitsPerEntry) + 7) / 8)], bitsPerEntry);
    }

    /// <summary>Reads an <c>encodedList</c>: multibase base64url (<c>u</c>) over one gzip member.</summary>
    /// <exception cref="MalformedException">
    /// <c>status.size</c>, <c>status.list-malformed</c>, <c>status.list-too-large</c>, <c>status.list-trailing-data</c> or
    /// <c>status.list-too-short</c> (STATUS_LIST_LENGTH_ERROR).
    /// </exception>
    public static BitstringStatusList Read(string encodedList, int bitsPerEntry)
    {
        if (bitsPerEntry is < 1 or > MostBitsPerEntry)
        {
            throw new MalformedException("status.size", $"A status takes 1 to {MostBitsPerEntry} bits.");
        }

        CountedWork.Add(encodedList.Length);
        if (!encodedList.StartsWith('u') || StrictBase64Url.Decode(encodedList.AsSpan(1)) is not { } gzip)
        {
            throw new MalformedException("status.list-malformed", "The status list is not base64url text that starts with u.");
        }

        var list = new BitstringStatusList(Unpack(gzip), bitsPerEntry);
        return list.Entries >= LeastEntries
            ? list
            : throw new MalformedException("status.list-too-short", $"The status list has fewer than {LeastEntries} entries.");
    }

    // What is refused may have been unpacked as far as it is allowed to be.
    private static byte[] Unpack(byte[] gzip)
    {
        var length = MaxBytes;
        try
        {
            var bits = GzipMember.Unpack(gzip, MaxBytes);
            length = bits.Length;
            return bits;
        }
        finally
        {
            CountedWork.Add(length / CountedWork.UnpackedBytes);
        }
    }

    /// <summary>The status at an index; <see cref="ArgumentOutOfRangeException"/> beyond the end.</summary>
    public int this[long index]
    {
        get
        {
            var value = 0;
            for (var (bit, left) = (FirstBit(index), BitsPerEntry); left > 0; bit++, left--)
            {
                value = (value << 1) | ((bits[bit / 8] >> (int)(7 - (bit % 8))) & 1);
            }

            return value;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, 1 << BitsPerEntry);
            for (var (bit, left) = (FirstBit(index), BitsPerEntry); left > 0; bit++, left--)
            {
                var mask = (byte)(1 << (int)(7 - (bit % 8)));
                bits[bit / 8] = (byte)(((value >> (left - 1)) & 1) != 0 ? bits[bit / 8] | mask : bits[bit / 8] & ~mask);
                segments.Changed(bit / 8);
            }
        }
    }

    /// <summary>The <c>encodedList</c>. After a change only the 16 KiB around it are packed again.</summary>
    public string Encode()
    {
        var gzip = segments.Pack();
        return string.Create(1 + System.Buffers.Text.Base64Url.GetEncodedLength(gzip.Length), gzip, static (text, bytes) =>
        {
            text[0] = 'u';
            System.Buffers.Text.Base64Url.EncodeToChars(bytes, text[1..]);
        });
    }

    private long FirstBit(long index)
    {
        // Compared in 64 bits before anything is multiplied: 2^61 entries of 8 bits must not wrap around to a small offset.
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Entries);
        return index * BitsPerEntry;
    }
}
