using System.Buffers.Binary;

namespace SkillBadges.App.Pdf.Fonts;

/// <summary>The glyphs of one font that one document uses, numbered in the order in which they were first needed.</summary>
internal sealed class FontSubset(FontFace face)
{
    private const int MaxGlyphs = 60_000;
    private const ushort WordArguments = 0x0001;
    private const ushort Scale = 0x0008;
    private const ushort More = 0x0020;
    private const ushort TwoScales = 0x0040;
    private const ushort TwoByTwo = 0x0080;
    private const ushort Instructions = 0x0100;

    private readonly Dictionary<int, int> numbers = new() { [0] = 0 };
    private readonly List<int> glyphs = [0];
    private readonly SortedDictionary<int, string> texts = [];

    public FontFace Face => face;

    /// <summary>What each number stands for when text is copied or read aloud.</summary>
    public IReadOnlyDictionary<int, string> Texts => texts;

    /// <summary>Widths in thousandths of the size, by number.</summary>
    public IReadOnlyList<int> Widths => [.. glyphs.Select(glyph => Thousandths(face.Font.Advance(glyph)))];

    public int Thousandths(int units) => (int)Math.Round(units * 1000.0 / face.Font.UnitsPerEm, MidpointRounding.AwayFromZero);

    /// <summary>The number of a glyph in the document; the first text that it stood for is kept.</summary>
    public int Number(int glyph, string text)
    {
        var number = Number(glyph);
        if (number > 0 && text.Length > 0)
        {
            texts.TryAdd(number, text);
        }

        return number;
    }

    /// <summary>A font file with these glyphs alone: no map, no names, no programs.</summary>
    public byte[] Write()
    {
        var outlines = new MemoryStream();
        var locations = new List<int> { 0 };

        // Parts of composite glyphs join the list while it is walked.
        for (var i = 0; i < glyphs.Count; i++)
        {
            outlines.Write(Renumbered(face.Font.Outline(glyphs[i])));
            while (outlines.Length % 4 != 0)
            {
                outlines.WriteByte(0);
            }

            locations.Add((int)outlines.Length);
        }

        return SubsetFile.Write(face.Font, glyphs, outlines.ToArray(), locations);
    }

    private int Number(int glyph)
    {
        if (numbers.TryGetValue(glyph, out var number))
        {
            return number;
        }

        if (glyphs.Count == MaxGlyphs)
        {
            return 0;
        }

        number = glyphs.Count;
        glyphs.Add(glyph);
        return numbers[glyph] = number;
    }

    // The hints of a glyph ask for programs that are left out, so they are left out, too.
    private byte[] Renumbered(ReadOnlySpan<byte> outline)
    {
        try
        {
            return outline.Length < 10 ? [] : TrueTypeFont.S16(outline, 0) >= 0 ? Simple(outline) : Composite(outline);
        }
        catch (ArgumentOutOfRangeException)
        {
            // A damaged glyph of a font of the machine is drawn as nothing; the text behind it stays.
            return [];
        }
    }

    private static byte[] Simple(ReadOnlySpan<byte> outline)
    {
        var hints = 10 + (2 * TrueTypeFont.S16(outline, 0));
        var length = TrueTypeFont.U16(outline, hints);
        return [.. outline[..hints], 0, 0, .. outline[(hints + 2 + length)..]];
    }

    private byte[] Composite(ReadOnlySpan<byte> outline)
    {
        var copy = outline.ToArray();
        var at = 10;
        ushort flags;
        do
        {
            flags = TrueTypeFont.U16(copy, at);
            BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(at), (ushort)(flags & ~Instructions));
            BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(at + 2), (ushort)Number(TrueTypeFont.U16(copy, at + 2)));
            at += 4 + ((flags & WordArguments) != 0 ? 4 : 2)
                + ((flags & Scale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & TwoByTwo) != 0 ? 8 : 0);
        }
        while ((flags & More) != 0);

        return copy[..at];
    }
}
