using System.Text;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.JsonLd;

/// <summary>Documents made to cost much. Each ends in an error with a code; the sizes are such that without the limit it would not end soon.</summary>
public sealed class HostileDocumentTests
{
    public static TheoryData<string, string, string> Documents() => new()
    {
        { "nested too deep", JsonLdError.TooDeep, Nested(100) },
        { "larger than the limit", JsonLdError.TooLarge, "{\"a\":\"" + new string('x', 1024 * 1024) + "\"}" },
        { "a context in every node", JsonLdError.ContextOverflow, "{\"@graph\":[" + Repeat(5000, i => $"{{\"@context\":{{\"a\":\"urn:{i}\"}}}}") + "]}" },
        {
            "a context that names itself by turns", JsonLdError.ContextOverflow,
            "{\"@context\":[" + Repeat(8000, i => i % 2 == 0 ? "\"https://www.w3.org/ns/odrl.jsonld\"" : "\"https://w3id.org/security/multikey/v1\"") + "]}"
        },
        {
            "a large context copied for every type", JsonLdError.ContextOverflow,
            "{\"@context\":{" + Repeat(8000, i => $"\"t{i}\":{{\"@id\":\"urn:{i}\",\"@context\":{{}}}}") + "},\"@graph\":[" + Repeat(8000, i => $"{{\"@type\":\"t{i}\"}}") + "]}"
        },
        {
            "a long prefix used often", JsonLdError.TooLarge,
            "{\"@context\":{\"p\":\"urn:" + new string('x', 500_000) + "#\"},\"@graph\":[" + Repeat(20_000, i => $"{{\"p:{i}\":null}}") + "]}"
        },
        {
            "a long vocabulary used often", JsonLdError.TooLarge,
            "{\"@context\":{\"@vocab\":\"urn:" + new string('x', 500_000) + "#\"}," + Repeat(20_000, i => $"\"n{i}\":null") + "}"
        },
        { "terms defined by one another in a ring", JsonLdError.CyclicIriMapping, "{\"@context\":{" + Repeat(60, i => $"\"t{i}\":\"t{(i + 1) % 60}:x\"") + "}}" },
        { "a number beyond a double", JsonLdError.InvalidValueObjectValue, "{\"@context\":{\"@vocab\":\"urn:v:\"},\"a\":1e400}" },
        { "a number beyond a double in a JSON literal", JsonLdError.InvalidJsonLiteral, "{\"@context\":{\"a\":{\"@id\":\"urn:a\",\"@type\":\"@json\"}},\"a\":[1e400]}" },
    };

    [Theory]
    [MemberData(nameof(Documents), DisableDiscoveryEnumeration = true)]
    public void A_costly_document_ends_in_an_error(string what, string code, string json)
    {
        Assert.NotEmpty(what);
        var options = new JsonLdOptions { Contexts = new ContextLibrary(KnownContexts.Load), Safe = false };
        Assert.Equal(code, Assert.Throws<JsonLdException>(() => JsonLdProcessor.ToQuads(Encoding.UTF8.GetBytes(json), options, new QuadSet())).Code);
    }

    [Fact]
    public void A_chain_of_terms_as_long_as_a_document_may_be_does_not_break_the_stack()
    {
        var json = "{\"@context\":{" + Repeat(20_000, i => $"\"t{i}\":{{\"@id\":\"t{i + 1}:x\"}}") + ",\"t20000\":\"urn:end:\"}}";
        var thrown = Assert.Throws<JsonLdException>(() => JsonLdProcessor.ToQuads(Encoding.UTF8.GetBytes(json), JsonLdOptions.Default, new QuadSet()));
        Assert.Equal(JsonLdError.ContextOverflow, thrown.Code);
    }

    [Fact]
    public void More_terms_than_the_set_may_hold_are_an_error()
    {
        var json = "{\"@context\":{\"@vocab\":\"urn:v:\"}," + Repeat(3000, i => $"\"p{i}\":\"{i}\"") + "}";
        var thrown = Assert.Throws<RdfException>(() => JsonLdProcessor.ToQuads(Encoding.UTF8.GetBytes(json), JsonLdOptions.Default, new QuadSet(byteLimit: 20_000)));
        Assert.Equal(RdfException.TooLarge, thrown.Code);
    }

    /// <summary>Changed at random, from a fixed seed; FUZZ_ROUNDS makes the run longer.</summary>
    [Fact]
    public void Mutated_documents_are_read_or_refused_and_never_break_the_reader()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_ROUNDS"), out var wanted) ? wanted : 20_000;
        var random = new Random(7);
        var original = SampleCredential.Bytes();
        var tokens = new[] { "\"@id\"", "\"@type\"", "\"@context\"", "\"@graph\"", "\"@list\"", "\"@value\"", "\"@reverse\"", "\"@nest\"", "\"@included\"", "\"@index\"", "{", "}", "[", "]", ",", ":", "null", "\"\"", "1e9", "\\u0000" }
            .Select(Encoding.UTF8.GetBytes).ToArray();
        var (read, refused) = (0, 0);
        var set = new QuadSet();
        var lenient = JsonLdOptions.Default with { Safe = false };
        for (var round = 0; round < rounds; round++)
        {
            var bytes = Mutate(original, tokens, random);
            try
            {
                JsonLdProcessor.ToQuads(bytes, round % 2 == 0 ? lenient : JsonLdOptions.Default, set);
                read++;
            }
            catch (Exception fault) when (fault is JsonLdException or RdfException)
            {
                refused++;
            }
        }

        Assert.True(read > rounds / 100 && refused > rounds / 100, $"{read} read, {refused} refused");
    }

    private static byte[] Mutate(byte[] original, byte[][] tokens, Random random)
    {
        var bytes = original.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, tokens[random.Next(tokens.Length)]);
                    break;
                case 3:
                    ReplaceString(bytes, at, tokens[random.Next(10)]);
                    break;
                default:
                    var length = Math.Min(random.Next(1, 200), bytes.Count - at);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }

    private static void ReplaceString(List<byte> bytes, int near, byte[] with)
    {
        var start = bytes.IndexOf((byte)'"', near);
        var end = start < 0 ? -1 : bytes.IndexOf((byte)'"', start + 1);
        if (end > 0)
        {
            bytes.RemoveRange(start, end - start + 1);
            bytes.InsertRange(start, with);
        }
    }

    private static string Repeat(int count, Func<int, string> one) => string.Join(",", Enumerable.Range(0, count).Select(one));

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
