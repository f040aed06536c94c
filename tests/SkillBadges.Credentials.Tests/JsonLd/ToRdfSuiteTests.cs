using System.Security.Cryptography;
using System.Text;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.JsonLd;

/// <summary>The W3C's tests of JSON-LD to RDF; two graphs are the same when their canonical N-Quads are.</summary>
public sealed class ToRdfSuiteTests
{
    private const string Manifest = "toRdf-manifest.jsonld";

    // Properties that are blank nodes, with processing as in JSON-LD 1.0: generalized RDF, which no credential may hold.
    private const string Generalized = "#te075";

    public static TheoryData<string> Ids() => JsonLdSuite.Ids(Manifest);

    [ConformanceFact]
    public void The_suite_is_whole() => Assert.Equal(456, JsonLdSuite.Entries(Manifest).Count);

    [ConformanceTheory]
    [MemberData(nameof(Ids), DisableDiscoveryEnumeration = true)]
    public void Every_to_RDF_test_passes(string id)
    {
        var entry = JsonLdSuite.Entries(Manifest)[id];
        var input = JsonLdSuite.File(entry, "input");
        var set = new QuadSet();
        if (entry.TryGetProperty("expectErrorCode", out var code))
        {
            Assert.Equal(code.GetString(), Assert.Throws<JsonLdException>(() => JsonLdProcessor.ToQuads(input, JsonLdSuite.Options(entry), set)).Code);
            return;
        }

        JsonLdProcessor.ToQuads(input, JsonLdSuite.Options(entry), set);
        if (id == Generalized)
        {
            Assert.Equal(0, set.Count);
            return;
        }

        if (entry.TryGetProperty("expect", out _))
        {
            var expected = new QuadSet();
            NQuads.Read(JsonLdSuite.File(entry, "expect"), expected);
            Assert.Equal(Canonical(expected), Canonical(set));
        }
    }

    private static string Canonical(QuadSet set)
    {
        var canonicalization = new Canonicalization();
        canonicalization.Run(set, HashAlgorithmName.SHA256);
        return Encoding.UTF8.GetString(canonicalization.NQuads);
    }
}
