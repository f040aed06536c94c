using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.JsonLd;

public sealed class SafeModeTests
{
    [Fact]
    public void A_usual_badge_becomes_quads_and_loses_nothing()
    {
        var quads = Quads(SampleCredential.Bytes());
        Assert.Contains("<https://north.example/credentials/7f3b2a10> <https://www.w3.org/2018/credentials#validFrom> \"2026-05-01T12:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .", quads);
        Assert.Contains("<https://north.example/achievements/smaw-fillet/3> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsAvailable> \"1.1E0\"^^<https://www.w3.org/2001/XMLSchema#float> .", quads);
        Assert.Contains("<https://north.example/credentials/7f3b2a10> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential> .", quads);
        Assert.Equal(35, quads.Length);
    }

    [Fact]
    public void Reading_the_same_badge_again_gives_the_same_quads() =>
        Assert.Equal(Quads(SampleCredential.Bytes()), Quads(SampleCredential.Bytes()));

    [Theory]
    [InlineData("""{"credentialSubject":{"favouriteColor":"green"}}""", JsonLdError.UndefinedTerm, "$.credentialSubject.favouriteColor")]
    [InlineData("""{"shoe size":1}""", JsonLdError.UndefinedTerm, "$[\"shoe size\"]")]
    [InlineData("""{"@foo":1}""", JsonLdError.UndefinedTerm, "$.@foo")]
    [InlineData("""{"credentialSubject":{"type":["AchievementSubject","Hero"]}}""", JsonLdError.RelativeIri, "$.credentialSubject.type[1]")]
    [InlineData("""{"id":"credentials/1"}""", JsonLdError.RelativeIri, "$.id")]
    [InlineData("""{"id":"https://a.example/a b"}""", JsonLdError.RelativeIri, "$.id")]
    [InlineData("""{"issuer":"north"}""", JsonLdError.RelativeIri, "$.issuer")]
    [InlineData("""{"credentialSubject":{"achievement":{"criteria":{"id":"site"}}}}""", JsonLdError.RelativeIri, "$.credentialSubject.achievement.criteria.id")]
    [InlineData("""{"_:p":"x"}""", JsonLdError.DroppedValue, "$.\"_:p\"")]
    [InlineData("""{"@included":[{"id":"https://a.example/"}]}""", JsonLdError.DroppedValue, "$.@included[0]")]
    [InlineData("""{"name":{"@value":"x","@language":"not a tag"}}""", JsonLdError.DroppedValue, "$.name.@value")]
    [InlineData("""{"name":{"@value":"x","@language":"en","@direction":"rtl"}}""", JsonLdError.DroppedValue, "$.name.@value")]
    [InlineData("""{"name":{"@value":null}}""", JsonLdError.DroppedValue, "$.name")]
    [InlineData("""{"@json":1}""", JsonLdError.DroppedValue, "$.@json")]
    [InlineData("""{"proof":{"id":"urn:q"}}""", JsonLdError.DroppedValue, "$.proof")]
    [InlineData("""{"name":{"@language":"en"}}""", JsonLdError.DroppedValue, "$.name.@language")]
    public void What_would_be_lost_is_an_error_that_names_the_place(string change, string code, string path)
    {
        var bytes = SampleCredential.Bytes(credential => Merge(credential, (JsonObject)JsonNode.Parse(change)!));
        var thrown = Assert.Throws<JsonLdException>(() => Quads(bytes));
        Assert.Equal(code, thrown.Code);
        Assert.Equal(path.Replace(".\"_:p\"", "[\"_:p\"]", StringComparison.Ordinal), thrown.Path);
    }

    [Fact]
    public void Without_safe_mode_what_is_undefined_is_left_out()
    {
        var bytes = SampleCredential.Bytes(credential => credential["favouriteColor"] = "green");
        Assert.Equal(Quads(SampleCredential.Bytes()), Quads(bytes, JsonLdOptions.Default with { Safe = false }));
    }

    [Fact]
    public void A_context_that_is_not_bundled_is_never_fetched()
    {
        var bytes = SampleCredential.Bytes(credential => ((JsonArray)credential["@context"]!).Add("https://a.example/context"));
        Assert.Equal(JsonLdError.LoadingRemoteContextFailed, Assert.Throws<JsonLdException>(() => Quads(bytes)).Code);
    }

    [Fact]
    public void A_protected_term_cannot_be_given_another_meaning()
    {
        var bytes = SampleCredential.Bytes(credential =>
            ((JsonArray)credential["@context"]!).Add(new JsonObject { ["name"] = "https://a.example/other" }));
        Assert.Equal(JsonLdError.ProtectedTermRedefinition, Assert.Throws<JsonLdException>(() => Quads(bytes)).Code);
    }

    private static void Merge(JsonObject into, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && into[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    private static string[] Quads(byte[] json, JsonLdOptions? options = null)
    {
        var set = new QuadSet();
        JsonLdProcessor.ToQuads(json, options ?? JsonLdOptions.Default, set);
        var canonicalization = new Canonicalization();
        canonicalization.Run(set, HashAlgorithmName.SHA256);
        return Encoding.UTF8.GetString(canonicalization.NQuads).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
