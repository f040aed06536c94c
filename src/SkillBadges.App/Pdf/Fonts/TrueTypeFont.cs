using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace SkillBadges.App.Pdf.Fonts;

/// <summary>
/// A font with TrueType outlines (OpenType 1.9.1, 2024-05: head, hhea, hmtx, maxp, loca, glyf, cmap, kern, OS/2). The bytes may come from anywhere on
/// the machine, so every offset is held to the file.
/// </summary>
internal sealed class TrueTypeFont
{
    private const ushort NoEmbedding = 0x0002;
    private const ushort BitmapsOnly = 0x0200;

    private readonly FrozenDictionary<string, ReadOnlyMemory<byte>> tables;
    private readonly ReadOnlyMemory<byte> widths;
    private readonly ReadOnlyMemory<byte> locations;
    private readonly ReadOnlyMemory<byte> outlines;
    private readonly ReadOnlyMemory<byte> pairs;
    private readonly bool hasLongLocations;
    private readonly int widthCount;

    private TrueTypeFont(FrozenDictionary<string, ReadOnlyMemory<byte>> tables)
    {
        this.tables = tables;
        var head = Table("head").Span;
        var hhea = Table("hhea").Span;
        UnitsPerEm = U16(head, 18);
        Box = (S16(head, 36), S16(head, 38), S16(head, 40), S16(head, 42));
        hasLongLocations = S16(head, 50) != 0;
        (Ascent, Descent) = (S16(hhea, 4), S16(hhea, 6));
        widthCount = U16(hhea, 34);
        GlyphCount = U16(Table("maxp").Span, 4);
        (widths, locations, outlines) = (Table("hmtx"), Table("loca"), Table("glyf"));
        Characters = CharacterMap.Read(Table("cmap").Span);
        pairs = tables.TryGetValue("kern", out var kern) ? Pairs(kern) : default;
        var os2 = tables.TryGetValue("OS/2", out var known) ? known.Span : [];
        CapHeight = os2.Length >= 90 && U16(os2, 0) >= 2 ? S16(os2, 88) : Ascent * 7 / 10;
        MayBeEmbedded = os2.Length < 10 || (U16(os2, 8) & 0x000F) != NoEmbedding && (U16(os2, 8) & BitmapsOnly) == 0;
        if (UnitsPerEm is < 16 or > 16_384 || widthCount == 0 || widths.Length < widthCount * 4 || GlyphCount == 0)
        {
            throw new InvalidDataException("The font's measures are not those of a font.");
        }
    }

    public int UnitsPerEm { get; }

    /// <summary>Left, bottom, right, top; in units.</summary>
    public (int Left, int Bottom, int Right, int Top) Box { get; }

    public int Ascent { get; }

    /// <summary>Below zero.</summary>
    public int Descent { get; }

    public int CapHeight { get; }

    public int GlyphCount { get; }

    public CharacterMap Characters { get; }

    /// <summary>Whether the maker lets documents carry it (OS/2, fsType).</summary>
    public bool MayBeEmbedded { get; }

    /// <param name="file">A .ttf file, or a collection of which the first font is read.</param>
    /// <exception cref="InvalidDataException">Not such a font, or one with other outlines.</exception>
    public static TrueTypeFont Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            var start = file.Span.StartsWith("ttcf"u8) ? checked((int)BinaryPrimitives.ReadUInt32BigEndian(file.Span[12..])) : 0;
            var version = BinaryPrimitives.ReadUInt32BigEndian(file.Span[start..]);
            if (version is not (0x00010000 or 0x74727565))
            {
                throw new InvalidDataException("The font has no TrueType outlines.");
            }

            var tables = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
            for (var i = 0; i < U16(file.Span, start + 4); i++)
            {
                var entry = file.Span.Slice(start + 12 + (16 * i), 16);
                var (offset, length) = (BinaryPrimitives.ReadUInt32BigEndian(entry[8..]), BinaryPrimitives.ReadUInt32BigEndian(entry[12..]));
                tables[Encoding.ASCII.GetString(entry[..4])] = file.Slice(checked((int)offset), checked((int)length));
            }

            return new(tables.ToFrozenDictionary(StringComparer.Ordinal));
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The font's tables do not fit into its file.", fault);
        }
    }

    /// <summary>In units.</summary>
    public int Advance(int glyph) => U16(widths.Span, 4 * Math.Min(glyph, widthCount - 1));

    /// <summary>How much closer (below zero) or farther the second glyph stands; in units.</summary>
    public int Kerning(int left, int right)
    {
        var wanted = ((uint)left << 16) | (uint)right;
        var (low, high) = (0, (pairs.Length / 6) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = BinaryPrimitives.ReadUInt32BigEndian(pairs.Span[(6 * middle)..]);
            if (found == wanted)
            {
                return S16(pairs.Span, (6 * middle) + 4);
            }

            (low, high) = found < wanted ? (middle + 1, high) : (low, middle - 1);
        }

        return 0;
    }

    /// <summary>The bytes of a glyph in <c>glyf</c>; empty for one without ink.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        if (glyph < 0 || glyph >= GlyphCount)
        {
            return [];
        }

        var (from, to) = hasLongLocations
            ? ((long)BinaryPrimitives.ReadUInt32BigEndian(locations.Span[(4 * glyph)..]), (long)BinaryPrimitives.ReadUInt32BigEndian(locations.Span[(4 * (glyph + 1))..]))
            : (2L * U16(locations.Span, 2 * glyph), 2L * U16(locations.Span, 2 * (glyph + 1)));
        return from < to && to <= outlines.Length ? outlines.Span[(int)from..(int)to] : [];
    }

    /// <exception cref="InvalidDataException">The font has no such table.</exception>
    public ReadOnlyMemory<byte> Table(string tag) => tables.TryGetValue(tag, out var table) ? table : throw new InvalidDataException($"The font has no table {tag}.");

    // Format 0 of version 0: pairs in order. The length of the part is 16 bits wide and too small for large fonts, so the count is believed.
    private static ReadOnlyMemory<byte> Pairs(ReadOnlyMemory<byte> kern)
    {
        var span = kern.Span;
        if (span.Length < 18 || U16(span, 0) != 0 || U16(span, 2) == 0 || (U16(span, 8) & 0xFF07) != 0x0001)
        {
            return default;
        }

        var bytes = 6 * U16(span, 10);
        return bytes <= span.Length - 18 ? kern.Slice(18, bytes) : default;
    }

    internal static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    internal static short S16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt16BigEndian(bytes[at..]);
}
