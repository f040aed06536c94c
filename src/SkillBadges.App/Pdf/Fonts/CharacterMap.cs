using System.Buffers.Binary;

namespace SkillBadges.App.Pdf.Fonts;

/// <summary>Which glyph a character has (OpenType 1.9.1, cmap formats 4 and 12).</summary>
internal sealed class CharacterMap
{
    private const int MaxStretches = 100_000;

    private readonly Stretch[] stretches;

    private CharacterMap(Stretch[] stretches) => this.stretches = stretches;

    private readonly record struct Stretch(uint From, uint To, uint Glyph, byte[]? Glyphs);

    /// <exception cref="InvalidDataException">No map for Unicode, or one that does not fit.</exception>
    public static CharacterMap Read(ReadOnlySpan<byte> cmap)
    {
        var best = (Rank: 0, Offset: 0u);
        for (var i = 0; i < TrueTypeFont.U16(cmap, 2); i++)
        {
            var entry = cmap.Slice(4 + (8 * i), 8);
            var offset = BinaryPrimitives.ReadUInt32BigEndian(entry[4..]);
            var rank = (TrueTypeFont.U16(entry, 0), TrueTypeFont.U16(entry, 2), TrueTypeFont.U16(cmap, checked((int)offset))) switch
            {
                (3, 10, 12) => 4,
                (0, >= 4, 12) => 3,
                (3, 1, 4) => 2,
                (0, _, 4) => 1,
                _ => 0,
            };
            best = rank > best.Rank ? (rank, offset) : best;
        }

        var map = cmap[checked((int)best.Offset)..];
        return best.Rank switch
        {
            0 => throw new InvalidDataException("The font has no map for Unicode."),
            >= 3 => new(Wide(map)),
            _ => new(Narrow(map)),
        };
    }

    /// <summary>0 where the font has none.</summary>
    public int Glyph(int character)
    {
        var (low, high) = (0, stretches.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var stretch = stretches[middle];
            if ((uint)character < stretch.From)
            {
                high = middle - 1;
            }
            else if ((uint)character > stretch.To)
            {
                low = middle + 1;
            }
            else if (stretch.Glyphs is not { } glyphs)
            {
                return (int)((uint)character - stretch.From + stretch.Glyph);
            }
            else
            {
                var listed = TrueTypeFont.U16(glyphs, 2 * (int)((uint)character - stretch.From));
                return listed == 0 ? 0 : (ushort)(listed + stretch.Glyph);
            }
        }

        return 0;
    }

    private static Stretch[] Wide(ReadOnlySpan<byte> map)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(map[12..]);
        if (count > MaxStretches)
        {
            throw new InvalidDataException("The font's map has too many parts.");
        }

        var stretches = new Stretch[count];
        for (var i = 0; i < count; i++)
        {
            var group = map.Slice(16 + (12 * i), 12);
            stretches[i] = new(BinaryPrimitives.ReadUInt32BigEndian(group), BinaryPrimitives.ReadUInt32BigEndian(group[4..]), BinaryPrimitives.ReadUInt32BigEndian(group[8..]), null);
        }

        return stretches;
    }

    // Format 4 has its values in columns; a glyph is a difference modulo 65536, or listed behind the columns.
    private static Stretch[] Narrow(ReadOnlySpan<byte> map)
    {
        var count = TrueTypeFont.U16(map, 6) / 2;
        var (ends, starts, deltas, ranges) = (14, 16 + (2 * count), 16 + (4 * count), 16 + (6 * count));
        var stretches = new List<Stretch>(count);
        for (var i = 0; i < count; i++)
        {
            var (from, to) = (TrueTypeFont.U16(map, starts + (2 * i)), TrueTypeFont.U16(map, ends + (2 * i)));
            var delta = TrueTypeFont.U16(map, deltas + (2 * i));
            var range = TrueTypeFont.U16(map, ranges + (2 * i));
            if (from > to || from == 0xFFFF)
            {
                continue;
            }

            if (range == 0)
            {
                stretches.AddRange(Modulo(from, to, delta));
                continue;
            }

            var at = ranges + (2 * i) + range;
            stretches.Add(new(from, to, delta, map.Slice(at, 2 * (to - from + 1)).ToArray()));
        }

        return [.. stretches];
    }

    // A stretch whose glyphs pass 65535 goes on from 0.
    private static IEnumerable<Stretch> Modulo(ushort from, ushort to, ushort delta)
    {
        var first = (ushort)(from + delta);
        var untilEnd = 0x10000 - first;
        if (to - from < untilEnd)
        {
            yield return new(from, to, first, null);
            yield break;
        }

        yield return new(from, (uint)(from + untilEnd - 1), first, null);
        yield return new((uint)(from + untilEnd), to, 0, null);
    }
}
