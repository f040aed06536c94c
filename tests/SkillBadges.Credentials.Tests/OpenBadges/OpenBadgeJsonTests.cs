using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Tests.OpenBadges;

public sealed class OpenBadgeJsonTests
{
    private static readonly string[] singleStringTypes = ["Image", "IdentityObject", "IdentifierEntry", "GeoCoordinates", "BitstringStatusListEntry", CredentialSchema.JsonSchemaValidator];

    private static readonly string[] repeatable =
    [
        "@context", "identifier", "result", "alignment", "tag", "resultDescription", "rubricCriterionLevel", "allowedValue", "otherIdentifier", "related",
        "endorsement", "endorsementJwt", "evidence", "credentialSchema", "statusMessage",
    ];

    [Fact]
    public void A_badge_is_written_with_its_contexts_types_and_dates()
    {
        using var json = JsonDocument.Parse(Samples.Welding().ToJson());
        var root = json.RootElement;

        Assert.Equal(
            ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            root.GetProperty("@context").EnumerateArray().Select(context => context.GetString()));
        Assert.Equal(["VerifiableCredential", "OpenBadgeCredential"], root.GetProperty("type").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal("2026-03-14T15:09:26Z", root.GetProperty("validFrom").GetString());
        Assert.Equal("2029-03-14T15:09:26Z", root.GetProperty("validUntil").GetString());
        Assert.Equal("2026-03-14T15:09:26Z", root.GetProperty("awardedDate").GetString());
        Assert.Equal("ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", root.GetProperty("evidence")[0].GetProperty("id").GetString());
        Assert.Equal("94567", root.GetProperty("credentialStatus")[0].GetProperty("statusListIndex").GetString());
    }

    [Fact]
    public void Each_result_names_a_description_and_a_level_of_the_same_achievement()
    {
        using var json = JsonDocument.Parse(Samples.Welding().ToJson());
        var subject = json.RootElement.GetProperty("credentialSubject");
        var descriptions = subject.GetProperty("achievement").GetProperty("resultDescription").EnumerateArray()
            .ToDictionary(d => d.GetProperty("id").GetString()!, d => d.GetProperty("rubricCriterionLevel").EnumerateArray().Select(l => l.GetProperty("id").GetString()).ToList());

        Assert.All(subject.GetProperty("result").EnumerateArray(), result =>
            Assert.Contains(result.GetProperty("achievedLevel").GetString(), descriptions[result.GetProperty("resultDescription").GetString()!]));
        Assert.Equal("4", subject.GetProperty("achievement").GetProperty("resultDescription")[0].GetProperty("rubricCriterionLevel")[3].GetProperty("points").GetString());
    }

    [Fact]
    public void What_may_repeat_is_an_array_and_nothing_is_null_or_an_empty_array()
    {
        using var json = JsonDocument.Parse(Samples.Full().ToJson());
        Walk(json.RootElement);
    }

    [Fact]
    public void Nothing_that_is_absent_is_written()
    {
        var bare = new AchievementCredential
        {
            Id = "urn:uuid:1",
            Issuer = new Profile { Id = "did:example:1" },
            ValidFrom = Samples.Awarded,
            CredentialSubject = new AchievementSubject
            {
                Id = "urn:uuid:2",
                Achievement = new Achievement { Id = "urn:uuid:3", Name = "n", Description = "d", Criteria = new Criteria { Narrative = "c" } },
            },
        };

        Assert.Equal(
            """
            {"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id":"urn:uuid:1","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"did:example:1","type":["Profile"]},
            "validFrom":"2026-03-14T15:09:26Z","credentialSubject":{"id":"urn:uuid:2","type":["AchievementSubject"],
            "achievement":{"id":"urn:uuid:3","type":["Achievement"],"name":"n","description":"d","criteria":{"narrative":"c"}}}}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(bare.ToJson()));
    }

    [Fact]
    public void Equal_badges_have_equal_bytes() => Assert.Equal(Samples.Full().ToJson(), Samples.Full().ToJson());

    [Fact]
    public void A_badge_that_is_written_read_and_written_again_is_the_same() =>
        Assert.Equal(Samples.Full().ToJson(), OpenBadgeJson.ReadAchievementCredential(Samples.Full().ToJson())!.ToJson());

    [Fact]
    public void A_single_status_entry_is_one_object()
    {
        var badge = Samples.Welding();
        using var json = JsonDocument.Parse((badge with { CredentialStatus = [badge.CredentialStatus[0]] }).ToJson());

        Assert.Equal("revocation", json.RootElement.GetProperty("credentialStatus").GetProperty("statusPurpose").GetString());
    }

    [Fact]
    public void A_credential_schema_brings_the_context_that_defines_its_type()
    {
        using var json = JsonDocument.Parse((Samples.Welding() with { CredentialSchema = [new CredentialSchema(OpenBadgeTerms.CredentialSchemaUrl)] }).ToJson());

        Assert.Equal("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", json.RootElement.GetProperty("@context")[2].GetString());
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    [InlineData(0)]
    public void Text_that_cannot_be_signed_is_refused(int unit) =>
        Assert.Throws<ArgumentException>(() => (Samples.Welding() with { Name = $"half {(char)unit} pair" }).ToJson());

    [Theory]
    [InlineData("Soldadura básica — nivel 3")]
    [InlineData("לחימה 焊接 😀")]
    [InlineData("</script><svg onload=alert(1)>]]>")]
    public void Every_other_text_comes_back_as_it_was(string name)
    {
        var bytes = (Samples.Welding() with { Name = name }).ToJson();

        Assert.Equal(name, OpenBadgeJson.ReadAchievementCredential(bytes)!.Name);
        Assert.DoesNotContain("]]>", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Instants_are_written_in_UTC_with_a_fraction_only_where_there_is_one()
    {
        var badge = Samples.Welding() with
        {
            ValidFrom = new DateTimeOffset(2026, 3, 14, 8, 9, 26, 535, TimeSpan.FromHours(-7)),
        };

        Assert.Contains("\"validFrom\":\"2026-03-14T15:09:26.535Z\"", Encoding.UTF8.GetString(badge.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_badge_in_the_older_data_model_is_read_but_never_written()
    {
        var old = """
            {"@context":["https://www.w3.org/2018/credentials/v1"],"id":"urn:uuid:1","type":"OpenBadgeCredential","issuer":"https://school.example",
             "issuanceDate":"2024-05-01T00:00:00Z","expirationDate":"2030-05-01T00:00:00Z","name":{"de":"Teamarbeit","en":"Teamwork"},
             "credentialSubject":[{"type":"AchievementSubject","achievement":{"id":"urn:uuid:3","name":"Teamwork","image":"https://school.example/a.png","tag":"team"}}]}
            """u8.ToArray();

        var badge = OpenBadgeJson.ReadAchievementCredential(old)!;

        Assert.Equal(new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero), badge.ValidFrom);
        Assert.Equal(new DateTimeOffset(2030, 5, 1, 0, 0, 0, TimeSpan.Zero), badge.ValidUntil);
        Assert.Equal("Teamwork", badge.Name);
        Assert.Equal("https://school.example", badge.Issuer.Id);
        Assert.Equal("https://school.example/a.png", badge.CredentialSubject.Achievement.Image!.Id);
        Assert.Equal(["team"], badge.CredentialSubject.Achievement.Tag);
        Assert.DoesNotContain("issuanceDate", Encoding.UTF8.GetString(badge.ToJson()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"issuer":"a","issuer":"b"}""")]
    [InlineData("""{"issuer":{"id":"a"},"validFrom":"2024-01-01T00:00:00Z"}""")]
    [InlineData("""{"issuer":{"id":"a"},"validFrom":"yesterday","credentialSubject":{"achievement":{}}}""")]
    [InlineData("""{"issuer":"\ud800","validFrom":"2024-01-01T00:00:00Z","credentialSubject":{"achievement":{}}}""")]
    public void What_is_no_badge_reads_as_none(string json) =>
        Assert.Null(OpenBadgeJson.ReadAchievementCredential(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void An_endorsement_is_carried_byte_for_byte()
    {
        var signed = """{ "id" : "urn:uuid:9",  "creditsEarned": 1.50, "proof":{"type":"DataIntegrityProof"} }"""u8;
        var badge = Samples.Welding() with { Endorsement = [new VerbatimJson(signed)] };

        Assert.Contains(Encoding.UTF8.GetString(signed), Encoding.UTF8.GetString(badge.ToJson()), StringComparison.Ordinal);
        Assert.Throws<MalformedException>(() => new VerbatimJson("[]"u8));
    }

    [Fact]
    public void An_endorsement_credential_has_a_name_and_its_own_types()
    {
        using var json = JsonDocument.Parse(Samples.Endorsement().ToJson());

        Assert.Equal(["VerifiableCredential", "EndorsementCredential"], json.RootElement.GetProperty("type").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal("Recognized by the welding council", json.RootElement.GetProperty("name").GetString());
        Assert.Equal("We hire on it.", json.RootElement.GetProperty("credentialSubject").GetProperty("endorsementComment").GetString());
    }

    [Theory]
    // sha256 of "a@example.com" + "salt", by sha256sum.
    [InlineData("a@example.com", true)]
    [InlineData("A@example.com", false)]
    [InlineData("", false)]
    public void A_hashed_identity_matches_its_value_only(string value, bool matches)
    {
        var identity = new IdentityObject
        {
            Hashed = true,
            IdentityHash = "sha256$ad95c024cf7414a0fc45a84dc6230491fe127022b54f15305de855ca34866717",
            IdentityType = "emailAddress",
            Salt = "salt",
        };

        Assert.Equal(matches, identity.Matches(value));
        Assert.Equal(identity.IdentityHash, IdentityObject.OfHash("a@example.com", "emailAddress", "salt").IdentityHash);
    }

    private static void Walk(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            Assert.NotEqual(JsonValueKind.Null, member.Value.ValueKind);
            if (member.Name == "type" && member.Value.ValueKind == JsonValueKind.String)
            {
                Assert.Contains(member.Value.GetString(), singleStringTypes);
            }

            // A result names its description by id where an achievement holds a list of them; an entry's identifier is text.
            if (repeatable.Contains(member.Name) && !(member.Name is "resultDescription" or "identifier" && member.Value.ValueKind == JsonValueKind.String))
            {
                Assert.Equal(JsonValueKind.Array, member.Value.ValueKind);
            }

            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                Assert.NotEqual(0, member.Value.GetArrayLength());
                foreach (var item in member.Value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
                {
                    Walk(item);
                }
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Walk(member.Value);
            }
        }
    }
}
