using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Tests.Proofs;

/// <summary>What a proof was made with and for, against what the verifier asks.</summary>
public sealed class ProofExpectationsTests
{
    [Theory]
    [InlineData("eddsa-rdfc-2022", SignatureAlgorithm.ES256)]
    [InlineData("eddsa-jcs-2022", SignatureAlgorithm.ES384)]
    [InlineData("ecdsa-rdfc-2019", SignatureAlgorithm.EdDSA)]
    [InlineData("ecdsa-jcs-2019", SignatureAlgorithm.EdDSA)]
    [InlineData("ecdsa-jcs-2019", SignatureAlgorithm.RS256)]
    public async Task A_suite_does_not_sign_with_the_wrong_kind_of_key(string suite, SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        var signer = new LocalSigner(key, "did:example:1#k");
        var options = new ProofOptions(Cryptosuites.Find("DataIntegrityProof", suite)!);
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await TestProofs.Engine.AddProofAsync(TestProofs.Bytes(SampleCredential.Object()), options, signer, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_new_is_signed_with_a_suite_that_is_only_verified()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var options = new ProofOptions(Cryptosuites.Ed25519Signature2020);
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await TestProofs.Engine.AddProofAsync(TestProofs.Bytes(SampleCredential.Object()), options, LocalSigner.ForDidKey(key), CancellationToken.None));
    }

    [Theory]
    [InlineData(SignatureAlgorithm.ES256)]
    [InlineData(SignatureAlgorithm.ES384)]
    [InlineData(SignatureAlgorithm.RS256)]
    public void A_key_of_the_wrong_kind_is_named_as_such(SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        using var other = PrivateKey.Generate(algorithm);
        var signed = SecuredDocument.Read(TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Cryptosuites.EddsaJcs2022, key));
        var outcome = Assert.Single(TestProofs.Engine.Verify(signed, _ => other.Public, TestProofs.Expectations));
        Assert.Equal(ProofFault.KeyMismatch, outcome.Fault?.Code);
    }

    [Fact]
    public void A_key_that_cannot_be_had_leaves_the_proof_unproven()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var signed = SecuredDocument.Read(TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Cryptosuites.EddsaJcs2022, key));
        var outcome = Assert.Single(TestProofs.Engine.Verify(signed, _ => null, TestProofs.Expectations));
        Assert.Equal(ProofFault.KeyUnresolved, outcome.Fault?.Code);
    }

    [Theory]
    [InlineData(null, null, null, null, null)]
    [InlineData("north.example", null, "north.example", null, null)]
    [InlineData("north.example", "c1", "north.example", "c1", null)]
    [InlineData("north.example", "c1", null, null, null)]
    [InlineData(null, null, "north.example", null, ProofFault.DomainMismatch)]
    [InlineData("south.example", null, "north.example", null, ProofFault.DomainMismatch)]
    [InlineData("NORTH.example", null, "north.example", null, ProofFault.DomainMismatch)]
    [InlineData("north.example", null, "north.example", "c1", ProofFault.ChallengeMismatch)]
    [InlineData("north.example", "c2", "north.example", "c1", ProofFault.ChallengeMismatch)]
    [InlineData("north.example", "C1", "north.example", "c1", ProofFault.ChallengeMismatch)]
    public void Domain_and_challenge_are_what_the_verifier_asked_for(string? domain, string? challenge, string? askedDomain, string? askedChallenge, string? fault)
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var signed = TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Cryptosuites.EddsaJcs2022, key, options => options with
        {
            Domain = domain is null ? [] : [domain, "other.example"],
            Challenge = challenge,
        });
        var expectations = TestProofs.Expectations with { Domain = askedDomain, Challenge = askedChallenge };
        Assert.Equal(fault, Assert.Single(TestProofs.Verify(signed, expectations)).Fault?.Code);
    }

    [Theory]
    [InlineData("authentication", "authentication", null)]
    [InlineData("authentication", "assertionMethod", ProofFault.PurposeMismatch)]
    [InlineData("assertionMethod", "authentication", ProofFault.PurposeMismatch)]
    [InlineData("assertionmethod", "assertionMethod", ProofFault.PurposeMismatch)]
    public void A_proof_serves_only_the_purpose_it_was_made_for(string made, string asked, string? fault)
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var signed = TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Cryptosuites.EddsaJcs2022, key, options => options with { ProofPurpose = made });
        Assert.Equal(fault, Assert.Single(TestProofs.Verify(signed, TestProofs.Expectations with { ProofPurpose = asked })).Fault?.Code);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(0, ProofFault.Expired)]
    [InlineData(-1, ProofFault.Expired)]
    public void A_proof_holds_until_it_expires(int secondsLeft, string? fault)
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var expires = TestProofs.Expectations.Now.AddSeconds(secondsLeft);
        var signed = TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Cryptosuites.EddsaJcs2022, key, options => options with { Expires = expires });
        Assert.Equal(fault, Assert.Single(TestProofs.Verify(signed)).Fault?.Code);
    }
}
