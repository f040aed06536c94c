using System.Text.Json.Nodes;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.OpenBadges;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Tests.Proofs;

namespace SkillBadges.Credentials.Tests.Peers;

/// <summary>The peers verify what we issue, and we verify what they issue, for every suite; and both refuse what was changed.</summary>
[Collection(PeerGroup.Name)]
public sealed class DataIntegrityPeerTests(PeerProcess peers)
{
    public static TheoryData<string, SignatureAlgorithm> Suites() => DataIntegrityTests.Suites();

    [PeerTheory]
    [MemberData(nameof(Suites))]
    public void The_peer_verifies_what_we_issue(string suite, SignatureAlgorithm algorithm)
    {
        foreach (var credential in Badges())
        {
            var signed = TestProofs.Parse(Issue(credential, suite, algorithm));
            var answer = peers.Ask(Request("verify", suite, signed));
            Assert.True(answer["verified"]!.GetValue<bool>(), answer["error"]?.GetValue<string>());

            signed["credentialSubject"]!["achievement"]!["description"] = "Changed.";
            Assert.False(peers.Ask(Request("verify", suite, signed))["verified"]!.GetValue<bool>());
        }
    }

    [PeerTheory]
    [MemberData(nameof(Suites))]
    public void We_verify_what_the_peer_issues(string suite, SignatureAlgorithm algorithm)
    {
        foreach (var credential in Badges())
        {
            var request = Request("issue", suite, credential);
            request["algorithm"] = algorithm.ToString();
            var signed = peers.Ask(request)["credential"]!.AsObject();
            var outcome = Assert.Single(TestProofs.Verify(TestProofs.Bytes(signed)));
            Assert.Null(outcome.Fault);
            Assert.Equal(suite, outcome.Proof.Suite!.Name);

            signed["credentialSubject"]!["achievement"]!["description"] = "Changed.";
            Assert.Equal(ProofFault.SignatureWrong, Assert.Single(TestProofs.Verify(TestProofs.Bytes(signed))).Fault?.Code);
        }
    }

    [PeerFact]
    public void We_verify_the_older_signature_type_of_the_peer()
    {
        foreach (var credential in Badges())
        {
            credential["@context"]!.AsArray().Add("https://w3id.org/security/suites/ed25519-2020/v1");
            var signed = peers.Ask(new JsonObject { ["op"] = "issue2020", ["credential"] = credential })["credential"]!.AsObject();
            Assert.Null(Assert.Single(TestProofs.Verify(TestProofs.Bytes(signed))).Fault);

            signed["name"] = "Changed.";
            Assert.Equal(ProofFault.SignatureWrong, Assert.Single(TestProofs.Verify(TestProofs.Bytes(signed))).Fault?.Code);
        }
    }

    [PeerTheory]
    [MemberData(nameof(Suites))]
    public void Badges_of_the_older_data_model_go_both_ways(string suite, SignatureAlgorithm algorithm)
    {
        var request = Request("issue", suite, OlderBadge());
        request["algorithm"] = algorithm.ToString();
        var signed = peers.Ask(request)["credential"]!.AsObject();
        Assert.Null(Assert.Single(TestProofs.Verify(TestProofs.Bytes(signed))).Fault);

        var ours = TestProofs.Parse(Issue(OlderBadge(), suite, algorithm));
        var answer = peers.Ask(Request("verify", suite, ours));
        Assert.True(answer["verified"]!.GetValue<bool>(), answer["error"]?.GetValue<string>());
    }

    [PeerFact]
    public void A_set_of_every_suite_is_verified_one_by_one_by_the_peers()
    {
        var document = TestProofs.Bytes(Badges().First());
        var suites = Suites().Select(row => (Suite: (string)row[0], Algorithm: (SignatureAlgorithm)row[1])).ToArray();
        foreach (var (suite, algorithm) in suites)
        {
            using var key = PrivateKey.Generate(algorithm);
            document = TestProofs.Sign(document, Cryptosuites.Find("DataIntegrityProof", suite)!, key);
        }

        Assert.All(TestProofs.Verify(document), outcome => Assert.Null(outcome.Fault));
        for (var index = 0; index < suites.Length; index++)
        {
            var single = TestProofs.Parse(document);
            var proof = single["proof"]![index]!.DeepClone();
            single["proof"] = proof;
            single["issuer"]!["id"] = SampleCredential.Issuer;
            var answer = peers.Ask(Request("verifyProof", suites[index].Suite, single));
            Assert.True(answer["verified"]!.GetValue<bool>(), $"{suites[index]} {answer["error"]}");
        }
    }

    [PeerFact]
    public void A_badge_with_an_endorsement_inside_holds_for_the_peer_and_the_endorsement_holds_by_itself()
    {
        var badge = SampleCredential.Object();
        var achievement = badge["credentialSubject"]!["achievement"]!;
        var endorsement = new EndorsementCredential
        {
            Id = "https://guild.example/credentials/1",
            Name = "Welders' Guild",
            Issuer = new() { Id = SampleCredential.Issuer },
            ValidFrom = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero),
            CredentialSubject = new(achievement["id"]!.GetValue<string>(), "What our shops ask for."),
        };
        var inner = TestProofs.Parse(Issue(TestProofs.Parse(endorsement.ToJson()), "eddsa-rdfc-2022", SignatureAlgorithm.EdDSA));
        achievement["endorsement"] = new JsonArray(inner.DeepClone());
        var outer = TestProofs.Parse(Issue(badge, "eddsa-rdfc-2022", SignatureAlgorithm.EdDSA));

        foreach (var credential in new[] { outer, inner })
        {
            var answer = peers.Ask(Request("verify", "eddsa-rdfc-2022", credential));
            Assert.True(answer["verified"]!.GetValue<bool>(), answer["error"]?.GetValue<string>());
        }

        outer["credentialSubject"]!["achievement"]!["endorsement"]![0]!["credentialSubject"]!["endorsementComment"] = "Changed.";
        Assert.False(peers.Ask(Request("verify", "eddsa-rdfc-2022", outer))["verified"]!.GetValue<bool>());
    }

    /// <summary>A small badge, a rich one, and one with look-alike blank nodes, language, direction and odd numbers.</summary>
    private static IEnumerable<JsonObject> Badges()
    {
        yield return SampleCredential.Object();

        var twins = SampleCredential.Object();
        twins["credentialSubject"]!.AsObject().Remove("id");
        twins["credentialSubject"]!["result"] = new JsonArray(
            new JsonObject { ["type"] = new JsonArray("Result"), ["status"] = "Completed" },
            new JsonObject { ["type"] = new JsonArray("Result"), ["status"] = "Completed" });
        yield return twins;

        var odd = SampleCredential.Object();
        odd["name"] = new JsonObject { ["@value"] = "שלום 😀 \u007f\"\\\n", ["@language"] = "he", ["@direction"] = "rtl" };
        odd["credentialSubject"]!["achievement"]!["creditsAvailable"] = 1e21;
        odd["credentialSubject"]!["achievement"]!["humanCode"] = "\u0000\u001f\u2028\ufffd";
        yield return odd;
    }

    private static JsonObject OlderBadge()
    {
        var badge = SampleCredential.Object();
        badge["@context"] = new JsonArray(
            "https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", "https://w3id.org/security/data-integrity/v2");
        badge["issuanceDate"] = badge["validFrom"]!.DeepClone();
        badge.Remove("validFrom");
        badge.Remove("credentialStatus");
        return badge;
    }

    private static byte[] Issue(JsonObject credential, string suite, SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        credential["issuer"]!["id"] = $"did:key:{key.Public.Multikey}";
        return TestProofs.Sign(TestProofs.Bytes(credential), Cryptosuites.Find("DataIntegrityProof", suite)!, key);
    }

    private static JsonObject Request(string operation, string suite, JsonObject credential) =>
        new() { ["op"] = operation, ["suite"] = suite, ["credential"] = credential.DeepClone() };
}
