using System.Text.Json;
using SkillBadges.Credentials.JsonLd;

namespace SkillBadges.Credentials.Tests.JsonLd;

/// <summary>The W3C's expansion tests, positive and negative.</summary>
public sealed class ExpandSuiteTests
{
    private const string Manifest = "expand-manifest.jsonld";

    public static TheoryData<string> Ids() => JsonLdSuite.Ids(Manifest);

    [ConformanceFact]
    public void The_suite_is_whole() => Assert.Equal(376, JsonLdSuite.Entries(Manifest).Count);

    [ConformanceTheory]
    [MemberData(nameof(Ids), DisableDiscoveryEnumeration = true)]
    public void Every_expansion_test_passes(string id)
    {
        var entry = JsonLdSuite.Entries(Manifest)[id];
        var input = JsonLdSuite.File(entry, "input");
        if (entry.TryGetProperty("expectErrorCode", out var code))
        {
            Assert.Equal(code.GetString(), Assert.Throws<JsonLdException>(() => JsonLdProcessor.Expand(input, JsonLdSuite.Options(entry))).Code);
            return;
        }

        using var expanded = JsonDocument.Parse(JsonLdProcessor.Expand(input, JsonLdSuite.Options(entry)));
        using var expected = JsonDocument.Parse(JsonLdSuite.File(entry, "expect"));
        Assert.Equal(JsonLdSuite.Normalized(expected.RootElement), JsonLdSuite.Normalized(expanded.RootElement));
    }
}
