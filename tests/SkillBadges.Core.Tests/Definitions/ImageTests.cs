using System.Text;
using SkillBadges.Core.Definitions.Files;

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
            Assert.NotNull(PngImage.Objection(png.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Bytes_behind_the_end_are_refused() => Assert.Contains("after the end", PngImage.Objection([.. png, 0]), StringComparison.Ordinal);

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
        Assert.Contains("strip", PngImage.Objection([.. png[..33], .. chunk, .. png[33..]]), StringComparison.Ordinal);
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
