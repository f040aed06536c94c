using System.Text;
using SkillBadges.Credentials.JsonLd;

namespace SkillBadges.Credentials.Tests.JsonLd;

/// <summary>The examples of RFC 3986 (January 2005) 5.4, where System.Uri goes its own way in several.</summary>
public sealed class IriReferenceTests
{
    [Theory]
    [InlineData("g:h", "g:h")]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q#s")]
    [InlineData("g#s", "http://a/b/c/g#s")]
    [InlineData("g?y#s", "http://a/b/c/g?y#s")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("g;x?y#s", "http://a/b/c/g;x?y#s")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("./", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../g", "http://a/g")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("/../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("./../g", "http://a/b/g")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g/./h", "http://a/b/c/g/h")]
    [InlineData("g/../h", "http://a/b/c/h")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData("g#s/../x", "http://a/b/c/g#s/../x")]
    [InlineData("http:g", "http:g")]
    public void References_resolve_as_the_RFC_says(string reference, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(IriReference.Resolve("http://a/b/c/d;p?q"u8, Encoding.UTF8.GetBytes(reference))));

    [Theory]
    [InlineData("https://north.example/a#b", true)]
    [InlineData("urn:uuid:0a4c", true)]
    [InlineData("did:key:z6Mk#z6Mk", true)]
    [InlineData("xsd:dateTime", true)]
    [InlineData("https://north.example/ünïcode", true)]
    [InlineData("north.example/a", false)]
    [InlineData(":a", false)]
    [InlineData("1a:b", false)]
    [InlineData("https://north.example/a b", false)]
    [InlineData("https://north.example/<a>", false)]
    [InlineData("https://north.example/a#b#c", false)]
    [InlineData("https://north.example/a#b{c}", false)]
    [InlineData("", false)]
    public void Only_absolute_IRIs_without_forbidden_characters_are_well_formed(string iri, bool expected) =>
        Assert.Equal(expected, IriReference.IsWellFormed(Encoding.UTF8.GetBytes(iri)));
}
