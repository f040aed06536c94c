using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Verification;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace SkillBadges.Credentials.Tests.Verification;

/// <summary>Endorsements and learner records: what is inside is verified by itself.</summary>
public sealed class InnerCredentialTests
{
    private const string Endorser = "did:web:north.example:organizations:north-high";

    private readonly VerifierWorld world = new();

    [Theory]
    [InlineData("https://north.example/achievements/smaw-fillet/3")]
    public async Task An_endorsement_of_the_achievement_holds(string about)
    {
        var report = await world.VerifyAsync(Endorsed(about));
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal(CheckOutcome.Passed, report[CheckName.Endorsements].Outcome);
        Assert.Equal("/credentialSubject/achievement/endorsementJwt/0", Assert.Single(report.Inner).Place);
    }

    [Fact]
    public async Task An_endorsement_of_something_else_is_not_counted()
    {
        var report = await world.VerifyAsync(Endorsed("https://evil.example/achievements/9"));
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal((CheckOutcome.Failed, "endorsement-of-another"), (report[CheckName.Endorsements].Outcome, report[CheckName.Endorsements].Code));
    }

    [Fact]
    public async Task A_forged_endorsement_is_not_counted()
    {
        var report = await world.VerifyAsync(Endorsed("https://north.example/achievements/smaw-fillet/3", VerifierWorld.AttackerKey));
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal("endorsement-invalid", report[CheckName.Endorsements].Code);
        Assert.Equal(Verdict.Invalid, Assert.Single(report.Inner).Report.Verdict);
    }

    [Fact]
    public async Task Each_credential_of_a_record_is_verified_by_itself()
    {
        var report = await world.VerifyAsync(Record(VerifierWorld.Issue(profile: VcJwtProfile.VcJose), VerifierWorld.Issue(profile: VcJwtProfile.VcJose)));
        Assert.Equal((Verdict.Valid, "ok"), (report.Verdict, report.Code));
        Assert.Equal([Verdict.Valid, Verdict.Valid], report.Inner.Select(inner => inner.Report.Verdict));
        Assert.Equal("/credentialSubject/verifiableCredential/1", report.Inner[1].Place);
    }

    [Fact]
    public async Task A_forged_credential_makes_the_record_invalid()
    {
        var forged = VerifierWorld.Issue(profile: VcJwtProfile.VcJose, key: VerifierWorld.AttackerKey, keyId: $"{VerifierWorld.School}#{VerifierWorld.Key.Public.Thumbprint}");
        var report = await world.VerifyAsync(Record(VerifierWorld.Issue(profile: VcJwtProfile.VcJose), forged));
        Assert.Equal((Verdict.Invalid, "inner-invalid"), (report.Verdict, report.Code));
        Assert.True(report.SignatureHolds);
    }

    [Fact]
    public async Task An_expired_credential_leaves_the_record_valid_and_says_so()
    {
        var expired = VerifierWorld.Issue(json => json["validUntil"] = "2026-05-02T00:00:00Z", VcJwtProfile.VcJose);
        var report = await world.VerifyAsync(Record(expired));
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal((CheckOutcome.Unknown, "inner-not-in-force"), (report[CheckName.Inner].Outcome, report[CheckName.Inner].Code));
        Assert.Equal(Verdict.Expired, report.Inner[0].Report.Verdict);
    }

    [Fact]
    public async Task Each_list_and_document_is_asked_for_once_however_many_credentials_name_it()
    {
        await world.VerifyAsync(Record([.. Enumerable.Repeat(VerifierWorld.Issue(profile: VcJwtProfile.VcJose), 20)]));
        Assert.Equal(world.Asked.Distinct(), world.Asked);
        Assert.Equal(3, world.Asked.Count);
    }

    [Fact]
    public async Task A_record_that_leads_to_many_hosts_asks_few_of_them()
    {
        var many = Enumerable.Range(0, 60).Select(number => VerifierWorld.Sign(
            VerifierWorld.Header($"did:web:host{number}.example#k").Replace("\"JWT\"", "\"vc+jwt\"", StringComparison.Ordinal),
            SampleCredential.Object() is var credential ? With(credential, json => json["issuer"]!["id"] = $"did:web:host{number}.example") : ""));
        var report = await world.VerifyAsync(Record([.. many]));
        Assert.Equal(60, report.Inner.Length);
        Assert.InRange(world.Asked.Count, 2, 20);
        Assert.All(report.Inner, inner => Assert.Equal(Verdict.CouldNotBeChecked, inner.Report.Verdict));
    }

    [Fact]
    public async Task Records_within_records_end_somewhere()
    {
        var record = Record(VerifierWorld.Issue(profile: VcJwtProfile.VcJose));
        for (var depth = 0; depth < 6; depth++)
        {
            record = Record(record);
        }

        var report = await world.VerifyAsync(record);
        var deepest = report;
        var depths = 0;
        while (deepest.Inner.Length > 0)
        {
            deepest = deepest.Inner[0].Report;
            depths++;
        }

        Assert.InRange(depths, 3, 5);
        Assert.Equal("too-many-inside", deepest.Code);
    }

    [Fact]
    public async Task A_record_of_a_thousand_credentials_is_looked_at_in_part()
    {
        var report = await world.VerifyAsync(Record([.. Enumerable.Repeat("e30.e30.e30", 1000)]));
        Assert.Equal(257, report.Inner.Length);
        Assert.Equal("too-many-inside", report.Inner[^1].Report.Code);
        Assert.Single(report.Inner, inner => inner.Report.Code == "too-many-inside");
    }

    /// <summary>Less than a megabyte held 330,000 empty objects, whose reports took two gigabytes.</summary>
    [Theory]
    [InlineData("https://www.w3.org/ns/credentials/v2", "{}")]
    [InlineData("https://www.w3.org/2018/credentials/v1", "\"\"")]
    public async Task A_presentation_of_hundreds_of_thousands_is_looked_at_in_part(string context, string one)
    {
        var many = string.Join(',', Enumerable.Repeat(one, 300_000));
        var report = await world.VerifyAsync($$"""{"@context":["{{context}}"],"type":["VerifiablePresentation"],"verifiableCredential":[{{many}}]}""");
        Assert.Equal(257, report.Inner.Length);
        Assert.Equal(Verdict.Invalid, report.Verdict);
    }

    [Fact]
    public async Task Endorsements_beyond_what_is_looked_at_get_one_report_together()
    {
        var badge = VerifierWorld.Issue(json => json["endorsementJwt"] = new JsonArray([.. Enumerable.Repeat("e30.e30.e30", 5000).Select(token => (JsonNode)token)]));
        var report = await world.VerifyAsync(badge);
        Assert.Equal(257, report.Inner.Length);
        Assert.Equal(CheckOutcome.Failed, report[CheckName.Endorsements].Outcome);
    }

    private static string With(JsonObject credential, Action<JsonObject> change)
    {
        change(credential);
        return credential.ToJsonString();
    }

    private static string Endorsed(string about, PrivateKey? endorserKey = null)
    {
        var endorsement = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
            ["id"] = "https://north.example/endorsements/1",
            ["type"] = new JsonArray("VerifiableCredential", "EndorsementCredential"),
            ["name"] = "Endorsed by the welders' union",
            ["issuer"] = new JsonObject { ["id"] = Endorser, ["type"] = new JsonArray("Profile"), ["name"] = "Union" },
            ["validFrom"] = "2026-01-01T00:00:00Z",
            ["credentialSubject"] = new JsonObject { ["id"] = about, ["type"] = new JsonArray("EndorsementSubject"), ["endorsementComment"] = "Good." },
        };
        var signer = new LocalSigner(endorserKey ?? VerifierWorld.Key, $"{Endorser}#{VerifierWorld.Key.Public.Thumbprint}");
        var token = Encoding.ASCII.GetString(VcJwt.SignAsync(Encoding.UTF8.GetBytes(endorsement.ToJsonString()), signer, VcJwtProfile.OpenBadges, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        return VerifierWorld.Issue(json => json["credentialSubject"]!["achievement"]!["endorsementJwt"] = new JsonArray(token));
    }

    private static string Record(params string[] tokens)
    {
        var record = new JsonObject
        {
            ["@context"] = new JsonArray(
                "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
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
                    ["@context"] = "https://www.w3.org/ns/credentials/v2",
                    ["id"] = "data:application/vc+jwt," + token,
                    ["type"] = "EnvelopedVerifiableCredential",
                })]),
            },
        };
        var signer = LocalSigner.For(VerifierWorld.School, VerifierWorld.Key);
        return Encoding.ASCII.GetString(VcJwt.SignAsync(Encoding.UTF8.GetBytes(record.ToJsonString()), signer, VcJwtProfile.VcJose, CancellationToken.None).AsTask().GetAwaiter().GetResult());
    }
}
