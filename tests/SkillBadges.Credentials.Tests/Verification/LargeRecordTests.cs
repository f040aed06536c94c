using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests.Verification;

/// <summary>The record of a school career is larger than a badge: up to a bound of its own it is verified, by several threads, and told in its order.</summary>
public sealed class LargeRecordTests
{
    private readonly DataIntegrity integrity = new(KnownContexts.Library);
    private readonly VerifierWorld world = new();

    [Fact]
    public async Task A_record_of_more_than_a_megabyte_is_verified_credential_by_credential_in_its_order()
    {
        var badges = Enumerable.Range(0, 120).Select(number => VerifierWorld.Issue(json => json["description"] = number + new string('x', 12_000), profile: VcJwtProfile.VcJose)).ToArray();
        badges[77] = badges[77][..^8] + "AAAAAAAA";
        var record = await SignAsync(Record(badges));
        Assert.InRange(record.Length, 1024 * 1024, new VerifierPorts(null!, null!, null!, null!).MaxRecordBytes);

        var report = await world.VerifyAsync(record);

        Assert.True(report.SignatureHolds);
        Assert.Equal((Verdict.Invalid, "inner-invalid"), (report.Verdict, report.Code));
        Assert.Equal(Enumerable.Range(0, 120).Select(number => $"/credentialSubject/verifiableCredential/{number}"), report.Inner.Select(inner => inner.Place));
        Assert.All(report.Inner, inner => Assert.Equal(inner.Place.EndsWith("/77", StringComparison.Ordinal) ? Verdict.Invalid : Verdict.Valid, inner.Report.Verdict));
    }

    [Fact]
    public async Task The_keys_and_the_list_of_a_hundred_badges_are_asked_for_once()
    {
        var report = await world.VerifyAsync(await SignAsync(Record([.. Enumerable.Repeat(VerifierWorld.Issue(profile: VcJwtProfile.VcJose), 100)])));

        Assert.Equal((Verdict.Valid, 100), (report.Verdict, report.Inner.Length));
        Assert.Equal(world.Asked.Count, world.Asked.Distinct().Count());
    }

    [Theory]
    [InlineData("a record beyond its bound", true, 330, 13_000)]
    [InlineData("another credential as large", false, 120, 12_000)]
    public async Task What_is_larger_is_refused_unread(string what, bool isRecord, int badges, int size)
    {
        var json = Record([.. Enumerable.Repeat("e30." + new string('A', size) + ".e30", badges)]);
        json["type"] = new JsonArray("VerifiableCredential", isRecord ? "ClrCredential" : "AchievementCredential");

        var report = await world.VerifyAsync(Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.True(report.Code == "too-large", what);
        Assert.Empty(world.Asked);
    }

    [Fact]
    public async Task A_record_of_very_many_small_things_is_refused_before_it_is_taken_apart()
    {
        var text = "{\"type\":[\"VerifiableCredential\",\"ClrCredential\"],\"credentialSubject\":{\"verifiableCredential\":[" + string.Join(',', Enumerable.Repeat("{}", 1_000_000)) + "]}}";

        Assert.Equal("too-large", (await world.VerifyAsync(Encoding.UTF8.GetBytes(text))).Code);
    }

    [Theory]
    [InlineData("{\"a\":{\"type\":\"ClrCredential\"},\"x\":\"")]
    [InlineData("{\"type\":{\"deep\":[\"ClrCredential\"]},\"x\":\"")]
    [InlineData("{\"type\":\"ClrCredential\",\"x\":{\"")]
    [InlineData("[\"type\",\"ClrCredential\",\"")]
    public async Task What_only_mentions_a_record_is_none(string start) =>
        Assert.Equal("too-large", (await world.VerifyAsync(Encoding.UTF8.GetBytes(start + new string('x', 1_200_000) + "\"}"))).Code);

    private async Task<byte[]> SignAsync(JsonObject record) => await integrity.AddProofAsync(
        Encoding.UTF8.GetBytes(record.ToJsonString()), new ProofOptions(Cryptosuites.EddsaRdfc2022), LocalSigner.For(VerifierWorld.School, VerifierWorld.Ed25519Key), CancellationToken.None);

    private static JsonObject Record(IReadOnlyList<string> tokens) => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
        ["id"] = "https://north.example/records/1",
        ["type"] = new JsonArray("VerifiableCredential", "ClrCredential"),
        ["name"] = "Record",
        ["issuer"] = new JsonObject { ["id"] = VerifierWorld.School, ["type"] = new JsonArray("Profile"), ["name"] = "North High School" },
        ["validFrom"] = "2026-05-20T00:00:00Z",
        ["credentialSubject"] = new JsonObject
        {
            ["id"] = SampleCredential.Subject,
            ["type"] = new JsonArray("ClrSubject"),
            ["verifiableCredential"] = new JsonArray([.. tokens.Select(token => (JsonNode)new JsonObject
            {
                ["@context"] = "https://www.w3.org/ns/credentials/v2", ["id"] = "data:application/vc+jwt," + token, ["type"] = "EnvelopedVerifiableCredential",
            })]),
        },
    };
}
