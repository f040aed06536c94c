using System.Text.Json.Nodes;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Tests.Proofs;

/// <summary>VC Data Integrity 1.0 (REC 2025-05-15) 4.3 and 4.5: several proofs side by side, and proofs that cover others.</summary>
public sealed class ProofChainTests
{
    private const string Folder = "proof-vectors/vectors/w3c-vc-di-eddsa/proof-set-chain/";

    [ConformanceTheory]
    [InlineData("signedProofSet1.json", 1)]
    [InlineData("signedProofSet2.json", 2)]
    [InlineData("signedProofChain1.json", 3)]
    [InlineData("signedProofChain2.json", 4)]
    public void The_published_sets_and_chains_verify_proof_by_proof(string file, int proofs)
    {
        var outcomes = TestProofs.VerifyVector(Conformance.Bytes(Folder + file));
        Assert.Equal(proofs, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Fault));
    }

    [ConformanceFact]
    public void A_published_chain_does_not_survive_a_change_in_a_proof_that_it_covers()
    {
        var document = TestProofs.Parse(Conformance.Bytes(Folder + "signedProofChain2.json"));
        document["proof"]![0]!["created"] = "2023-02-24T23:36:39Z";
        var outcomes = TestProofs.VerifyVector(TestProofs.Bytes(document));
        Assert.Equal(
            [ProofFault.SignatureWrong, null, ProofFault.SignatureWrong, ProofFault.PreviousFailed],
            outcomes.Select(outcome => outcome.Fault?.Code));
    }

    [Theory]
    [InlineData("eddsa-rdfc-2022")]
    [InlineData("eddsa-jcs-2022")]
    public void A_set_tells_of_each_proof_whether_it_holds(string suite)
    {
        var document = Sign(Sign(Unsigned(), suite), "ecdsa-jcs-2019");
        Assert.Equal([null, null], Faults(document));

        document["proof"]![0]!["created"] = "2026-05-01T12:00:01Z";
        Assert.Equal([ProofFault.SignatureWrong, null], Faults(document));

        document["proof"]!.AsArray().RemoveAt(0);
        Assert.Equal([null], Faults(document));
    }

    [Theory]
    [InlineData("eddsa-rdfc-2022")]
    [InlineData("eddsa-jcs-2022")]
    [InlineData("ecdsa-rdfc-2019")]
    [InlineData("ecdsa-jcs-2019")]
    public void A_chain_holds_only_whole_and_in_the_state_it_was_signed_in(string suite)
    {
        var chain = Chain(suite);
        Assert.Equal([null, null, null], Faults(chain));

        AssertAfter(proofs => proofs.RemoveAt(0), ProofFault.PreviousMissing, ProofFault.PreviousFailed);
        AssertAfter(proofs => proofs.RemoveAt(1), null, ProofFault.PreviousMissing);
        AssertAfter(proofs => proofs.RemoveAt(2), null, null);
        AssertAfter(proofs => proofs[1]!.AsObject().Remove("previousProof"), null, ProofFault.SignatureWrong, ProofFault.SignatureWrong);
        AssertAfter(proofs => proofs[1]!["previousProof"] = "urn:uuid:third", null, ProofFault.SignatureWrong, ProofFault.SignatureWrong);
        AssertAfter(proofs => proofs[0]!["proofValue"] = proofs[1]!["proofValue"]!.GetValue<string>(), ProofFault.SignatureWrong, ProofFault.SignatureWrong, ProofFault.PreviousFailed);
        AssertAfter(proofs => proofs[0]!["previousProof"] = "urn:uuid:first", ProofFault.SignatureWrong, ProofFault.SignatureWrong, ProofFault.PreviousFailed);
        AssertAfter(proofs => proofs.Add(proofs[0]!.DeepClone()), null, ProofFault.PreviousMissing, ProofFault.PreviousFailed, null);
        AssertAfter(proofs => proofs[2]!["previousProof"] = new JsonArray("urn:uuid:second", "urn:uuid:second"), null, null, ProofFault.PreviousMissing);

        void AssertAfter(Action<JsonArray> change, params string?[] faults)
        {
            var changed = chain.DeepClone().AsObject();
            change(changed["proof"]!.AsArray());
            Assert.Equal(faults, Faults(changed));
        }
    }

    [Fact]
    public void The_order_of_a_chain_in_the_document_does_not_matter()
    {
        var chain = Chain("eddsa-jcs-2022");
        chain["proof"] = new JsonArray([.. chain["proof"]!.AsArray().Reverse().Select(proof => proof!.DeepClone())]);
        Assert.Equal([null, null, null], Faults(chain));
    }

    [Fact]
    public void A_proof_may_cover_several()
    {
        var document = Sign(Unsigned(), "eddsa-jcs-2022", options => options with { Id = "urn:uuid:a" });
        document = Sign(document, "eddsa-rdfc-2022", options => options with { Id = "urn:uuid:b" });
        document = Sign(document, "ecdsa-jcs-2019", options => options with { PreviousProof = ["urn:uuid:a", "urn:uuid:b"] });
        Assert.Equal([null, null, null], Faults(document));
        document["proof"]![2]!["previousProof"] = new JsonArray("urn:uuid:b", "urn:uuid:a");
        Assert.Equal([null, null, ProofFault.SignatureWrong], Faults(document));
    }

    [Fact]
    public void A_chain_on_a_proof_that_is_not_there_is_not_signed()
    {
        var fault = Assert.Throws<MalformedException>(() => Sign(Unsigned(), "eddsa-jcs-2022", options => options with { PreviousProof = ["urn:uuid:none"] }));
        Assert.Equal("proof.previous-missing", fault.Code);
    }

    [Fact]
    public void Sixteen_proofs_are_enough()
    {
        var document = Unsigned();
        for (var count = 0; count < SecuredDocument.MaxProofs; count++)
        {
            document = Sign(document, "eddsa-jcs-2022");
        }

        Assert.Equal(16, Faults(document).Count(fault => fault is null));
        Assert.Equal("proof.too-many", Assert.Throws<MalformedException>(() => Sign(document, "eddsa-jcs-2022")).Code);
    }

    private static JsonObject Unsigned() => SampleCredential.Object();

    private static JsonObject Chain(string suite)
    {
        var document = Sign(Unsigned(), suite, options => options with { Id = "urn:uuid:first" });
        document = Sign(document, suite, options => options with { Id = "urn:uuid:second", PreviousProof = ["urn:uuid:first"] });
        return Sign(document, suite, options => options with { Id = "urn:uuid:third", PreviousProof = ["urn:uuid:second"] });
    }

    private static JsonObject Sign(JsonObject document, string suite, Func<ProofOptions, ProofOptions>? change = null)
    {
        using var key = PrivateKey.Generate(suite.StartsWith("eddsa", StringComparison.Ordinal) ? SignatureAlgorithm.EdDSA : SignatureAlgorithm.ES256);
        return TestProofs.Parse(TestProofs.Sign(TestProofs.Bytes(document), Cryptosuites.Find("DataIntegrityProof", suite)!, key, change));
    }

    private static IEnumerable<string?> Faults(JsonObject document) =>
        TestProofs.Verify(TestProofs.Bytes(document)).Select(outcome => outcome.Fault?.Code);
}
