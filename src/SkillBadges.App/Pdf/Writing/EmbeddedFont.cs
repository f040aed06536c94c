using System.Text;
using SkillBadges.App.Pdf.Fonts;

namespace SkillBadges.App.Pdf.Writing;

/// <summary>A subset as a composite font (ISO 32000-1:2008, 9.7): glyph numbers in the page, the text behind them in a ToUnicode map.</summary>
internal static class EmbeddedFont
{
    private const int PerBlock = 100;

    /// <summary>The object id of the font.</summary>
    public static int Add(PdfObjects objects, FontSubset subset)
    {
        var font = subset.Face.Font;
        var file = subset.Write();
        var name = $"{Tag(file)}+{subset.Face.Name}";
        var program = objects.AddStream($"/Length1 {PdfSyntax.Number(file.Length)}", file);
        var (left, bottom, right, top) = font.Box;
        var box = string.Join(' ', new[] { left, bottom, right, top }.Select(units => PdfSyntax.Number(subset.Thousandths(units))));
        var descriptor = objects.Add(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 /Ascent {PdfSyntax.Number(subset.Thousandths(font.Ascent))} /Descent {PdfSyntax.Number(subset.Thousandths(font.Descent))} /CapHeight {PdfSyntax.Number(subset.Thousandths(font.CapHeight))} /StemV 80 /FontFile2 {PdfSyntax.Reference(program)} >>");
        var widths = string.Join(' ', subset.Widths.Select(PdfSyntax.Number));
        var descendant = objects.Add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {PdfSyntax.Reference(descriptor)} /DW 1000 /W [0 [{widths}]] /CIDToGIDMap /Identity >>");
        var map = objects.AddStream("", Encoding.ASCII.GetBytes(ToUnicode(subset.Texts)));
        return objects.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{PdfSyntax.Reference(descendant)}] /ToUnicode {PdfSyntax.Reference(map)} >>");
    }

    // 9.6.4: six capital letters that tell subsets of one font apart; of the content, so that the same subset has the same name.
    private static string Tag(byte[] file) => new([.. System.Security.Cryptography.SHA256.HashData(file).Take(6).Select(b => (char)('A' + (b % 26)))]);

    // 9.10.3.
    private static string ToUnicode(IReadOnlyDictionary<int, string> texts)
    {
        var map = new StringBuilder("""
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """.ReplaceLineEndings("\n"));
        foreach (var block in texts.Chunk(PerBlock))
        {
            map.Append(PdfSyntax.Number(block.Length)).Append(" beginbfchar\n");
            foreach (var (number, text) in block)
            {
                map.Append('<').Append(Convert.ToHexString([(byte)(number >> 8), (byte)number])).Append("> <").Append(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))).Append(">\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
