using System.Buffers.Binary;
using System.Text;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>A file inside a ZIP: its name, where its data begin, how long they are packed and unpacked, and how.</summary>
internal sealed record ZipEntry(string Name, long Data, long Packed, long Unpacked, uint Crc, bool IsDeflated);

/// <summary>
/// The entries of a ZIP (APPNOTE 6.3.10), read strictly: the directory and the local headers say the same, the entries lie one after the other
/// from the first byte to the directory, and nothing follows the end.
/// </summary>
internal static class ZipEntries
{
    private const int MaxEntries = 3000;
    private const int EndLength = 22;

    public static IReadOnlyList<ZipEntry> Read(ContentSource source)
    {
        var end = source.Length - EndLength;
        if (end < 0 || !source.StartsWith(end, "PK\x05\x06"u8))
        {
            throw FindEnd(source) ? NotTaken.Trailing() : NotTaken.Truncated();
        }

        var (count, size, offset) = (Little16(source, end + 10), Little32(source, end + 12), (long)Little32(source, end + 16));
        if (Little16(source, end + 4) != 0 || Little16(source, end + 6) != 0 || Little16(source, end + 8) != count || offset + size != end || count is 0 or > MaxEntries)
        {
            throw NotTaken.Office("evidence.zip-directory", "its directory is not in order");
        }

        var (entries, position, next) = (new List<ZipEntry>(), offset, 0L);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < count; i++)
        {
            if (!source.StartsWith(position, "PK\x01\x02"u8))
            {
                throw NotTaken.Office("evidence.zip-directory", "its directory is not in order");
            }

            var (nameLength, extra, comment) = (Little16(source, position + 28), Little16(source, position + 30), Little16(source, position + 32));
            var name = NameOf(source, position + 46, nameLength);
            if (!names.Add(name))
            {
                throw NotTaken.Office("evidence.zip-twice", "a part is in it twice");
            }

            RequirePlain(source, position);
            var entry = EntryAt(source, position, name, next, offset, out next);
            entries.Add(entry);
            position += 46 + nameLength + extra + comment;
        }

        return position == end && next == offset ? entries : throw NotTaken.Office("evidence.zip-gap", "something lies between its parts");
    }

    private static ZipEntry EntryAt(ContentSource source, long position, string name, long expected, long directory, out long next)
    {
        var (flags, method) = (Little16(source, position + 8), Little16(source, position + 10));
        var (crc, packed, unpacked, local) = (Little32(source, position + 16), (long)Little32(source, position + 20), (long)Little32(source, position + 24), (long)Little32(source, position + 42));
        if (local != expected || !source.StartsWith(local, "PK\x03\x04"u8) || Little16(source, local + 8) != method || NameOf(source, local + 30, Little16(source, local + 26)) != name)
        {
            throw NotTaken.Office("evidence.zip-contradiction", "its directory and its parts contradict each other");
        }

        var data = local + 30 + Little16(source, local + 26) + Little16(source, local + 28);
        next = data + packed;
        if ((flags & 8) != 0)
        {
            // A descriptor follows: checksum and lengths, with or without a mark before them.
            next += source.StartsWith(next, "PK\x07\x08"u8) ? 16 : 12;
        }

        return next <= directory ? new(name, data, packed, unpacked, crc, method == 8) : throw NotTaken.Office("evidence.zip-contradiction", "its directory and its parts contradict each other");
    }

    private static void RequirePlain(ContentSource source, long position)
    {
        if ((Little16(source, position + 8) & 0x2041) != 0)
        {
            throw Refused.Invalid("evidence.encrypted", "This document is protected by a password, so that nobody who assesses it could read it. Please send it without.");
        }

        // The upper half of the external attributes is a Unix mode when the file was made there; 0120000 is a symbolic link.
        if (source.Byte(position + 5) == 3 && (Little32(source, position + 38) >> 28) == 0xA)
        {
            throw NotTaken.Office("evidence.zip-link", "a part is a link to another file");
        }

        if (Little16(source, position + 10) is not (0 or 8))
        {
            throw NotTaken.Office("evidence.zip-packing", "a part is packed in an unusual way");
        }
    }

    private static string NameOf(ContentSource source, long position, int length)
    {
        var bytes = source.Window(position, length);
        var name = Encoding.UTF8.GetString(bytes);
        if (length is 0 or > 255 || name.StartsWith('/') || name.Contains('\\', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) || name.Contains('\uFFFD', StringComparison.Ordinal)
            || name.Any(char.IsControl) || name.Split('/').Any(part => part is "." or ".."))
        {
            throw Refused.Invalid("evidence.zip-path", "A part of this document has a name that leads out of it. Please save it anew.");
        }

        return name;
    }

    private static bool FindEnd(ContentSource source)
    {
        for (var position = 0L; position < source.Length; position += 32 * 1024)
        {
            if (source.AtMost(position, (32 * 1024) + 4).IndexOf("PK\x05\x06"u8) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static ushort Little16(ContentSource source, long position) => BinaryPrimitives.ReverseEndianness(source.UInt16(position));

    private static uint Little32(ContentSource source, long position) => BinaryPrimitives.ReverseEndianness(source.UInt32(position));
}
