using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.App.Tests.Conformance;

/// <summary>What suites send to be checked: signed by themselves, spoiled in one place, with what they expect of it.</summary>
public sealed class SuiteVerifyingTests(ConformingApp conforming) : IClassFixture<ConformingApp>, IDisposable
{
    private const string Verify = "/credentials/verify";
    private const string VerifyPresentation = "/presentations/verify";

    private static readonly DataIntegrity integrity = new(KnownContexts.Library);

    private readonly PrivateKey key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);

    private string Did => LocalSigner.ForDidKey(key).VerificationMethod.Split('#')[0];

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task A_good_one_is_answered_with_the_words_that_suites_read()
    {
        var answer = await OkAsync(Verify, Body("verifiableCredential", await CredentialAsync(), """{"checks":["proof"],"returnCredential":true}"""));

        Assert.True(answer["verified"]!.GetValue<bool>());
        Assert.Empty(answer["errors"]!.AsArray());
        Assert.Contains("signature", answer["checks"]!.AsArray().Select(check => check!.GetValue<string>()));
        Assert.Equal(["issuer-unknown"], answer["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()));
        Assert.Equal("urn:uuid:1", answer["verifiableCredential"]!["id"]!.GetValue<string>());
        Assert.Equal("valid-issuer-unknown", answer["report"]!["verdict"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("type", null)]
    [InlineData("type", "\"UnknownProof\"")]
    [InlineData("cryptosuite", null)]
    [InlineData("cryptosuite", "\"eddsa-jcs-2022\"")]
    [InlineData("cryptosuite", "\"unknown-2022\"")]
    [InlineData("verificationMethod", null)]
    [InlineData("verificationMethod", "\"did:key:no-key\"")]
    [InlineData("proofPurpose", null)]
    [InlineData("proofPurpose", "\"authentication\"")]
    [InlineData("proofValue", null)]
    [InlineData("proofValue", "null")]
    [InlineData("proofValue", "\"z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh\"")]
    [InlineData("created", null)]
    [InlineData("created", "\"2024-01-01T00:00:00\"")]
    [InlineData("expires", "\"2024-01-01T00:00:00\"")]
    [InlineData("previousProof", "\"urn:uuid:none\"")]
    [InlineData("previousProof", "[\"urn:uuid:none\"]")]
    public async Task A_spoiled_proof_is_refused(string member, string? value)
    {
        var credential = await CredentialAsync();
        var proof = credential["proof"]!.AsObject();
        if (value is null)
        {
            proof.Remove(member);
        }
        else
        {
            proof[member] = JsonNode.Parse(value);
        }

        await RefusedAsync(Verify, Body("verifiableCredential", credential));
    }

    [Fact]
    public async Task What_is_no_proof_is_refused()
    {
        foreach (var proof in new[] { "null", "\"text\"", "10", "[]", "{}" })
        {
            var credential = await CredentialAsync();
            credential["proof"] = JsonNode.Parse(proof);
            await RefusedAsync(Verify, Body("verifiableCredential", credential));
        }

        var shifted = await CredentialAsync();
        shifted["proof"]!["proofValue"] = shifted["proof"]!["proofValue"]!.GetValue<string>()[1..];
        await RefusedAsync(Verify, Body("verifiableCredential", shifted));
    }

    [Theory]
    [InlineData("""{"expectedProofPurpose":"authentication"}""")]
    [InlineData("""{"domain":"suite.example"}""")]
    [InlineData("""{"domain":"suite.example","challenge":"c-1"}""")]
    [InlineData("""{"challenge":{} }""")]
    [InlineData("""{"domain":["suite.example"]}""")]
    [InlineData("""{"expectedProofPurpose":null}""")]
    [InlineData("[]")]
    [InlineData("\"challenge\"")]
    public async Task A_proof_that_is_not_what_the_options_expect_is_refused(string options)
    {
        await RefusedAsync(Verify, Body("verifiableCredential", await CredentialAsync(), options));
    }

    [Fact]
    public async Task A_proof_that_is_what_the_options_expect_is_taken()
    {
        var credential = await SignAsync(Credential(), new ProofOptions(Cryptosuites.EddsaRdfc2022) { Domain = ["suite.example"], Challenge = "c-1" });

        await OkAsync(Verify, Body("verifiableCredential", credential, """{"expectedProofPurpose":"assertionMethod","domain":"suite.example","challenge":"c-1"}"""));
    }

    [Theory]
    [InlineData("/eddsa-rdfc-2022", SignatureAlgorithm.EdDSA, "eddsa-rdfc-2022")]
    [InlineData("/eddsa-jcs-2022", SignatureAlgorithm.EdDSA, "eddsa-jcs-2022")]
    [InlineData("/ecdsa-rdfc-2019/p256", SignatureAlgorithm.ES256, "ecdsa-rdfc-2019")]
    [InlineData("/ecdsa-rdfc-2019/p384", SignatureAlgorithm.ES384, "ecdsa-rdfc-2019")]
    [InlineData("/ecdsa-jcs-2019/p256", SignatureAlgorithm.ES256, "ecdsa-jcs-2019")]
    [InlineData("/ecdsa-jcs-2019/p384", SignatureAlgorithm.ES384, "ecdsa-jcs-2019")]
    public async Task The_address_of_a_suite_takes_that_suite_and_no_other(string path, SignatureAlgorithm algorithm, string name)
    {
        using var own = PrivateKey.Generate(algorithm);
        var signer = LocalSigner.ForDidKey(own);
        var unsigned = Credential();
        unsigned["issuer"] = signer.VerificationMethod.Split('#')[0];
        var credential = await SignAsync(unsigned, new ProofOptions(Cryptosuites.All.Single(suite => suite.Name == name)), signer);

        await OkAsync(Verify + path, Body("verifiableCredential", credential));
        foreach (var row in ConformanceTests.Paths.Select(row => ((string)row[0])["/credentials/issue".Length..]).Where(other => other.Length > 0 && other != path))
        {
            await RefusedAsync(Verify + row, Body("verifiableCredential", credential));
        }
    }

    [Fact]
    public async Task Each_proof_of_a_set_and_a_chain_has_to_hold()
    {
        var first = await SignAsync(Credential(), new ProofOptions(Cryptosuites.EddsaRdfc2022) { Id = "urn:uuid:first" });
        var chain = await SignAsync(first, new ProofOptions(Cryptosuites.EddsaRdfc2022) { Id = "urn:uuid:second", PreviousProof = ["urn:uuid:first"] });
        await OkAsync(Verify, Body("verifiableCredential", await SignAsync(first, new ProofOptions(Cryptosuites.EddsaJcs2022))));
        await OkAsync(Verify, Body("verifiableCredential", chain));

        foreach (var (place, member, value) in new[] { (0, "id", "urn:uuid:other"), (1, "id", "urn:uuid:other"), (1, "previousProof", "urn:uuid:other") })
        {
            var spoiled = chain.DeepClone();
            spoiled["proof"]![place]![member] = value;
            await RefusedAsync(Verify, Body("verifiableCredential", spoiled));
        }

        chain["proof"]!.AsArray().RemoveAt(0);
        await RefusedAsync(Verify, Body("verifiableCredential", chain));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"verifiableCredential":[]}""")]
    [InlineData("""{"id":"urn:uuid:2","@context":["https://www.w3.org/ns/credentials/v2",{"OwnPresentation":"https://own.example/#Own"}],"type":["VerifiablePresentation","OwnPresentation"]}""")]
    public async Task A_signed_presentation_may_hold_nothing_and_name_no_holder(string members)
    {
        await OkAsync(VerifyPresentation, Body("verifiablePresentation", await PresentAsync(JsonNode.Parse(members)!.AsObject())));
    }

    [Fact]
    public async Task A_presentation_is_its_holders_and_answers_what_was_asked()
    {
        var credential = await CredentialAsync();
        foreach (var holder in new[] { $"\"{Did}\"", $$"""{"id":"{{Did}}"}""" })
        {
            var presentation = await PresentAsync(new() { ["holder"] = JsonNode.Parse(holder), ["verifiableCredential"] = new JsonArray(credential.DeepClone()) });
            await OkAsync(VerifyPresentation, Body("verifiablePresentation", presentation, """{"checks":[]}"""));
            await OkAsync(VerifyPresentation, Body("verifiablePresentation", presentation, """{"challenge":"c-1","domain":"suite.example"}"""));
            await RefusedAsync(VerifyPresentation, Body("verifiablePresentation", presentation, """{"challenge":"c-2","domain":"suite.example"}"""));
            await RefusedAsync(VerifyPresentation, Body("verifiablePresentation", presentation, """{"challenge":"c-1","domain":"other.example"}"""));
            await RefusedAsync(VerifyPresentation, Body("verifiablePresentation", presentation, """{"domain":"other.example"}"""));
            await OkAsync(VerifyPresentation + "/eddsa-rdfc-2022", Body("verifiablePresentation", presentation));
            await RefusedAsync(VerifyPresentation + "/eddsa-jcs-2022", Body("verifiablePresentation", presentation));
            await RefusedAsync(Verify, Body("verifiableCredential", presentation));
        }

        await RefusedAsync(VerifyPresentation, Body("verifiablePresentation", credential));
        var unsigned = Presentation(new() { ["verifiableCredential"] = new JsonArray(credential.DeepClone()) });
        await OkAsync(VerifyPresentation, Body("verifiablePresentation", unsigned));
        await RefusedAsync(VerifyPresentation, Body("verifiablePresentation", unsigned, """{"challenge":"c-1"}"""));
        await RefusedAsync(VerifyPresentation, Body("verifiablePresentation", Presentation([])));
        await RefusedAsync(VerifyPresentation, Body("verifiablePresentation", await PresentAsync(new() { ["holder"] = "did:example:acme" })));
        await RefusedAsync(VerifyPresentation, Body("verifiablePresentation", await PresentAsync(new() { ["verifiableCredential"] = new JsonArray(Credential()) })));
    }

    [Theory]
    [InlineData("revocation")]
    [InlineData("suspension")]
    public async Task A_status_is_given_out_set_and_taken_back(string purpose)
    {
        using var client = conforming.App.Anonymous();
        var unsigned = Credential();
        unsigned.Remove("issuer");
        unsigned["id"] = $"urn:uuid:{purpose}";
        using var answer = await client.PostTextAsync($"/credentials/issue/status/{purpose}", Body("credential", unsigned));
        var issued = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var list = JsonNode.Parse(await client.GetStringAsync(new Uri(issued["credentialStatus"]!["statusListCredential"]!.GetValue<string>())))!;

        Assert.Equal("BitstringStatusListEntry", issued["credentialStatus"]!["type"]!.GetValue<string>());
        Assert.Equal(purpose, list["credentialSubject"]!["statusPurpose"]!.GetValue<string>());
        await OkAsync(Verify, Body("verifiableCredential", list));
        await OkAsync(Verify, Body("verifiableCredential", issued));

        Assert.Equal(HttpStatusCode.OK, await SetAsync("true"));
        await RefusedAsync(Verify, Body("verifiableCredential", issued));
        Assert.Equal(HttpStatusCode.OK, await SetAsync("false"));
        await OkAsync(Verify, Body("verifiableCredential", issued));
        Assert.Equal(HttpStatusCode.BadRequest, await SetAsync("\"yes\""));

        async Task<HttpStatusCode> SetAsync(string status)
        {
            using var set = await client.PostTextAsync("/credentials/status", $$"""{"credentialId":"urn:uuid:{{purpose}}","credentialStatus":{"type":"BitstringStatusListEntry","statusPurpose":"{{purpose}}"},"status":{{status}} }""");
            return set.StatusCode;
        }
    }

    private static string Body(string member, JsonNode value, string options = "{}") =>
        new JsonObject { [member] = value.DeepClone(), ["options"] = JsonNode.Parse(options) }.ToJsonString();

    private async Task<JsonNode> OkAsync(string path, string body)
    {
        using var client = conforming.App.Anonymous();
        using var answer = await client.PostTextAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private async Task RefusedAsync(string path, string body)
    {
        using var client = conforming.App.Anonymous();
        using var answer = await client.PostTextAsync(path, body);
        await answer.RefusesAsync(400, "conformance.refused");
    }

    private JsonObject Credential() => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["id"] = "urn:uuid:1",
        ["type"] = new JsonArray("VerifiableCredential"),
        ["issuer"] = Did,
        ["credentialSubject"] = new JsonObject { ["id"] = "did:example:subject" },
    };

    private Task<JsonNode> CredentialAsync() => SignAsync(Credential(), new ProofOptions(Cryptosuites.EddsaRdfc2022) { Created = conforming.App.Clock.GetUtcNow() });

    private static JsonObject Presentation(JsonObject members)
    {
        var presentation = new JsonObject { ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"), ["type"] = new JsonArray("VerifiablePresentation") };
        foreach (var (name, value) in members)
        {
            presentation[name] = value?.DeepClone();
        }

        return presentation;
    }

    private Task<JsonNode> PresentAsync(JsonObject members) => SignAsync(
        Presentation(members), new ProofOptions(Cryptosuites.EddsaRdfc2022) { ProofPurpose = "authentication", Challenge = "c-1", Domain = ["suite.example"] });

    private async Task<JsonNode> SignAsync(JsonNode document, ProofOptions options, LocalSigner? signer = null) => JsonNode.Parse(
        await integrity.AddProofAsync(Encoding.UTF8.GetBytes(document.ToJsonString()), options, signer ?? LocalSigner.ForDidKey(key), CancellationToken.None))!;
}
