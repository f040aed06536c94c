using System.Text;
using System.Xml.Linq;
using SkillBadges.Credentials.Baking;
using SkillBadges.Credentials.Tests.OpenBadges;

namespace SkillBadges.Credentials.Tests.Baking;

public sealed class SvgBakingTests
{
    private const string Jws = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA";
    private const string Plain = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><title>A &amp; B &#233;</title><rect width="8" height="8" fill="url(#g)"/></svg>""";
    private const string Head = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" xmlns:clr="https://purl.imsglobal.org/clr/v2p0">""";
    private const string Mark = $"""<openbadges:credential verify="{Jws}"/>""";

    private static readonly string badge = Encoding.UTF8.GetString(Samples.Welding().ToJson());

    [Theory]
    [InlineData(BakedKind.OpenBadge)]
    [InlineData(BakedKind.LearnerRecord)]
    public void What_is_baked_is_read_back(BakedKind kind)
    {
        foreach (var text in new[] { Jws, badge, """{"name":"焊接 😀 ]]> <b> &amp;","x":"]]]]>>"}""" })
        {
            var baked = SvgBaking.Bake(Encoding.UTF8.GetBytes(Plain), text, kind);

            Assert.Equal(new BakedCredential(kind, text), BakedImage.Read(baked));
            Assert.Equal(ImageKind.Svg, BakedImage.KindOf(baked));
        }
    }

    [Fact]
    public void The_credential_is_the_first_child_and_the_prefix_is_declared_on_the_root()
    {
        var baked = Encoding.UTF8.GetString(SvgBaking.Bake(Encoding.UTF8.GetBytes(Plain), Jws, BakedKind.OpenBadge));

        Assert.StartsWith(
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential verify="{Jws}" />""",
            baked,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_stays_the_same()
    {
        var baked = XDocument.Parse(Encoding.UTF8.GetString(SvgBaking.Bake(Encoding.UTF8.GetBytes(Plain), badge, BakedKind.OpenBadge)));
        var credential = baked.Root!.Elements().First();
        Assert.Equal(badge, credential.Value);
        credential.Remove();
        baked.Root.Attributes().Single(attribute => attribute.IsNamespaceDeclaration && attribute.Name.LocalName == "openbadges").Remove();

        Assert.True(XNode.DeepEquals(XDocument.Parse(Plain), baked));
    }

    [Theory]
    [InlineData($"{Head}{Mark}</svg>")]
    [InlineData($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- made by hand -->\n{Head}\n  {Mark}<g/></svg>\n")]
    [InlineData($"{Head}<openbadges:credential>\n<![CDATA[\n{{\"a\":1}}\n]]>\n</openbadges:credential><g/></svg>")]
    [InlineData($"{Head}<openbadges:credential>{{\"a\":1}}</openbadges:credential></svg>")]
    [InlineData($"{Head}<openbadges:credential>{{&quot;a&quot;:&#x31;}}</openbadges:credential></svg>")]
    [InlineData($"{Head}<openbadges:credential verify=\"\n{Jws} \"> </openbadges:credential></svg>")]
    [InlineData("""<s:svg xmlns:s="http://www.w3.org/2000/svg"><b:credential xmlns:b="https://purl.imsglobal.org/ob/v3p0"><![CDATA[{"a":1}]]></b:credential></s:svg>""")]
    public void Images_that_the_standard_allows_are_read(string svg) =>
        Assert.Contains(BakedImage.Read(Encoding.UTF8.GetBytes(svg)).Text, new[] { Jws, "{\"a\":1}" });

    [Theory]
    [InlineData(Plain, "baked.none")]
    [InlineData($"{Head}<openbadges:assertion verify=\"{Jws}\"/></svg>", "baked.none")]
    [InlineData($"{Head}<credential verify=\"{Jws}\"/></svg>", "baked.none")]
    [InlineData($"{Head}<openbadges:Credential verify=\"{Jws}\"/></svg>", "baked.none")]
    [InlineData($"{Head}<!--{Mark}--></svg>", "baked.none")]
    [InlineData($"{Head}<x:credential xmlns:x=\"https://purl.imsglobal.org/ob/v3p0/\" verify=\"{Jws}\"/></svg>", "baked.none")]
    [InlineData($"{Head}{Mark}{Mark}</svg>", "baked.several")]
    [InlineData($"{Head}{Mark}<clr:credential verify=\"{Jws}\"/></svg>", "baked.several")]
    [InlineData($"{Head}{Mark}<g><g>{Mark}</g></g></svg>", "baked.several")]
    [InlineData($"{Head}{Mark}<o:assertion xmlns:o=\"http://openbadges.org\" verify=\"https://x.example/1\"/></svg>", "baked.several")]
    [InlineData($"{Head}<o:assertion xmlns:o=\"http://openbadges.org\" verify=\"http://169.254.169.254/\"/></svg>", "baked.legacy")]
    [InlineData($"{Head}<g/>{Mark}</svg>", "baked.misplaced")]
    [InlineData($"{Head}<g>{Mark}</g></svg>", "baked.misplaced")]
    [InlineData($"{Head}<defs/><openbadges:credential><![CDATA[{{}}]]></openbadges:credential></svg>", "baked.misplaced")]
    [InlineData($"{Head}<openbadges:credential verify=\"{Jws}\"><![CDATA[{{}}]]></openbadges:credential></svg>", "baked.ambiguous")]
    [InlineData($"{Head}<openbadges:credential>{{}}<g/></openbadges:credential></svg>", "baked.ambiguous")]
    [InlineData($"{Head}<openbadges:credential>{{<!-- -->}}</openbadges:credential></svg>", "baked.ambiguous")]
    [InlineData($"{Head}<openbadges:credential>{Mark}</openbadges:credential></svg>", "baked.ambiguous")]
    [InlineData($"{Head}<openbadges:credential><?x y?></openbadges:credential></svg>", "baked.ambiguous")]
    [InlineData($"{Head}<openbadges:credential/></svg>", "baked.text")]
    [InlineData($"{Head}<openbadges:credential verify=\"\"/></svg>", "baked.text")]
    [InlineData($"{Head}<openbadges:credential verify=\"https://x.example/1\"/></svg>", "baked.text")]
    [InlineData($"{Head}<openbadges:credential>https://x.example/1</openbadges:credential></svg>", "baked.text")]
    [InlineData($"{Head}<openbadges:credential><![CDATA[[1]]]></openbadges:credential></svg>", "baked.text")]
    [InlineData($"<!DOCTYPE svg>{Head}{Mark}</svg>", "svg.dtd")]
    [InlineData($"<!DOCTYPE svg [<!ENTITY a \"{Jws}\">]>{Head}<openbadges:credential verify=\"&a;\"/></svg>", "svg.dtd")]
    [InlineData($"<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{Head}<openbadges:credential>&a;</openbadges:credential></svg>", "svg.dtd")]
    [InlineData($"<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>{Head}&c;</svg>", "svg.dtd")]
    [InlineData($"<!DOCTYPE svg SYSTEM \"http://169.254.169.254/a.dtd\">{Head}{Mark}</svg>", "svg.dtd")]
    [InlineData($"<!DOCTYPE svg [<!ENTITY % p SYSTEM \"http://127.0.0.1/\">%p;]>{Head}{Mark}</svg>", "svg.dtd")]
    [InlineData($"{Head}<openbadges:credential verify=\"&undefined;\"/></svg>", "svg.malformed")]
    [InlineData($"{Head}{Mark}", "svg.malformed")]
    [InlineData($"{Head}{Mark}</svg><g/>", "svg.malformed")]
    [InlineData($"{Head}{Mark}</svg>{Head}{Mark}</svg>", "svg.malformed")]
    [InlineData($"{Head}{Mark}</svg>text", "svg.malformed")]
    [InlineData($"{Head}<openbadges:credential verify=\"{Jws}\" verify=\"{Jws}\"/></svg>", "svg.malformed")]
    [InlineData($"{Head}<x:g/></svg>", "svg.malformed")]
    [InlineData($"{Head}<g a=b/></svg>", "svg.malformed")]
    [InlineData($"{Head}&#0;</svg>", "svg.malformed")]
    [InlineData($"{Head}&#xFFFF;</svg>", "svg.malformed")]
    [InlineData($"{Head}<![CDATA[</svg>", "svg.malformed")]
    [InlineData($"{Head}<!-- -- --></svg>", "svg.malformed")]
    [InlineData($"{Head}\u0001</svg>", "svg.malformed")]
    [InlineData($"{Head}</SVG>", "svg.malformed")]
    [InlineData($" <?xml version=\"1.0\"?>{Head}{Mark}</svg>", "svg.malformed")]
    [InlineData("<?xml version=\"1.0\"?>", "svg.malformed")]
    [InlineData("<", "svg.malformed")]
    [InlineData($"<?xml version=\"1.0\" encoding=\"UTF-16\"?>{Head}{Mark}</svg>", "svg.encoding")]
    [InlineData($"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{Head}{Mark}</svg>", "svg.encoding")]
    [InlineData($"<?xml version=\"1.0\" encoding=\"UTF-7\"?>{Head}{Mark}</svg>", "svg.encoding")]
    [InlineData("<html><body/></html>", "svg.root")]
    [InlineData($"<svg>{Mark}</svg>", "svg.root")]
    [InlineData($"<g xmlns=\"http://www.w3.org/2000/svg\">{Head}{Mark}</svg></g>", "svg.root")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg/\"/>", "svg.root")]
    [InlineData("{\"a\":1}", "image.unknown")]
    [InlineData("", "image.unknown")]
    [InlineData("GIF89a", "image.unknown")]
    public void Everything_else_is_refused_by_name(string svg, string code) =>
        Assert.Equal(code, Assert.Throws<MalformedException>(() => BakedImage.Read(Encoding.UTF8.GetBytes(svg))).Code);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        byte[] invalid = [.. Encoding.UTF8.GetBytes(Head), 0xC0, 0x80, .. "</svg>"u8];
        var wide = Encoding.Unicode.GetBytes($"{Head}{Mark}</svg>");

        Assert.Equal("svg.encoding", Assert.Throws<MalformedException>(() => BakedImage.Read(invalid)).Code);
        Assert.Throws<MalformedException>(() => BakedImage.Read(wide));
        Assert.Throws<MalformedException>(() => BakedImage.Read((byte[])[.. Encoding.Unicode.Preamble, .. wide]));
    }

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        var deep = Head + string.Concat(Enumerable.Repeat("<g>", 200_000));
        var large = new byte[4 * 1024 * 1024];
        large.AsSpan().Fill((byte)'<');

        Assert.Equal("svg.too-deep", Assert.Throws<MalformedException>(() => BakedImage.Read(Encoding.UTF8.GetBytes(deep))).Code);
        Assert.Equal("image.too-large", Assert.Throws<MalformedException>(() => BakedImage.Read(large)).Code);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<SCRIPT/>")]
    [InlineData("<g onload=\"alert(1)\"/>")]
    [InlineData("<g OnClick=\"alert(1)\"/>")]
    [InlineData("<a href=\"javascript:alert(1)\"/>")]
    [InlineData("<use href=\"https://evil.example/a.svg#x\"/>")]
    [InlineData("<image xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"https://evil.example/pixel.png\"/>")]
    [InlineData("<image href=\"data:image/svg+xml;base64,AAAA\"/>")]
    [InlineData("<image href=\"//evil.example/a.png\"/>")]
    [InlineData("<image href=\" https://evil.example/a.png\"/>")]
    [InlineData("<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>")]
    [InlineData("<iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"/\"/>")]
    [InlineData("<rect fill=\"url(https://evil.example/#a)\"/>")]
    [InlineData("<rect style=\"fill: URL( 'https://evil.example/#a')\"/>")]
    [InlineData("<style>@import 'https://evil.example/a.css';</style>")]
    [InlineData("<style>rect { background: u\\72l(https://evil.example/) }</style>")]
    [InlineData("<style>rect { background: image-set('https://evil.example/a.png' 1x) }</style>")]
    [InlineData("<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>")]
    [InlineData("<set attributeName=\"onload\" to=\"alert(1)\"/>")]
    [InlineData("<g xml:base=\"https://evil.example/\"/>")]
    [InlineData("<?xml-stylesheet href=\"https://evil.example/a.css\"?>")]
    public void An_image_that_runs_or_fetches_something_is_not_baked(string inside)
    {
        var svg = Encoding.UTF8.GetBytes($"{Head}{inside}</svg>");

        Assert.Equal("svg.active", Assert.Throws<MalformedException>(() => SvgBaking.Bake(svg, Jws, BakedKind.OpenBadge)).Code);
    }

    [Theory]
    [InlineData($"{Head}{Mark}</svg>", "baked.several")]
    [InlineData($"{Head}<g>{Mark}</g></svg>", "baked.several")]
    [InlineData($"{Head}<o:assertion xmlns:o=\"http://openbadges.org\"/></svg>", "baked.several")]
    [InlineData($"<!DOCTYPE svg>{Head}</svg>", "svg.dtd")]
    [InlineData($"{Head}<g>", "svg.malformed")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"urn:other\"/>", "svg.malformed")]
    public void An_image_that_cannot_take_a_credential_is_refused(string svg, string code) =>
        Assert.Equal(code, Assert.Throws<MalformedException>(() => SvgBaking.Bake(Encoding.UTF8.GetBytes(svg), Jws, BakedKind.OpenBadge)).Code);

    [Theory]
    [InlineData("{\"a\":\"\u0001\"}")]
    [InlineData("{\"a\":\"\uFFFE\"}")]
    [InlineData("not a credential")]
    public void What_XML_cannot_hold_is_not_baked(string credential) =>
        Assert.Equal("baked.text", Assert.Throws<MalformedException>(() => SvgBaking.Bake(Encoding.UTF8.GetBytes(Plain), credential, BakedKind.OpenBadge)).Code);
}
