using System.Net;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;

namespace SkillBadges.App.Tests.Conformance;

/// <summary>What the suite of the data model sends to be signed: each case once as it must be signed or must not.</summary>
public sealed class SuiteIssuingTests(ConformingApp conforming) : IClassFixture<ConformingApp>
{
    private const string V2 = "https://www.w3.org/ns/credentials/v2";
    private const string Sri = "sha256-MV9b23bQeMQ7isAGTkoBZGErH853yGk0W/yUx1iU7dM=";

    [Theory]
    [InlineData("id", "\"did:example:1\"")]
    [InlineData("@context", $"[\"{V2}\",\"https://www.w3.org/ns/credentials/examples/v2\"]")]
    [InlineData("@context", $"[\"{V2}\",{{\"OwnCredential\":\"https://own.example/#OwnCredential\"}}]")]
    [InlineData("type", "[\"https://own.example/#B\",\"VerifiableCredential\",\"https://own.example/#A\"]")]
    [InlineData("name", """[{"@value":"Badge","@language":"en"},{"@value":"Abzeichen","@language":"de","@direction":"ltr"}]""")]
    [InlineData("credentialSubject", """[{"id":"did:example:1"},{"id":"did:example:2"}]""")]
    [InlineData("validFrom", "\"2070-11-01T12:00:00.123Z\"")]
    [InlineData("validFrom", "\"2023-11-01T12:00:00-05:00\"")]
    [InlineData("validUntil", "\"2020-11-01T12:00:00Z\"")]
    [InlineData("credentialStatus", """{"type":"https://own.example/#Status"}""")]
    [InlineData("credentialSchema", """[{"id":"did:example:1","type":"https://own.example/#S"},{"id":"did:example:2","type":"https://own.example/#S"}]""")]
    [InlineData("refreshService", """{"id":"did:example:1","type":"https://own.example/#R"}""")]
    [InlineData("termsOfUse", """{"id":"did:example:1","type":"https://own.example/#T"}""")]
    [InlineData("evidence", """{"type":"https://own.example/#E"}""")]
    [InlineData("relatedResource", $$"""{"id":"did:example:1","digestSRI":"{{Sri}}","mediaType":"text/plain"}""")]
    public async Task A_sound_credential_is_signed(string member, string value)
    {
        using var client = conforming.App.Anonymous();
        using var answer = await client.PostTextAsync("/credentials/issue", Request(member, value));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        Assert.Equal("DataIntegrityProof", JsonNode.Parse(text)!["proof"]!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("@context", null)]
    [InlineData("@context", "[\"https://www.w3.org/ns/credentials/examples/v2\"]")]
    [InlineData("@context", $"[\"{V2}\",\"https ://no.example/v1\"]")]
    [InlineData("@context", $"[\"{V2}\",52443828]")]
    [InlineData("@context", $"[\"{V2}\",\"https://unknown.example/context\"]")]
    [InlineData("@context", $"[\"{V2}\",{{\"VerifiableCredential\":\"https://own.example/#Bad\"}}]")]
    [InlineData("@context", $"[\"{V2}\",{{\"@protected\":true,\"Own\":\"https://own.example/#Own\"}},{{\"Own\":\"https://own.example/#Other\"}}]")]
    [InlineData("id", "null")]
    [InlineData("id", "[\"did:example:1\",\"did:example:2\"]")]
    [InlineData("id", "\"https ://no.example\"")]
    [InlineData("type", null)]
    [InlineData("type", "[\"VerifiableCredential\",\"UnmappedCredential\"]")]
    [InlineData("type", "[\"https://own.example/#A\"]")]
    [InlineData("name", """{"@value":"Badge","@language":"en","url":"did:example:1"}""")]
    [InlineData("issuer", "null")]
    [InlineData("issuer", "4")]
    [InlineData("issuer", "\"not-a-url\"")]
    [InlineData("issuer", "{\"id\":null}")]
    [InlineData("issuer", "{\"id\":\"not-a-url\"}")]
    [InlineData("credentialSubject", null)]
    [InlineData("credentialSubject", "{}")]
    [InlineData("credentialSubject", """[{"id":"did:example:1"},{}]""")]
    [InlineData("credentialSubject", """{"id":["did:example:1","did:example:2"]}""")]
    [InlineData("validFrom", "\"2023-11-01 12:00\"")]
    [InlineData("validUntil", "\"1900-01-01T00:00:00\"")]
    [InlineData("credentialStatus", """{"id":"did:example:1"}""")]
    [InlineData("credentialStatus", """{"id":["did:example:1","did:example:2"],"type":"https://own.example/#Status"}""")]
    [InlineData("credentialStatus", """{"id":"did:example:1","type":"UnmappedStatus"}""")]
    [InlineData("credentialSchema", """{"type":"https://own.example/#S"}""")]
    [InlineData("refreshService", """{"id":"did:example:1"}""")]
    [InlineData("termsOfUse", """{"id":"did:example:1"}""")]
    [InlineData("evidence", """{"id":"did:example:1"}""")]
    [InlineData("relatedResource", """["did:example:1"]""")]
    [InlineData("relatedResource", """{"id":"did:example:1"}""")]
    [InlineData("relatedResource", """{"id":"did:example:1","digestSRI":"sha256-315f5bdb76d078c43b8ac0064e4a0164612b1fce77c869345bfc94c75894edd3"}""")]
    [InlineData("statusEntry", """{"type":"BitstringStatusListEntry","statusListIndex":true}""")]
    public async Task A_credential_that_breaks_the_data_model_is_not_signed(string member, string? value)
    {
        using var client = conforming.App.Anonymous();
        using var answer = await client.PostTextAsync("/credentials/issue", Request(member, value));

        await answer.RefusesAsync(400, "conformance.refused");
    }

    [Fact]
    public async Task A_period_that_ends_before_it_begins_is_not_signed()
    {
        using var client = conforming.App.Anonymous();
        var body = JsonNode.Parse(Request("validFrom", "\"2035-01-01T00:00:00Z\""))!;
        body["credential"]!["validUntil"] = "2025-01-01T00:00:00Z";

        using var answer = await client.PostTextAsync("/credentials/issue", body.ToJsonString());

        await answer.RefusesAsync(400, "conformance.refused");
    }

    [Fact]
    public async Task A_credential_of_version_1_gets_the_context_of_its_proof()
    {
        using var client = conforming.App.Anonymous();
        const string Credential = """{"credential":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],"issuanceDate":"2024-01-01T00:00:00Z","credentialSubject":{"id":"did:example:1"}}}""";

        using var answer = await client.PostTextAsync("/credentials/issue", Credential);
        var issued = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal("https://w3id.org/security/data-integrity/v2", issued["@context"]![1]!.GetValue<string>());
        using var verified = await client.PostTextAsync("/credentials/verify", new JsonObject { ["verifiableCredential"] = issued }.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
    }

    private static string Request(string member, string? value)
    {
        var credential = JsonNode.Parse($$"""{"@context":["{{V2}}"],"type":["VerifiableCredential"],"credentialSubject":{"id":"did:example:subject"} }""")!.AsObject();
        if (value is null)
        {
            credential.Remove(member);
        }
        else
        {
            credential[member] = JsonNode.Parse(value);
        }

        return new JsonObject { ["credential"] = credential, ["options"] = new JsonObject() }.ToJsonString();
    }
}
