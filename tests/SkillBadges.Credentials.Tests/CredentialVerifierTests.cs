using System.Text.Json.Nodes;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Tests.Verification;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests;

public sealed class CredentialVerifierTests
{
    private readonly VerifierWorld world = new();

    public static TheoryData<SignatureAlgorithm, VcJwtProfile> Kinds => new()
    {
        { SignatureAlgorithm.ES256, VcJwtProfile.OpenBadges },
        { SignatureAlgorithm.ES256, VcJwtProfile.VcJose },
        { SignatureAlgorithm.EdDSA, VcJwtProfile.OpenBadges },
        { SignatureAlgorithm.EdDSA, VcJwtProfile.VcJose },
        { SignatureAlgorithm.RS256, VcJwtProfile.OpenBadges },
        { SignatureAlgorithm.RS256, VcJwtProfile.VcJose },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_the_school_signed_is_valid(SignatureAlgorithm algorithm, VcJwtProfile profile)
    {
        var key = algorithm switch
        {
            SignatureAlgorithm.EdDSA => VerifierWorld.Ed25519Key,
            SignatureAlgorithm.RS256 => VerifierWorld.RsaKey,
            _ => VerifierWorld.Key,
        };
        var report = await world.VerifyAsync(VerifierWorld.Issue(profile: profile, key: key));
        Assert.Equal((Verdict.Valid, "ok"), (report.Verdict, report.Code));
        Assert.True(report.SignatureHolds);
        Assert.Equal(HolderProof.NotProven, report.Holder);
        Assert.Equal(Enum.GetValues<CheckName>(), report.Checks.Select(check => check.Name));
        Assert.All(report.Checks, check => Assert.NotEmpty(check.Sentence));
    }

    [Fact]
    public async Task The_level_and_its_descriptor_come_from_the_signed_bytes_alone()
    {
        var summary = (await world.VerifyAsync(VerifierWorld.Issue())).Credential!;
        var result = Assert.Single(summary.Results);
        Assert.Equal(("Penetration", "Proficient", "Works alone to standard."), (result.Measure, result.Level, result.Descriptor));
        Assert.Equal(("SMAW fillet weld", "3"), (summary.AchievementName, summary.AchievementVersion));
        Assert.Equal(("North High School", SampleCredential.Issuer), (summary.IssuerName, summary.IssuerId));
        Assert.Equal(SampleCredential.Subject, summary.SubjectId);
        Assert.Equal(SampleCredential.ValidFrom, summary.ValidFrom);
    }

    [Fact]
    public async Task An_issuer_on_no_list_is_unknown_though_the_signature_holds()
    {
        world.Trusted.Clear();
        var report = await world.VerifyAsync(VerifierWorld.Issue());
        Assert.Equal((Verdict.ValidIssuerUnknown, "issuer-unknown"), (report.Verdict, report.Code));
        Assert.True(report.SignatureHolds);
    }

    [Fact]
    public async Task An_attackers_key_for_the_schools_name_is_refused_and_nobody_is_asked()
    {
        var attacker = LocalSigner.ForDidKey(VerifierWorld.AttackerKey);
        var report = await world.VerifyAsync(VerifierWorld.Issue(key: VerifierWorld.AttackerKey, keyId: attacker.VerificationMethod));
        Assert.Equal((Verdict.Invalid, "issuer-key-mismatch"), (report.Verdict, report.Code));
        Assert.Equal(CheckOutcome.Failed, report[CheckName.IssuerKey].Outcome);
        Assert.Empty(world.Asked);
    }

    [Fact]
    public async Task An_attackers_key_in_the_header_is_refused()
    {
        var jwk = JwkOf(VerifierWorld.AttackerKey);
        var token = VerifierWorld.Sign($$"""{"alg":"ES256","typ":"JWT","jwk":{{jwk}}}""", VerifierWorld.Payload().ToJsonString(), VerifierWorld.AttackerKey);
        var report = await world.VerifyAsync(token);
        Assert.Equal((Verdict.Invalid, "issuer-key-mismatch"), (report.Verdict, report.Code));
    }

    [Fact]
    public async Task The_schools_own_key_in_the_header_does_no_harm()
    {
        var token = VerifierWorld.Sign($$"""{"alg":"ES256","typ":"JWT","jwk":{{JwkOf(VerifierWorld.Key)}}}""", VerifierWorld.Payload().ToJsonString());
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(token)).Verdict);
    }

    [Fact]
    public async Task An_attackers_own_did_key_is_valid_but_unknown_and_says_who_it_is()
    {
        var did = DidKey.Of(VerifierWorld.AttackerKey.Public);
        var token = VerifierWorld.Issue(
            json =>
            {
                json["issuer"]!["id"] = did;
                json.Remove("credentialStatus");
            },
            key: VerifierWorld.AttackerKey,
            keyId: LocalSigner.ForDidKey(VerifierWorld.AttackerKey).VerificationMethod);
        var report = await world.VerifyAsync(token);
        Assert.Equal(Verdict.ValidIssuerUnknown, report.Verdict);
        Assert.Equal(did, report.Credential!.IssuerId);
        Assert.Empty(world.Asked);
    }

    [Fact]
    public async Task A_verifier_for_interoperability_suites_takes_other_keys_and_never_says_valid()
    {
        var verifier = new CredentialVerifier(world.Ports with { KeysNeedNotBeTheIssuers = true });
        var others = VerifierWorld.Issue(
            json => json.Remove("credentialStatus"), key: VerifierWorld.AttackerKey, keyId: LocalSigner.ForDidKey(VerifierWorld.AttackerKey).VerificationMethod);
        foreach (var token in new[] { others, VerifierWorld.Issue() })
        {
            Assert.Equal((Verdict.ValidIssuerUnknown, "keys-not-bound"), Outcome(await verifier.VerifyAsync(SampleCredential.Utf8(token), CancellationToken.None)));
        }

        var forged = VerifierWorld.Issue(key: VerifierWorld.AttackerKey, keyId: LocalSigner.ForDidKey(VerifierWorld.Key).VerificationMethod);
        Assert.Equal((Verdict.Invalid, "signature"), Outcome(await verifier.VerifyAsync(SampleCredential.Utf8(forged), CancellationToken.None)));
    }

    [Fact]
    public async Task Before_the_signature_holds_only_the_issuers_document_is_asked_for()
    {
        var parts = VerifierWorld.Issue().Split('.');
        var report = await world.VerifyAsync($"{parts[0]}.{parts[1]}.{StrictBase64Url.Encode(new byte[64])}");
        Assert.Equal((Verdict.Invalid, "signature"), (report.Verdict, report.Code));
        Assert.Equal([VerifierWorld.SchoolDocument], world.Asked);
    }

    [Fact]
    public async Task Status_is_asked_for_after_the_signature_each_list_once()
    {
        await world.VerifyAsync(VerifierWorld.Issue());
        Assert.Equal([VerifierWorld.RevocationList, VerifierWorld.SuspensionList], world.Asked.Where(url => url != VerifierWorld.SchoolDocument));
        Assert.Equal(VerifierWorld.SchoolDocument, world.Asked[0]);
    }

    [Theory]
    [InlineData(FetchStatus.NotFound, "issuer-not-found")]
    [InlineData(FetchStatus.Unreachable, "issuer-unreachable")]
    [InlineData(FetchStatus.NotAllowed, "issuer-not-allowed")]
    public async Task A_key_out_of_reach_could_not_be_checked(FetchStatus status, string code)
    {
        world.Web[VerifierWorld.SchoolDocument] = () => new Fetched(status, default);
        var report = await world.VerifyAsync(VerifierWorld.Issue());
        Assert.Equal((Verdict.CouldNotBeChecked, code), (report.Verdict, report.Code));
        Assert.False(report.SignatureHolds);
    }

    [Fact]
    public async Task A_key_that_is_known_here_needs_no_document()
    {
        world.Web.Remove(VerifierWorld.SchoolDocument);
        world.Trusted[VerifierWorld.School] = new TrustedIssuer(VerifierWorld.School, [VerificationMethod.For(VerifierWorld.School, VerifierWorld.Key.Public, null)]);
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(VerifierWorld.Issue())).Verdict);
    }

    [Fact]
    public async Task A_web_address_as_issuer_is_checked_with_the_keys_known_here()
    {
        const string issuer = "https://old.example/issuer";
        var token = VerifierWorld.Issue(
            json =>
            {
                json["issuer"]!["id"] = issuer;
                json.Remove("credentialStatus");
            },
            keyId: "https://old.example/keys/1");
        Assert.Equal("issuer-key-mismatch", (await world.VerifyAsync(token)).Code);
        world.Trusted[issuer] = new TrustedIssuer(issuer, [new VerificationMethod("https://old.example/keys/1", VerifierWorld.Key.Public, KeyForm.JsonWebKey, null, null)]);
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(token)).Verdict);
    }

    [Fact]
    public async Task A_retired_key_that_stays_published_still_verifies()
    {
        using var fresh = PrivateKey.Generate(SignatureAlgorithm.ES256);
        world.Document = DidDocument.For(VerifierWorld.School, [
            VerificationMethod.For(VerifierWorld.School, fresh.Public, null), VerificationMethod.For(VerifierWorld.School, VerifierWorld.Key.Public, null)]);
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(VerifierWorld.Issue())).Verdict);
    }

    [Theory]
    [InlineData(-1, Verdict.Invalid)]
    [InlineData(0, Verdict.Invalid)]
    [InlineData(1, Verdict.Valid)]
    public async Task A_compromised_key_counts_for_what_came_before(int secondsAfterIssue, Verdict verdict)
    {
        // The lists are signed by another key of the school.
        world.Document = DidDocument.For(VerifierWorld.School, [
            VerificationMethod.For(VerifierWorld.School, VerifierWorld.Key.Public, null),
            VerificationMethod.For(VerifierWorld.School, VerifierWorld.Ed25519Key.Public, SampleCredential.ValidFrom.AddSeconds(secondsAfterIssue))]);
        var report = await world.VerifyAsync(VerifierWorld.Issue(key: VerifierWorld.Ed25519Key));
        Assert.Equal((verdict, verdict == Verdict.Valid ? "ok" : "key-compromised"), (report.Verdict, report.Code));
    }

    [Fact]
    public async Task Local_word_of_a_compromise_outranks_the_document()
    {
        var method = VerificationMethod.For(VerifierWorld.School, VerifierWorld.Key.Public, SampleCredential.ValidFrom.AddDays(-1));
        world.Trusted[VerifierWorld.School] = new TrustedIssuer(VerifierWorld.School, [method]);
        Assert.Equal("key-compromised", (await world.VerifyAsync(VerifierWorld.Issue())).Code);
    }

    [Fact]
    public async Task A_key_that_expired_before_the_issue_date_does_not_count()
    {
        world.Document = DidDocument.For(VerifierWorld.School, [
            VerificationMethod.For(VerifierWorld.School, VerifierWorld.Key.Public, null) with { Expires = SampleCredential.ValidFrom }]);
        Assert.Equal("key-expired", (await world.VerifyAsync(VerifierWorld.Issue())).Code);
    }

    [Fact]
    public async Task A_key_that_only_signs_in_is_no_issuers_key()
    {
        world.Document = world.Document with { AssertionMethods = [] };
        Assert.Equal((Verdict.Invalid, "key-not-for-this"), Outcome(await world.VerifyAsync(VerifierWorld.Issue())));
    }

    [Fact]
    public async Task Revoked_and_suspended_are_told_apart_and_revoked_weighs_more()
    {
        world.Suspensions[4711] = 1;
        Assert.Equal((Verdict.RevokedOrSuspended, "suspended"), Outcome(await world.VerifyAsync(VerifierWorld.Issue())));
        world.Revocations[4711] = 1;
        Assert.Equal((Verdict.RevokedOrSuspended, "revoked"), Outcome(await world.VerifyAsync(VerifierWorld.Issue())));
        world.Suspensions[4711] = 0;
        world.Revocations[4711] = 0;
        world.Revocations[4710] = 1;
        world.Revocations[4712] = 1;
        Assert.Equal((Verdict.Valid, "ok"), Outcome(await world.VerifyAsync(VerifierWorld.Issue())));
    }

    [Fact]
    public async Task Revoked_is_said_even_when_the_other_list_is_out_of_reach_or_the_credential_has_expired()
    {
        world.Revocations[4711] = 1;
        world.Web.Remove(VerifierWorld.SuspensionList);
        Assert.Equal((Verdict.RevokedOrSuspended, "revoked"), Outcome(await world.VerifyAsync(VerifierWorld.Issue())));
        var expired = await world.VerifyAsync(VerifierWorld.Issue(json => json["validUntil"] = "2026-05-02T00:00:00Z"));
        Assert.Equal(Verdict.RevokedOrSuspended, expired.Verdict);
    }

    [Fact]
    public async Task A_credential_past_its_end_is_expired()
    {
        var token = VerifierWorld.Issue(json => json["validUntil"] = "2026-05-31T23:59:59Z");
        Assert.Equal((Verdict.Expired, "expired"), Outcome(await world.VerifyAsync(token)));
        world.Now = new DateTimeOffset(2026, 5, 31, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(token)).Verdict);
    }

    [Fact]
    public async Task A_clock_that_is_seconds_behind_does_not_refuse_a_fresh_credential()
    {
        world.Now = SampleCredential.ValidFrom.AddSeconds(-30);
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(VerifierWorld.Issue())).Verdict);
        world.Now = SampleCredential.ValidFrom.AddSeconds(-90);
        Assert.Equal((Verdict.Invalid, "not-yet-valid"), Outcome(await world.VerifyAsync(VerifierWorld.Issue())));
    }

    [Fact]
    public async Task A_credential_without_status_says_so()
    {
        var report = await world.VerifyAsync(VerifierWorld.Issue(json => json.Remove("credentialStatus")));
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal((CheckOutcome.Skipped, "no-status"), (report[CheckName.Status].Outcome, report[CheckName.Status].Code));
    }

    [Fact]
    public async Task An_envelope_is_opened()
    {
        var envelope = new JsonObject
        {
            ["@context"] = "https://www.w3.org/ns/credentials/v2",
            ["id"] = "data:application/vc+jwt," + VerifierWorld.Issue(profile: VcJwtProfile.VcJose),
            ["type"] = "EnvelopedVerifiableCredential",
        };
        var report = await world.VerifyAsync(envelope.ToJsonString());
        Assert.Equal((Verdict.Valid, CredentialFormat.Enveloped), (report.Verdict, report.Format));
    }

    [Fact]
    public async Task A_line_break_after_the_token_is_no_part_of_it()
    {
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(VerifierWorld.Issue() + "\r\n")).Verdict);
    }

    private static (Verdict Verdict, string Code) Outcome(VerificationReport report) => (report.Verdict, report.Code);

    private static string JwkOf(PrivateKey key)
    {
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
        {
            key.Public.WriteJwk(writer, null);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
