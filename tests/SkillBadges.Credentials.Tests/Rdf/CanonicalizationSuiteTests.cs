using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.Rdf;

/// <summary>The W3C's RDFC-1.0 test suite: 64 evaluations, 21 maps, one graph that must be given up on.</summary>
public sealed class CanonicalizationSuiteTests
{
    private const string Folder = "w3c-rdf-canon-tests/tests/";

    public static TheoryData<string> Ids()
    {
        var ids = new TheoryData<string>();
        foreach (var entry in Entries())
        {
            ids.Add(entry.GetProperty("id").GetString()!);
        }

        return ids;
    }

    [ConformanceFact]
    public void The_suite_is_whole() => Assert.Equal(86, Entries().Length);

    [ConformanceTheory]
    [MemberData(nameof(Ids), DisableDiscoveryEnumeration = true)]
    public void Every_test_of_the_suite_passes(string id)
    {
        var entry = Entries().Single(entry => entry.GetProperty("id").GetString() == id);
        var set = new QuadSet();
        NQuads.Read(Conformance.Bytes(Folder + entry.GetProperty("action").GetString()), set);
        var algorithm = entry.TryGetProperty("hashAlgorithm", out var name) && name.GetString() == "SHA384" ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        var canonicalization = new Canonicalization();
        var type = entry.GetProperty("type").GetString();
        if (type == "rdfc:RDFC10NegativeEvalTest")
        {
            Assert.Equal(RdfException.TooComplex, Assert.Throws<RdfException>(() => canonicalization.Run(set, algorithm)).Code);
            return;
        }

        canonicalization.Run(set, algorithm);

        // What the suite asks for must never come near the bound that keeps hostile graphs short.
        Assert.InRange(canonicalization.NDegreeWork, 0, NDegreeHashing.WorkLimit / 2);
        var result = Folder + entry.GetProperty("result").GetString();
        if (type == "rdfc:RDFC10EvalTest")
        {
            Assert.Equal(Conformance.Text(result), Encoding.UTF8.GetString(canonicalization.NQuads));
            return;
        }

        Assert.Equal("rdfc:RDFC10MapTest", type);
        var map = JsonSerializer.Deserialize<Dictionary<string, string>>(Conformance.Text(result))!;
        Assert.Equal(map.Count, canonicalization.LabelCount);
        Assert.All(map, pair => Assert.Equal(pair.Value, $"c14n{canonicalization.Label(set.BlankNode(Encoding.UTF8.GetBytes(pair.Key)))}"));
    }

    private static JsonElement[] Entries()
    {
        if (!Directory.Exists(Conformance.Root))
        {
            return [];
        }

        using var manifest = JsonDocument.Parse(Conformance.Bytes(Folder + "manifest.jsonld"));
        return [.. manifest.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.Clone())];
    }
}
