using System.Buffers;
using System.Text;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.Rdf;

public sealed class NQuadsTests
{
    [Theory]
    [InlineData("<http://a/s> <http://a/p> <http://a/o> .", "<http://a/s> <http://a/p> <http://a/o> .\n")]
    [InlineData("  <http://a/s>\t<http://a/p>\"x\"<http://a/g>. # why not\r\n\r\n# end", "<http://a/s> <http://a/p> \"x\" <http://a/g> .\n")]
    [InlineData("_:a.b <http://a/p> _:c.", "_:a.b <http://a/p> _:c .\n")]
    [InlineData("<http://a/s> <http://a/p> \"x\"^^<http://www.w3.org/2001/XMLSchema#string> .", "<http://a/s> <http://a/p> \"x\" .\n")]
    [InlineData("<http://a/s> <http://a/p> \"x\"@en-GB .", "<http://a/s> <http://a/p> \"x\"@en-GB .\n")]
    [InlineData("<http://a/s> <http://a/p> \"\\u00e9\\U0001F600\\t\\'\" .", "<http://a/s> <http://a/p> \"é😀\\t'\" .\n")]
    [InlineData("<http://a/\\u00e9> <http://a/p> \"\\u0000\\u007f\\u000b\\\"\\\\\" .", "<http://a/é> <http://a/p> \"\\u0000\\u007F\\u000B\\\"\\\\\" .\n")]
    [InlineData("<http://a/s> <http://a/p> \"\\uFFFE \\uFFFF \\uFFFD ｆ\" .", "<http://a/s> <http://a/p> \"\\uFFFE \\uFFFF � ｆ\" .\n")]
    [InlineData("<http://a/s> <http://a/p> \"1\"^^<http://a/t> .\n<http://a/s> <http://a/p> \"1\"^^<http://a/t> .", "<http://a/s> <http://a/p> \"1\"^^<http://a/t> .\n")]
    public void Reading_and_writing_gives_the_canonical_form(string document, string expected)
    {
        var set = new QuadSet();
        NQuads.Read(Encoding.UTF8.GetBytes(document), set);
        var output = new ArrayBufferWriter<byte>();
        NQuads.Write(set, output);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("<s> <http://a/p> <http://a/o> .")]
    [InlineData("<http://a/s> <http://a/p> <http://a/o>")]
    [InlineData("<http://a/s> _:p <http://a/o> .")]
    [InlineData("\"s\" <http://a/p> <http://a/o> .")]
    [InlineData("<http://a/s> <http://a/p> \"o .")]
    [InlineData("<http://a/s> <http://a/p> \"o\"@1a .")]
    [InlineData("<http://a/s> <http://a/p> \"o\"@en- .")]
    [InlineData("<http://a/s> <http://a/p> \"o\"^^\"x\" .")]
    [InlineData("<http://a/s> <http://a/p> \"\\ud800\" .")]
    [InlineData("<http://a/s> <http://a/p> \"\\U00110000\" .")]
    [InlineData("<http://a/s> <http://a/p> \"\\x\" .")]
    [InlineData("<http://a/ s> <http://a/p> \"x\" .")]
    [InlineData("<http://a/s> <http://a/p> \"x\" . <http://a/s> <http://a/p> \"y\" .")]
    [InlineData("<http://a/s> <http://a/p> \"x\" \"g\" .")]
    [InlineData("_: <http://a/p> \"x\" .")]
    [InlineData("<http://a/s")]
    [InlineData("<http://a/s> <http://a/p> \"\\u12")]
    public void What_is_not_N_Quads_is_an_error(string document)
    {
        var thrown = Assert.Throws<RdfException>(() => NQuads.Read(Encoding.UTF8.GetBytes(document), new QuadSet()));
        Assert.Equal(RdfException.Syntax, thrown.Code);
    }

    [Fact]
    public void Equal_terms_share_a_number_and_a_cleared_set_is_empty()
    {
        var set = new QuadSet();
        var first = set.Iri("http://a/s"u8);
        Assert.Equal(first, set.Iri("http://a/s"u8));
        Assert.NotEqual(first, set.Literal("http://a/s"u8));
        Assert.NotEqual(set.FreshBlankNode(), set.FreshBlankNode());
        Assert.Equal(3, set.BlankNode("b0"u8));
        Assert.True(set.Add(first, first, first, QuadSet.DefaultGraph));
        Assert.False(set.Add(first, first, first, QuadSet.DefaultGraph));
        Assert.True(set.Add(first, first, first, first));
        Assert.Equal(TermKind.Iri, set.Kind(first));
        set.Clear();
        Assert.Equal(0, set.Count);
        Assert.Equal(1, set.TermCount);
        Assert.Equal(1, set.Literal("x"u8));
    }

    [Fact]
    public void Growing_keeps_every_term_and_quad_apart()
    {
        var set = new QuadSet();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 20_000; i++)
            {
                var term = set.Iri(Encoding.ASCII.GetBytes($"urn:x:{i}"));
                set.Add(term, set.Iri("urn:p"u8), term, QuadSet.DefaultGraph);
            }
        }

        Assert.Equal(20_000, set.Count);
        Assert.Equal(20_002, set.TermCount);
        Assert.Equal("<urn:x:19999>", Encoding.ASCII.GetString(set.Text(set.Quads[19_999].Subject)));
    }

    [Fact]
    public void The_byte_limit_is_an_error()
    {
        var set = new QuadSet(byteLimit: 20_000);
        var thrown = Assert.Throws<RdfException>(() => set.Literal(new byte[20_000]));
        Assert.Equal(RdfException.TooLarge, thrown.Code);
    }
}
