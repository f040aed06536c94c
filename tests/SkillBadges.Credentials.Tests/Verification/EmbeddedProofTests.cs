using System.Text;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.StatusLists;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests.Verification;

/// <summary>Credentials with Data Integrity proofs, through the whole verifier.</summary>
public sealed class EmbeddedProofTests
{
    private static readonly DataIntegrity integrity = new(KnownContexts.Library);

    private readonly VerifierWorld world = new();

    public EmbeddedProofTests()
    {
        world.Document = DidDocument.For(VerifierWorld.School, [
            .. world.Document.Methods, VerificationMethod.For(VerifierWorld.School, VerifierWorld.Key.Public, KeyForm.Multikey, null)]);
    }

    public static TheoryData<string> Suites => new(Cryptosuites.All.Where(suite => !suite.IsVerifyOnly).Select(suite => suite.Name));

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task What_the_school_signed_is_valid(string suite)
    {
        var report = await world.VerifyAsync(Sign(VerifierWorld.Unsigned(), suite));
        Assert.Equal((Verdict.Valid, "ok", CredentialFormat.Json), (report.Verdict, report.Code, report.Format));
        Assert.Equal((CheckOutcome.Skipped, "no-claims"), (report[CheckName.Claims].Outcome, report[CheckName.Claims].Code));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task A_changed_member_is_found(string suite)
    {
        var signed = Encoding.UTF8.GetString(Sign(VerifierWorld.Unsigned(), suite));
        foreach (var (from, to) in new[] { ("SMAW fillet weld", "TIG weld"), ("\"achievedLevel\":\"urn:level:3\"", "\"achievedLevel\":\"urn:level:2\""), ("0a4c1f8e", "0a4c1f8f"), ("\"4711\"", "\"4712\""), ("2026-05-01T12", "2026-05-01T11") })
        {
            Assert.Contains(from, signed, StringComparison.Ordinal);
            var report = await world.VerifyAsync(signed.Replace(from, to, StringComparison.Ordinal));
            Assert.Equal((Verdict.Invalid, "signature"), (report.Verdict, report.Code));
        }
    }

    [Fact]
    public async Task An_attackers_proof_under_the_schools_name_is_refused_and_nobody_is_asked()
    {
        using var attacker = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var report = await world.VerifyAsync(Sign(VerifierWorld.Unsigned(), "eddsa-rdfc-2022", LocalSigner.ForDidKey(attacker)));
        Assert.Equal((Verdict.Invalid, "issuer-key-mismatch"), (report.Verdict, report.Code));
        Assert.Empty(world.Asked);
    }

    [Fact]
    public async Task An_attackers_proof_beside_the_schools_changes_nothing()
    {
        using var attacker = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var both = Sign(Sign(VerifierWorld.Unsigned(), "eddsa-rdfc-2022"), "eddsa-rdfc-2022", LocalSigner.ForDidKey(attacker));
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(both)).Verdict);
        var tampered = Encoding.UTF8.GetString(both).Replace("SMAW", "GMAW", StringComparison.Ordinal);
        Assert.Equal(Verdict.Invalid, (await world.VerifyAsync(tampered)).Verdict);
    }

    [Fact]
    public async Task Where_every_proof_must_hold_one_that_does_not_is_enough_to_refuse()
    {
        using var attacker = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var own = Sign(VerifierWorld.Unsigned(), "eddsa-rdfc-2022");
        var strict = new CredentialVerifier(world.Ports with { EveryProofMustHold = true });
        Assert.Equal(Verdict.Valid, (await strict.VerifyAsync(own, CancellationToken.None)).Verdict);
        Assert.Equal(Verdict.Valid, (await strict.VerifyAsync(Sign(own, "eddsa-jcs-2022"), CancellationToken.None)).Verdict);
        Assert.Equal((Verdict.Invalid, "issuer-key-mismatch"), Outcome(await strict.VerifyAsync(Sign(own, "eddsa-rdfc-2022", LocalSigner.ForDidKey(attacker)), CancellationToken.None)));

        var spoiled = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(Sign(own, "eddsa-rdfc-2022"))!;
        spoiled["proof"]![1]!["created"] = "2026-05-01T00:00:01Z";
        var bytes = Encoding.UTF8.GetBytes(spoiled.ToJsonString());
        Assert.Equal((Verdict.Invalid, "signature"), Outcome(await strict.VerifyAsync(bytes, CancellationToken.None)));
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(bytes)).Verdict);
    }

    [Fact]
    public async Task A_proof_for_another_purpose_is_refused()
    {
        var signed = await integrity.AddProofAsync(
            VerifierWorld.Unsigned(),
            new ProofOptions(Cryptosuites.EddsaRdfc2022) { ProofPurpose = "authentication" },
            LocalSigner.For(VerifierWorld.School, VerifierWorld.Ed25519Key),
            CancellationToken.None);
        Assert.Equal((Verdict.Invalid, "proof.purpose-mismatch"), Outcome(await world.VerifyAsync(signed)));
    }

    [Fact]
    public async Task A_proof_made_with_a_compromised_key_is_refused_by_its_own_date_too()
    {
        var revoked = SampleCredential.ValidFrom.AddDays(7);
        world.Document = DidDocument.For(VerifierWorld.School, [
            VerificationMethod.For(VerifierWorld.School, VerifierWorld.Key.Public, null), VerificationMethod.For(VerifierWorld.School, VerifierWorld.Ed25519Key.Public, revoked)]);
        Assert.Equal("key-compromised", (await world.VerifyAsync(Sign(VerifierWorld.Unsigned(), "eddsa-rdfc-2022", created: revoked))).Code);
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(Sign(VerifierWorld.Unsigned(), "eddsa-rdfc-2022", created: revoked.AddSeconds(-1)))).Verdict);
    }

    [Fact]
    public async Task A_context_that_is_not_ours_is_never_fetched()
    {
        var signed = Encoding.UTF8.GetString(Sign(VerifierWorld.Unsigned(), "eddsa-rdfc-2022")).Replace(
            "context-3.0.3.json\"", "context-3.0.3.json\",\"https://evil.example/context.jsonld\"", StringComparison.Ordinal);
        var report = await world.VerifyAsync(signed);
        Assert.Equal((Verdict.Invalid, "proof.document-unprocessable"), (report.Verdict, report.Code));
        Assert.DoesNotContain("https://evil.example/context.jsonld", world.Asked);
    }

    [Fact]
    public async Task A_term_that_no_context_defines_cannot_ride_along()
    {
        var signed = Encoding.UTF8.GetString(Sign(VerifierWorld.Unsigned(), "eddsa-rdfc-2022"));
        var report = await world.VerifyAsync(signed.Replace("\"version\":\"3\"", "\"version\":\"3\",\"salaryGrade\":\"9\"", StringComparison.Ordinal));
        Assert.Equal(Verdict.Invalid, report.Verdict);
        Assert.False(report.SignatureHolds);
    }

    /// <summary>The same statements, so that the proof holds, with the end date or the status where no reader looks for it.</summary>
    [Theory]
    [InlineData("full IRI", "\"validUntil\":\"2026-05-02T00:00:00Z\"", "\"https://www.w3.org/2018/credentials#validUntil\":{\"@type\":\"http://www.w3.org/2001/XMLSchema#dateTime\",\"@value\":\"2026-05-02T00:00:00Z\"}")]
    [InlineData("nest", "\"validUntil\":\"2026-05-02T00:00:00Z\"", "\"@nest\":{\"validUntil\":\"2026-05-02T00:00:00Z\"}")]
    [InlineData("alias", "context-3.0.3.json\"]", "context-3.0.3.json\",{\"end\":{\"@id\":\"https://www.w3.org/2018/credentials#validUntil\",\"@type\":\"http://www.w3.org/2001/XMLSchema#dateTime\"}}]", "\"validUntil\"", "\"end\"")]
    [InlineData("alias by prefix", "context-3.0.3.json\"]", "context-3.0.3.json\",{\"c\":\"https://www.w3.org/2018/credentials#\",\"end\":{\"@id\":\"c:validUntil\",\"@type\":\"http://www.w3.org/2001/XMLSchema#dateTime\"}}]", "\"validUntil\"", "\"end\"")]
    public async Task What_was_signed_cannot_be_hidden_by_spelling_it_otherwise(string way, string from, string to, string alsoFrom = "", string alsoTo = "")
    {
        Assert.NotEmpty(way);
        var signed = Encoding.UTF8.GetString(Sign(VerifierWorld.Unsigned(json => json["validUntil"] = "2026-05-02T00:00:00Z"), "eddsa-rdfc-2022"));
        Assert.Equal(Verdict.Expired, (await world.VerifyAsync(signed)).Verdict);
        Assert.Contains(from, signed, StringComparison.Ordinal);
        var hidden = signed.Replace(from, to, StringComparison.Ordinal);
        hidden = alsoFrom.Length == 0 ? hidden : hidden.Replace(alsoFrom, alsoTo, StringComparison.Ordinal);

        // Without this rule the proof itself holds, which is what makes the rule needed.
        var proofs = integrity.Verify(SecuredDocument.Read(Encoding.UTF8.GetBytes(hidden)), _ => VerifierWorld.Ed25519Key.Public, new ProofExpectations(world.Now));
        Assert.True(Assert.Single(proofs).Holds, proofs[0].Fault?.Message);
        Assert.Equal((Verdict.Invalid, "json-ld-form"), Outcome(await world.VerifyAsync(hidden)));
    }

    [Fact]
    public async Task An_issuers_own_terms_do_no_harm()
    {
        var signed = Sign(
            VerifierWorld.Unsigned(json =>
            {
                json["@context"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["shopFloor"] = "https://north.example/terms#shopFloor" });
                json["credentialSubject"]!["shopFloor"] = "Hall 3";
            }),
            "eddsa-rdfc-2022");
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(signed)).Verdict);
    }

    [Theory]
    [InlineData("{\"id\":\"https://north.example/credentials/7f3b2a10\",\"type\":[\"Evidence\"]}", "ok")]
    [InlineData("{\"id\":\"https://north.example/credentials/7f3b2a10\",\"type\":[\"Evidence\"],\"name\":\"Plate\"}", "json-ld-form")]
    public async Task A_second_object_with_the_credentials_id_may_refer_to_it_and_no_more(string evidence, string code)
    {
        var signed = Sign(
            VerifierWorld.Unsigned(json => json["evidence"] = new System.Text.Json.Nodes.JsonArray(System.Text.Json.Nodes.JsonNode.Parse(evidence))), "eddsa-rdfc-2022");
        Assert.Equal(code, (await world.VerifyAsync(signed)).Code);
    }

    [Fact]
    public async Task Many_proofs_on_a_large_document_do_not_have_it_read_again_and_again()
    {
        var claims = new System.Text.Json.Nodes.JsonArray([.. Enumerable.Range(0, 8000).Select(number => (System.Text.Json.Nodes.JsonNode)new System.Text.Json.Nodes.JsonObject { ["name"] = $"Claim {number} of a document that is large" })]);
        var credential = Encoding.UTF8.GetBytes(new System.Text.Json.Nodes.JsonObject
        {
            ["@context"] = new System.Text.Json.Nodes.JsonArray("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"),
            ["type"] = new System.Text.Json.Nodes.JsonArray("VerifiableCredential"),
            ["issuer"] = VerifierWorld.School,
            ["credentialSubject"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "urn:a:1", ["claim"] = claims },
        }.ToJsonString());
        var signer = LocalSigner.For(VerifierWorld.School, VerifierWorld.Ed25519Key);
        var chain = await integrity.AddProofAsync(credential, new ProofOptions(Cryptosuites.EddsaRdfc2022) { Id = "urn:p:0" }, signer, CancellationToken.None);
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(chain)).Verdict);
        for (var number = 1; number < 4; number++)
        {
            chain = await integrity.AddProofAsync(chain, new ProofOptions(Cryptosuites.EddsaRdfc2022) { Id = $"urn:p:{number}", PreviousProof = [$"urn:p:{number - 1}"] }, signer, CancellationToken.None);
        }

        var outcomes = integrity.Verify(SecuredDocument.Read(chain), _ => VerifierWorld.Ed25519Key.Public, new ProofExpectations(world.Now));
        Assert.True(outcomes[0].Holds);
        Assert.Contains("proof.too-much-work", outcomes[3].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_that_is_not_known_could_not_be_checked()
    {
        var signed = Encoding.UTF8.GetString(Sign(VerifierWorld.Unsigned(), "eddsa-rdfc-2022")).Replace("eddsa-rdfc-2022", "ecdsa-sd-2023", StringComparison.Ordinal);
        Assert.Equal((Verdict.CouldNotBeChecked, "proof.suite-unknown"), Outcome(await world.VerifyAsync(signed)));
    }

    [Fact]
    public async Task A_list_with_an_embedded_proof_is_read()
    {
        world.Revocations[4711] = 1;
        var list = new StatusListCredential(VerifierWorld.RevocationList, VerifierWorld.School, ["revocation"], world.Revocations.Encode(), null, null, null);
        world.Web[VerifierWorld.RevocationList] = () => Fetched.Found(Sign(list.Write(), "eddsa-rdfc-2022"));
        Assert.Equal((Verdict.RevokedOrSuspended, "revoked"), Outcome(await world.VerifyAsync(VerifierWorld.Issue())));
    }

    internal static byte[] Sign(ReadOnlyMemory<byte> document, string suite, ISigner? signer = null, DateTimeOffset? created = null)
    {
        var declared = Cryptosuites.Find("DataIntegrityProof", suite)!;
        var own = declared.SignsWith(SignatureAlgorithm.EdDSA)
            ? LocalSigner.For(VerifierWorld.School, VerifierWorld.Ed25519Key)
            : new LocalSigner(VerifierWorld.Key, $"{VerifierWorld.School}#{VerifierWorld.Key.Public.Multikey}");
        return integrity.AddProofAsync(document, new ProofOptions(declared) { Created = created }, signer ?? own, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private static (Verdict Verdict, string Code) Outcome(VerificationReport report) => (report.Verdict, report.Code);
}
