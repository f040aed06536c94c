using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.JsonLd;

/// <summary>Small vectors that run in a lone checkout too.</summary>
public sealed class JsonLdProcessorTests
{
    private const string Vocab = "\"@context\":{\"@vocab\":\"urn:v:\"}";

    [Theory]
    [InlineData("\"x\":\"a\"", "_:b0 <urn:v:x> \"a\" .")]
    [InlineData("\"x\":1", "_:b0 <urn:v:x> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .")]
    [InlineData("\"x\":1.0", "_:b0 <urn:v:x> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .")]
    [InlineData("\"x\":-12.50", "_:b0 <urn:v:x> \"-1.25E1\"^^<http://www.w3.org/2001/XMLSchema#double> .")]
    [InlineData("\"x\":0.1", "_:b0 <urn:v:x> \"1.0E-1\"^^<http://www.w3.org/2001/XMLSchema#double> .")]
    [InlineData("\"x\":1e20", "_:b0 <urn:v:x> \"100000000000000000000\"^^<http://www.w3.org/2001/XMLSchema#integer> .")]
    [InlineData("\"x\":1e21", "_:b0 <urn:v:x> \"1.0E21\"^^<http://www.w3.org/2001/XMLSchema#double> .")]
    [InlineData("\"x\":{\"@value\":5,\"@type\":\"http://www.w3.org/2001/XMLSchema#double\"}", "_:b0 <urn:v:x> \"5.0E0\"^^<http://www.w3.org/2001/XMLSchema#double> .")]
    [InlineData("\"x\":true", "_:b0 <urn:v:x> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .")]
    [InlineData("\"x\":{\"@value\":\"a\",\"@language\":\"de-AT\"}", "_:b0 <urn:v:x> \"a\"@de-AT .")]
    [InlineData("\"x\":{\"@value\":{\"b\":[1.50,\"\\u20ac\"],\"a\":null},\"@type\":\"@json\"}", "_:b0 <urn:v:x> \"{\\\"a\\\":null,\\\"b\\\":[1.5,\\\"€\\\"]}\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .")]
    [InlineData("\"x\":{}", "_:b0 <urn:v:x> _:b1 .")]
    [InlineData("\"x\":[\"a\",\"a\"]", "_:b0 <urn:v:x> \"a\" .")]
    [InlineData("\"x\":{\"@list\":[]}", "_:b0 <urn:v:x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .")]
    [InlineData("\"@id\":\"urn:s\",\"@type\":\"T\"", "<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:v:T> .")]
    [InlineData("\"@id\":\"_:b0\",\"x\":{\"@id\":\"_:p q\",\"y\":{}}", "_:x702071 <urn:v:y> _:b0 .|_:nb0 <urn:v:x> _:x702071 .")]
    [InlineData("\"x\":{\"@id\":\"urn:g\",\"@graph\":{\"@id\":\"urn:s\",\"y\":\"a\"}}", "<urn:s> <urn:v:y> \"a\" <urn:g> .|_:b0 <urn:v:x> <urn:g> .")]
    [InlineData("\"@id\":\"urn:s\",\"@reverse\":{\"x\":{\"@id\":\"urn:o\"}}", "<urn:o> <urn:v:x> <urn:s> .")]
    public void Members_become_quads(string members, string expected) => Assert.Equal(expected, Quads("{" + Vocab + "," + members + "}"));

    [Fact]
    public void A_type_scoped_context_ends_with_its_node_and_a_property_scoped_one_goes_on()
    {
        const string json = """
            {"@context":{"T":{"@id":"urn:T","@context":{"a":"urn:in-T"}},"p":{"@id":"urn:p","@context":{"b":"urn:in-p"}},"a":"urn:a","b":"urn:b"},
             "@id":"urn:1","@type":"T","a":"1","p":{"@id":"urn:2","a":"2","b":"3","p":{"@id":"urn:3","b":"4"}}}
            """;
        Assert.Equal(
            "<urn:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:T> .|<urn:1> <urn:in-T> \"1\" .|<urn:2> <urn:a> \"2\" .|<urn:2> <urn:in-p> \"3\" .|" +
            "<urn:3> <urn:in-p> \"4\" .|<urn:2> <urn:p> <urn:3> .|<urn:1> <urn:p> <urn:2> .",
            Quads(json));
    }

    [Fact]
    public void An_array_in_a_set_in_a_list_is_a_list_in_the_list()
    {
        const string context = "\"@context\":{\"l\":{\"@id\":\"urn:l\",\"@container\":\"@list\"}}";
        Assert.Equal(Quads("{" + context + ",\"l\":[[\"a\"]]}"), Quads("{" + context + ",\"l\":[{\"@set\":[\"a\"]}]}"));
        Assert.NotEqual(Quads("{" + context + ",\"l\":[[\"a\"]]}"), Quads("{" + context + ",\"l\":[{\"@set\":\"a\"}]}"));
    }

    [Fact]
    public void Under_the_keyword_list_an_array_is_a_list_and_what_is_in_it_is_not()
    {
        const string context = "\"@context\":{\"l\":{\"@id\":\"urn:l\",\"@container\":\"@list\"}}";
        Assert.Equal(Quads("{" + context + ",\"l\":[[\"a\"]]}"), Quads("{\"urn:l\":{\"@list\":[[[\"a\"]]]}}"));
    }

    [Fact]
    public void A_set_that_leaves_a_type_scoped_context_leaves_its_coercions_too()
    {
        const string json = """
            {"@context":{"@vocab":"urn:v:","T":{"@id":"urn:T","@context":{"a":{"@id":"urn:a","@type":"urn:datatype"}}}},
             "@id":"urn:1","@type":"T","a":["1",{"@set":["2"]}]}
            """;
        Assert.Equal("<urn:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:T> .|<urn:1> <urn:a> \"1\"^^<urn:datatype> .|<urn:1> <urn:a> \"2\" .", Quads(json));
    }

    [Fact]
    public void A_list_is_lost_with_the_subject_it_belongs_to()
    {
        var set = new QuadSet();
        JsonLdProcessor.ToQuads("""{"@id":"relative","urn:p":{"@list":["a",{"@id":"urn:s","urn:q":"b"}]}}"""u8, JsonLdOptions.Default with { Safe = false }, set);
        Assert.Equal(1, set.Count);
    }

    [Theory]
    [InlineData("@id")]
    [InlineData("@type")]
    public void A_value_in_a_map_of_nodes_is_an_error(string container)
    {
        var json = "{\"@context\":{\"m\":{\"@id\":\"urn:m\",\"@container\":\"" + container + "\"}},\"m\":{\"urn:k\":{\"@value\":1}}}";
        Assert.Equal(JsonLdError.InvalidValueObject, Assert.Throws<JsonLdException>(() => Quads(json)).Code);
    }

    [Fact]
    public void The_literal_datatype_of_awardedDate_comes_out_as_it_stands()
    {
        var quads = Quads(SampleCredential.Bytes(credential => credential["awardedDate"] = "2026-05-01T12:00:00Z"));
        Assert.Contains("<https://purl.imsglobal.org/spec/vc/ob/vocab.html#awardedDate> \"2026-05-01T12:00:00Z\"^^<xsd:dateTime> .", quads, StringComparison.Ordinal);
    }

    [Fact]
    public void Expanding_gives_the_document_with_IRIs_for_terms()
    {
        var expanded = JsonNode.Parse(JsonLdProcessor.Expand(Encoding.UTF8.GetBytes("{" + Vocab + ",\"@id\":\"urn:s\",\"x\":[\"a\",{\"@list\":[1.50]}]}"), JsonLdOptions.Default));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"@id":"urn:s","urn:v:x":[{"@value":"a"},{"@list":[{"@value":1.50}]}]}]"""), expanded), expanded!.ToJsonString());
    }

    [Fact]
    public void Two_hundred_orders_of_contexts_are_read_and_a_usual_one_after()
    {
        var library = new ContextLibrary(KnownContexts.Load);
        var options = new JsonLdOptions { Contexts = library };
        var set = new QuadSet();
        string[] iris = ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/security/multikey/v1", "https://w3id.org/security/data-integrity/v2"];
        for (var i = 0; i < 200; i++)
        {
            var contexts = string.Join(",", Enumerable.Range(0, 8).Select(place => $"\"{iris[(i / (int)Math.Pow(3, place)) % 3]}\""));
            JsonLdProcessor.ToQuads(Encoding.UTF8.GetBytes($"{{\"@context\":[{contexts}],\"@id\":\"urn:s\",\"type\":\"Multikey\"}}"), options with { Safe = false }, set);
        }

        JsonLdProcessor.ToQuads(SampleCredential.Bytes(), options, set);
        Assert.Equal(35, set.Count);
    }

    [Fact]
    public void Many_threads_share_one_library()
    {
        var options = new JsonLdOptions { Contexts = new ContextLibrary(KnownContexts.Load) };
        var counts = new int[64];
        Parallel.For(0, counts.Length, i =>
        {
            var set = new QuadSet();
            JsonLdProcessor.ToQuads(SampleCredential.Bytes(), options, set);
            counts[i] = set.Count;
        });
        Assert.All(counts, count => Assert.Equal(35, count));
    }

    internal static string Quads(string json) => Quads(Encoding.UTF8.GetBytes(json));

    private static string Quads(byte[] json)
    {
        var set = new QuadSet();
        JsonLdProcessor.ToQuads(json, JsonLdOptions.Default, set);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        NQuads.Write(set, output);
        return Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n').Replace('\n', '|');
    }
}
