using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests.Verification;

/// <summary>Presentations: the credentials in them, and whether the learner was there.</summary>
public sealed class PresentationTests : IDisposable
{
    private static readonly PresentationExpectation asked = new("k3JmF0Y2hhbGxlbmdlLTEyOA", "verify.example");
    private static readonly DataIntegrity integrity = new(KnownContexts.Library);

    private readonly VerifierWorld world = new();
    private readonly PrivateKey learner = PrivateKey.Generate(SignatureAlgorithm.EdDSA);

    private string LearnerDid => DidKey.Of(learner.Public);

    public void Dispose() => learner.Dispose();

    [Fact]
    public async Task The_learner_who_answers_the_challenge_is_proven()
    {
        var report = await VerifyAsync(await EmbeddedAsync(Presentation(CredentialFor(LearnerDid))), asked);
        Assert.Equal((Verdict.Valid, HolderProof.Proven, "ok"), (report.Verdict, report.Holder, report.Code));
        Assert.Equal(CredentialFormat.Presentation, report.Format);
        Assert.Equal("/verifiableCredential/0", Assert.Single(report.Inner).Place);
    }

    [Fact]
    public async Task A_token_can_answer_as_well()
    {
        var report = await VerifyAsync(await TokenAsync(Presentation(CredentialFor(LearnerDid))), asked);
        Assert.Equal((Verdict.Valid, HolderProof.Proven), (report.Verdict, report.Holder));
    }

    [Fact]
    public async Task Without_a_question_nothing_is_proven()
    {
        var report = await VerifyAsync(await EmbeddedAsync(Presentation(CredentialFor(LearnerDid))), null);
        Assert.Equal((Verdict.Valid, HolderProof.NotProven), (report.Verdict, report.Holder));
    }

    [Fact]
    public async Task An_unsigned_presentation_proves_nothing_but_is_read()
    {
        var report = await VerifyAsync(Presentation(CredentialFor(LearnerDid)).ToJsonString(), asked);
        Assert.Equal((Verdict.Valid, HolderProof.NotProven), (report.Verdict, report.Holder));
        Assert.Equal("presentation-unsigned", report[CheckName.Signature].Code);
    }

    [Fact]
    public async Task Somebody_elses_credential_is_valid_but_its_holder_is_not_proven()
    {
        var report = await VerifyAsync(await EmbeddedAsync(Presentation(CredentialFor("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"))), asked);
        Assert.Equal((Verdict.Valid, HolderProof.NotProven), (report.Verdict, report.Holder));
        Assert.Equal("holder-not-subject", report[CheckName.Holder].Code);
    }

    [Theory]
    [InlineData("another challenge", "verify.example", "proof.challenge-mismatch")]
    [InlineData(null, "verify.example", "proof.challenge-mismatch")]
    [InlineData("k3JmF0Y2hhbGxlbmdlLTEyOA", "evil.example", "proof.domain-mismatch")]
    [InlineData("k3JmF0Y2hhbGxlbmdlLTEyOA", null, "proof.domain-mismatch")]
    public async Task A_replayed_presentation_is_refused(string? challenge, string? domain, string code)
    {
        var report = await VerifyAsync(await EmbeddedAsync(Presentation(CredentialFor(LearnerDid)), challenge, domain), asked);
        Assert.Equal((Verdict.Invalid, HolderProof.NotProven, code), (report.Verdict, report.Holder, report.Code));
    }

    [Theory]
    [InlineData("another challenge", "verify.example", "challenge-mismatch")]
    [InlineData("k3JmF0Y2hhbGxlbmdlLTEyOA", "evil.example", "domain-mismatch")]
    public async Task A_replayed_token_is_refused(string challenge, string domain, string code)
    {
        var presentation = Presentation(CredentialFor(LearnerDid));
        presentation["nonce"] = challenge;
        presentation["aud"] = domain;
        var report = await VerifyAsync(await TokenAsync(presentation, answer: false), asked);
        Assert.Equal((Verdict.Invalid, HolderProof.NotProven, code), (report.Verdict, report.Holder, report.Code));
    }

    [Fact]
    public async Task A_presentation_signed_by_another_than_its_holder_is_refused()
    {
        using var thief = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var report = await VerifyAsync(await EmbeddedAsync(Presentation(CredentialFor(LearnerDid)), key: thief), asked);
        Assert.Equal((Verdict.Invalid, "issuer-key-mismatch"), (report.Verdict, report.Code));
    }

    [Fact]
    public async Task A_presentation_is_worth_what_its_worst_credential_is()
    {
        world.Revocations[4711] = 1;
        var report = await VerifyAsync(await EmbeddedAsync(Presentation(CredentialFor(LearnerDid))), asked);
        Assert.Equal((Verdict.RevokedOrSuspended, "revoked"), (report.Verdict, report.Code));
        world.Revocations[4711] = 0;
        world.Trusted.Clear();
        report = await VerifyAsync(await EmbeddedAsync(Presentation(CredentialFor(LearnerDid))), asked);
        Assert.Equal((Verdict.ValidIssuerUnknown, "issuer-unknown"), (report.Verdict, report.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_holder_the_one_whose_key_signed_is_presenting(bool asToken)
    {
        var presentation = Presentation(CredentialFor(LearnerDid));
        presentation.Remove("holder");
        var report = await VerifyAsync(asToken ? await TokenAsync(presentation) : await EmbeddedAsync(presentation), asked);
        Assert.Equal((Verdict.Valid, HolderProof.Proven), (report.Verdict, report.Holder));

        using var thief = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var stolen = Presentation(CredentialFor(LearnerDid));
        stolen.Remove("holder");
        report = await VerifyAsync(await EmbeddedAsync(stolen, key: thief), asked);
        Assert.Equal((Verdict.Valid, HolderProof.NotProven, "holder-not-subject"), (report.Verdict, report.Holder, report[CheckName.Holder].Code));
    }

    [Theory]
    [InlineData("holder", "7", "shape-holder")]
    [InlineData("holder", "{\"id\":\"z6Mk\"}", "shape-holder")]
    [InlineData("holder", "{}", "shape-holder")]
    [InlineData("id", "\"no url\"", "shape-id")]
    [InlineData("id", "null", "shape-id")]
    [InlineData("type", "[\"VerifiablePresentation\",7]", "shape-type")]
    [InlineData("@context", "[\"https://www.w3.org/ns/credentials/examples/v2\",\"https://www.w3.org/ns/credentials/v2\"]", "shape-context")]
    [InlineData("@context", "[\"https://www.w3.org/ns/credentials/v2\",123192875]", "shape-context")]
    [InlineData("verifiableCredential", "[\"eyJ.eyJ.x\"]", "shape-credentials")]
    [InlineData("verifiableCredential", "7", "shape-credentials")]
    [InlineData("termsOfUse", "{\"id\":\"urn:a:1\"}", "shape-member")]
    public async Task A_presentation_that_bends_the_data_model_is_refused(string member, string value, string code)
    {
        var presentation = Presentation(CredentialFor(LearnerDid));
        presentation[member] = JsonNode.Parse(value);
        var report = await VerifyAsync(presentation.ToJsonString(), asked);
        Assert.Equal((Verdict.Invalid, code), (report.Verdict, report[CheckName.Shape].Code));
    }

    [Fact]
    public async Task A_presentation_does_not_pass_for_a_credential_in_another()
    {
        var inner = Presentation(CredentialFor(LearnerDid));
        var outer = Presentation();
        outer["verifiableCredential"] = new JsonArray(inner);
        var report = await VerifyAsync(outer.ToJsonString(), null);
        Assert.Equal((Verdict.Invalid, "presentation-inside"), (report.Verdict, report.Code));
    }

    [Fact]
    public async Task A_presentation_of_nothing_is_refused()
    {
        var report = await VerifyAsync(await EmbeddedAsync(Presentation()), asked);
        Assert.Equal((Verdict.Invalid, "presentation-empty"), (report.Verdict, report.Code));
    }

    [Fact]
    public async Task A_tokens_type_has_to_fit_what_is_in_it()
    {
        var signer = LocalSigner.ForDidKey(learner);
        var asCredential = Encoding.ASCII.GetString(await VcJwt.SignAsync(Encoding.UTF8.GetBytes(Presentation().ToJsonString()), signer, VcJwtProfile.VcJose, CancellationToken.None));
        Assert.Equal("jwt.typ", (await VerifyAsync(asCredential, asked)).Code);
        var asPresentation = Encoding.ASCII.GetString(await VcJwt.SignAsync(SampleCredential.Bytes(), signer, VcJwtProfile.VpJose, CancellationToken.None));
        Assert.Equal("jwt.typ", (await VerifyAsync(asPresentation, asked)).Code);
    }

    private static string CredentialFor(string subject) => VerifierWorld.Issue(json => json["credentialSubject"]!["id"] = subject, VcJwtProfile.VcJose);

    private JsonObject Presentation(params string[] tokens) => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["type"] = new JsonArray("VerifiablePresentation"),
        ["holder"] = LearnerDid,
        ["verifiableCredential"] = new JsonArray([.. tokens.Select(token => new JsonObject
        {
            ["@context"] = "https://www.w3.org/ns/credentials/v2",
            ["id"] = "data:application/vc+jwt," + token,
            ["type"] = "EnvelopedVerifiableCredential",
        })]),
    };

    private async Task<string> EmbeddedAsync(JsonObject presentation, string? challenge = "k3JmF0Y2hhbGxlbmdlLTEyOA", string? domain = "verify.example", PrivateKey? key = null)
    {
        var options = new ProofOptions(Cryptosuites.EddsaRdfc2022) { ProofPurpose = "authentication", Challenge = challenge, Domain = domain is null ? [] : [domain] };
        return Encoding.UTF8.GetString(await integrity.AddProofAsync(
            Encoding.UTF8.GetBytes(presentation.ToJsonString()), options, LocalSigner.ForDidKey(key ?? learner), CancellationToken.None));
    }

    private async Task<string> TokenAsync(JsonObject presentation, bool answer = true)
    {
        if (answer)
        {
            presentation["nonce"] = asked.Challenge;
            presentation["aud"] = asked.Domain;
        }

        return Encoding.ASCII.GetString(await VcJwt.SignAsync(Encoding.UTF8.GetBytes(presentation.ToJsonString()), LocalSigner.ForDidKey(learner), VcJwtProfile.VpJose, CancellationToken.None));
    }

    private async Task<VerificationReport> VerifyAsync(string text, PresentationExpectation? expected) => expected is null
        ? await world.VerifyAsync(text)
        : await new CredentialVerifier(world.Ports).VerifyAsync(Encoding.UTF8.GetBytes(text), expected, CancellationToken.None);
}
