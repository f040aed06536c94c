using System.Buffers.Binary;
using System.Text;

namespace SkillBadges.App.Pdf.Fonts;

/// <summary>Writes the tables that ISO 32000-1:2008, 9.9 asks of an embedded TrueType font that is used by glyph numbers.</summary>
internal static class SubsetFile
{
    private const uint Magic = 0xB1B0AFBA;

    /// <param name="font">Where the glyphs come from.</param>
    /// <param name="glyphs">In the order of their new numbers.</param>
    /// <param name="outlines">The new <c>glyf</c>.</param>
    /// <param name="locations">Where each glyph begins, and the end.</param>
    public static byte[] Write(TrueTypeFont font, IReadOnlyList<int> glyphs, byte[] outlines, IReadOnlyList<int> locations)
    {
        var head = font.Table("head").Span[..54].ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);

        var hhea = font.Table("hhea").Span[..36].ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)glyphs.Count);

        var maxp = font.Table("maxp").ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)glyphs.Count);

        var hmtx = new byte[4 * glyphs.Count];
        for (var i = 0; i < glyphs.Count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(hmtx.AsSpan(4 * i), (ushort)font.Advance(glyphs[i]));
            var outline = font.Outline(glyphs[i]);
            BinaryPrimitives.WriteInt16BigEndian(hmtx.AsSpan((4 * i) + 2), outline.Length < 10 ? (short)0 : TrueTypeFont.S16(outline, 2));
        }

        var loca = new byte[4 * locations.Count];
        for (var i = 0; i < locations.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan(4 * i), locations[i]);
        }

        return Assemble([("glyf", outlines), ("head", head), ("hhea", hhea), ("hmtx", hmtx), ("loca", loca), ("maxp", maxp)]);
    }

    private static byte[] Assemble(IReadOnlyList<(string Tag, byte[] Bytes)> tables)
    {
        var offset = 12 + (16 * tables.Count);
        var file = new byte[offset + tables.Sum(table => Padded(table.Bytes.Length))];
        var power = 1 << (int)Math.Floor(Math.Log2(tables.Count));
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(16 * power));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)Math.Log2(power));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)(16 * (tables.Count - power)));
        var headAt = 0;
        for (var i = 0; i < tables.Count; i++)
        {
            var (tag, bytes) = tables[i];
            var entry = file.AsSpan(12 + (16 * i), 16);
            Encoding.ASCII.GetBytes(tag, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Sum(bytes));
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], offset);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], bytes.Length);
            bytes.CopyTo(file, offset);
            headAt = tag == "head" ? offset : headAt;
            offset += Padded(bytes.Length);
        }

        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(headAt + 8), unchecked(Magic - Sum(file)));
        return file;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i++)
        {
            sum = unchecked(sum + ((uint)bytes[i] << (24 - (8 * (i % 4)))));
        }

        return sum;
    }
}
