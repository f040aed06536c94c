using System.Security.Cryptography;
using System.Text;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.JsonLd;

public sealed class PinnedContextsTests : IDisposable
{
    private const string Iri = "https://state.example/context/v1";
    private const string Context = """{"@context":{"trade":"https://state.example/vocab#trade"}}""";

    private readonly string folder = Directory.CreateTempSubdirectory("contexts").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_pinned_context_defines_terms_beside_the_bundled_ones()
    {
        Write(Iri, "state.jsonld", Digest(Context));
        var options = new JsonLdOptions { Contexts = PinnedContexts.Open(folder) };
        var set = new QuadSet();
        JsonLdProcessor.ToQuads(
            Encoding.UTF8.GetBytes($$"""{"@context":["https://www.w3.org/ns/credentials/v2","{{Iri}}"],"id":"urn:x:1","name":"Plate","trade":"welding"}"""), options, set);
        Assert.Equal(2, set.Count);
    }

    [Fact]
    public void A_file_that_was_changed_is_refused()
    {
        Write(Iri, "state.jsonld", Digest(Context + " "));
        Refused();
    }

    [Theory]
    [InlineData("https://www.w3.org/ns/credentials/v2", "state.jsonld")]
    [InlineData("state", "state.jsonld")]
    [InlineData(Iri, "../state.jsonld")]
    [InlineData(Iri, "missing.jsonld")]
    [InlineData(Iri, "index.json")]
    public void An_index_that_reaches_too_far_is_refused(string iri, string file)
    {
        Write(iri, file, Digest(Context));
        Refused();
    }

    private void Refused() =>
        Assert.Equal(JsonLdError.LoadingRemoteContextFailed, Assert.Throws<JsonLdException>(() => PinnedContexts.Open(folder)).Code);

    private void Write(string iri, string file, string digest)
    {
        File.WriteAllText(Path.Combine(folder, "state.jsonld"), Context);
        File.WriteAllText(Path.Combine(folder, "index.json"), $$"""[{"iri":"{{iri}}","file":"{{file}}","sha256":"{{digest}}"}]""");
    }

    private static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
