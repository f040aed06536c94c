using System.Text;
using System.Text.RegularExpressions;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Pictures;
using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;
using SkillBadges.App.Tests.House;

namespace SkillBadges.App.Tests.Pdf;

/// <summary>Documents as other programs read them.</summary>
public sealed partial class DocumentTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [PdfFact]
    public void Names_in_four_scripts_can_be_copied_from_the_page()
    {
        string[] names = ["Zoë Müller-Ångström", "Nguyễn Thị Ánh", "Κωνσταντίνος Ωραίος", "Світлана Ющенко", "山田 太郎", "김민수", "李小龙"];
        var document = Document(names);

        PdfTools.Check(document);
        var text = PdfTools.Text(document);
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
        var tags = PdfTools.Tags(document);

        // pdfinfo of poppler 22.12 prints no Hangul of a tagged document, whose text pdftotext gives.
        Assert.All(names.Where(name => name != "김민수"), name => Assert.True(tags.Contains(name, StringComparison.Ordinal), $"{name} is not in {tags}"));
    }

    [PdfFact]
    public void Names_that_cannot_be_set_rightly_are_still_in_the_text()
    {
        string[] names = ["देवनागरी", "محمد", "Zo\u0065\u0308", "\U0001F600 Joy"];
        var document = Document(names);

        PdfTools.Check(document);
        var objects = PdfTools.Objects(document).ToUpperInvariant();
        Assert.All(names, name => Assert.Contains($"/ACTUALTEXT <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(name))}>", objects, StringComparison.Ordinal));
        Assert.Contains("देवनागरी", PdfTools.Text(document), StringComparison.Ordinal);
        Assert.All(names, name => Assert.False(PdfTools.Typesetter.Set(name, Look.Body).IsExact));
        Assert.True(PdfTools.Typesetter.Set("Κωνσταντίνος 山田", Look.Body).IsExact);
    }

    [PdfFact]
    public void Hostile_text_is_text()
    {
        string[] hostile =
        [
            ") Tj ET Q /JS (app.alert(1)) q BT (", "<</S /JavaScript /JS (x)>>", "endstream endobj 1 0 obj <</Type /Catalog>>", "%%EOF", "\\051\\", "]>> EMC BT",
            "a\u0000b\u0007c\u202Edesrever\u2066x\u200Fy\ufeff", "\ud800 alone", new('W', 4_000), "</x:xmpmeta><script>alert(1)</script>", "]]>&amp;\u0001", "\ufffe\uffff",
        ];
        foreach (var text in hostile)
        {
            var document = Document([text], title: text);
            PdfTools.Check(document);
            Assert.DoesNotContain("/JS", Encoding.Latin1.GetString(document), StringComparison.Ordinal);
            var objects = Metadata().Replace(PdfTools.Objects(document), "");
            Assert.DoesNotContain("/JS", objects, StringComparison.Ordinal);
            Assert.DoesNotContain("/JavaScript", objects, StringComparison.Ordinal);
            Assert.Single(PageObject().Matches(objects));
        }

        Assert.Contains("a b c", PdfTools.Text(Document([hostile[6]])), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_and_other_content_another_id()
    {
        var once = Document(["The same"]);

        Assert.Equal(once, Document(["The same"]));
        Assert.NotEqual(Identity(once), Identity(Document(["Not the same"])));
        Assert.NotEqual(Identity(once), Identity(Document(["The same"], at: At.AddSeconds(1))));
    }

    [PdfFact]
    public void A_document_is_tagged_says_its_language_and_shows_its_title()
    {
        var objects = PdfTools.Objects(Document(["Text"], title: "A title"));

        foreach (var part in (string[])["/Marked true", "/StructTreeRoot", "/DisplayDocTitle true", "/Lang", "/Tabs /S"])
        {
            Assert.Contains(part, objects, StringComparison.Ordinal);
        }
    }

    [PdfFact]
    public void Every_picture_that_the_catalogue_ships_can_be_drawn()
    {
        var document = new PdfDocument("Pictures", At, "en-US");
        var page = document.AddPage(612, 792);
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "badge-definitions"), "*.png", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            page.Draw(document.Root.Add("Figure", "A picture"), PngPicture.Read(File.ReadAllBytes(file))!, new(10, 10, 50, 50));
        }

        Assert.NotEmpty(files);
        PdfTools.Check(document.Save());
    }

    [Fact]
    public void What_is_no_picture_is_none()
    {
        var png = File.ReadAllBytes(Path.Combine(Repository.Root, "badge-definitions", "welding", "smaw-fillet.png"));
        var interlaced = (byte[])png.Clone();
        interlaced[28] = 1;

        Assert.NotNull(PngPicture.Read(png));
        Assert.All(new[] { [], "<svg/>"u8.ToArray(), png[..40], png[..2_000], interlaced }, bytes => Assert.Null(PngPicture.Read(bytes)));
    }

    [Fact]
    public void Lines_break_at_words_and_in_East_Asian_text_anywhere()
    {
        var style = Look.Body;
        var lines = PdfTools.Typesetter.Wrap("The quick brown fox jumps over the lazy dog " + new string('x', 200) + " 漢字かな交じり文、とても長い文", style, 120);

        Assert.All(lines, line => Assert.True(line.Width <= 120));
        Assert.Equal("The quick brown fox jumps", lines[0].Text);
        Assert.DoesNotContain(lines, line => line.Text.StartsWith('、'));
    }

    private static byte[] Document(string[] lines, string title = "Test", DateTimeOffset? at = null)
    {
        var document = new PdfDocument(PrintableText.Of(title), at ?? At, "en-US");
        var column = new Column(document.AddPage(612, 792), PdfTools.Typesetter, 40, 40, 500);
        foreach (var line in lines)
        {
            column.Write(document.Root.Add("P"), line, Look.Body);
        }

        return document.Save();
    }

    private static string Identity(byte[] document) => IdentityForm().Match(Encoding.Latin1.GetString(document)).Value;

    [GeneratedRegex(@"/ID \[<[0-9A-F]{32}>")]
    private static partial Regex IdentityForm();

    [GeneratedRegex(@"<\?xpacket begin.*?<\?xpacket end", RegexOptions.Singleline)]
    private static partial Regex Metadata();

    [GeneratedRegex(@"/Type /Page\b")]
    private static partial Regex PageObject();
}
