using System.Text;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Baking;

namespace SkillBadges.Core.Tests.Definitions;

public sealed class ImageTests
{
    private const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><title>x</title><path d="M0 0h9v9z" fill="url(#a)"/></svg>""";

    private static readonly byte[] png = Catalogue.Bytes("welding/smaw-fillet.png");

    [Fact]
    public void A_picture_of_the_catalogue_passes() => Assert.Null(PngImage.Objection(png));

    [Fact]
    public void A_picture_cut_off_anywhere_is_refused()
    {
        for (var length = 0; length < png.Length; length++)
        {
            Assert.NotNull(PngImage.Objection(png.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Bytes_behind_the_end_are_refused() => Assert.Contains("after the end", PngImage.Objection((byte[])[.. png, 0]), StringComparison.Ordinal);

    [Theory]
    [InlineData("tEXt")]
    [InlineData("iTXt")]
    [InlineData("eXIf")]
    [InlineData("tIME")]
    [InlineData("acTL")]
    [InlineData("zzZz")]
    public void Chunks_that_show_nothing_are_refused(string type)
    {
        byte[] chunk = [0, 0, 0, 2, .. Encoding.ASCII.GetBytes(type), 1, 2, 0, 0, 0, 0];
        Assert.Contains("strip", PngImage.Objection((byte[])[.. png[..33], .. chunk, .. png[33..]]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, "512 by 512")]
    [InlineData(20, "512 by 512")]
    [InlineData(8, "cut off")]
    [InlineData(1, "not a PNG")]
    public void A_changed_header_is_refused(int at, string says)
    {
        var changed = png.ToArray();
        changed[at] ^= 0x40;
        Assert.Contains(says, PngImage.Objection(changed), StringComparison.Ordinal);
    }

    [Fact]
    public void Large_pictures_are_refused()
    {
        Assert.Contains("at most", PngImage.Objection(new byte[PngImage.MaxBytes + 1]), StringComparison.Ordinal);
        Assert.Contains("at most", SvgImage.Objection(new byte[SvgImage.MaxBytes + 1]), StringComparison.Ordinal);
    }

    /// <summary>What import lets in and baking refuses would be a badge whose credentials have no picture.</summary>
    [Theory]
    [InlineData("<title>x", "<title>a \\ b")]
    [InlineData("<title>x", "<title>image(1)")]
    [InlineData("<path", "<!-- \u0001 --><path")]
    [InlineData("<title>x</title>", "<title>x</title><desc><openbadges:credential xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0'/></desc>")]
    public void A_drawing_that_no_credential_can_be_baked_into_is_refused(string sound, string changed)
    {
        var drawing = Encoding.UTF8.GetBytes(Svg.Replace(sound, changed, StringComparison.Ordinal));

        Assert.NotNull(SvgImage.Objection(drawing));
        Assert.Throws<MalformedException>(() => SvgBaking.Bake(drawing, "{}", BakedKind.OpenBadge));
    }

    [Fact]
    public void A_drawing_is_utf_8_and_not_too_deep()
    {
        var deep = string.Concat(Enumerable.Repeat("<g>", 200)) + string.Concat(Enumerable.Repeat("</g>", 200));

        Assert.NotNull(SvgImage.Objection(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Svg)).ToArray()));
        Assert.Contains("too deep", SvgImage.Objection(Encoding.UTF8.GetBytes(Svg.Replace("<path", deep + "<path", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_no_credential_can_be_baked_into_is_refused()
    {
        var changed = png.ToArray();
        changed[^20] ^= 1;

        Assert.Contains("checksum", PngImage.Objection(changed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<title>", "<script>alert(1)</script><title>")]
    [InlineData("<title>", "<foreignObject/><title>")]
    [InlineData("<title>", "<image href='https://tracker.example/x.png'/><title>")]
    [InlineData("<title>", "<a><title>")]
    [InlineData("<title>", "<style>@import 'x';</style><title>")]
    [InlineData("<title>", "<use href='#x'/><title>")]
    [InlineData("<title>", "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>x</h:script><title>")]
    [InlineData("d=", "onload='alert(1)' d=")]
    [InlineData("d=", "style='background:url(x)' d=")]
    [InlineData("d=", "xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='x' d=")]
    [InlineData("url(#a)", "url(https://tracker.example/x)")]
    [InlineData("url(#a)", "URL (x) url(y)")]
    [InlineData("<svg", "<?xml-stylesheet href='x.css'?><svg")]
    [InlineData("<svg", "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg")]
    [InlineData("</svg>", "")]
    [InlineData("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml")]
    public void A_drawing_that_could_run_or_load_something_is_refused(string sound, string hostile)
    {
        Assert.Null(SvgImage.Objection(Encoding.UTF8.GetBytes(Svg)));
        Assert.NotNull(SvgImage.Objection(Encoding.UTF8.GetBytes(Svg.Replace(sound, hostile, StringComparison.Ordinal))));
    }
}
