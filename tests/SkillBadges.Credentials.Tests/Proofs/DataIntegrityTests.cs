using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Tests.Proofs;

public sealed class DataIntegrityTests
{
    /// <summary>Every suite with every kind of key that it signs with.</summary>
    public static TheoryData<string, SignatureAlgorithm> Suites()
    {
        var suites = new TheoryData<string, SignatureAlgorithm>();
        foreach (var suite in Cryptosuites.All.Where(suite => !suite.IsVerifyOnly))
        {
            foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>().Where(suite.SignsWith))
            {
                suites.Add(suite.Name, algorithm);
            }
        }

        return suites;
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void What_is_signed_verifies_and_keeps_its_own_bytes(string suite, SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        var document = Encoding.UTF8.GetBytes(SampleCredential.Object().ToJsonString(new() { WriteIndented = true }));
        var signed = TestProofs.Sign(document, Suite(suite), key);

        var outcome = Assert.Single(TestProofs.Verify(signed));
        Assert.Null(outcome.Fault);
        Assert.Equal(suite, outcome.Proof.Suite!.Name);
        Assert.Equal(TestProofs.Created, outcome.Proof.Created);
        var text = Encoding.UTF8.GetString(document);
        var body = text[..text.TrimEnd('}').TrimEnd().Length];
        Assert.StartsWith(body + ",\"proof\":{\"type\":\"DataIntegrityProof\"", Encoding.UTF8.GetString(signed), StringComparison.Ordinal);
    }

    /// <summary>One change each to a signed credential; the proof must not survive any.</summary>
    public static TheoryData<string, string> Changes()
    {
        var changes = new TheoryData<string, string>();
        foreach (var suite in new[] { "eddsa-rdfc-2022", "ecdsa-rdfc-2019", "eddsa-jcs-2022", "ecdsa-jcs-2019" })
        {
            foreach (var change in changesByName.Keys)
            {
                // To RDF the order of contexts that agree is layout; that the base context comes first is a rule of credentials.
                if (change != "context turned round" || suite.Contains("jcs", StringComparison.Ordinal))
                {
                    changes.Add(suite, change);
                }
            }
        }

        return changes;
    }

    private static readonly Dictionary<string, Action<JsonObject>> changesByName = new()
    {
        ["a member's value"] = document => document["name"] = "Another badge",
        ["a nested value"] = document => document["credentialSubject"]!["achievement"]!["name"] = "Another skill",
        ["the subject"] = document => document["credentialSubject"]!["id"] = "urn:uuid:0a4c1f8e-4a64-4a0e-9d2b-6a1f0f3f6d11",
        ["the issuer"] = document => document["issuer"]!["id"] = "did:web:elsewhere.example",
        ["a member more"] = document => document["description"] = "Signed by all.",
        ["a member less"] = document => document.Remove("name"),
        ["a number"] = document => document["credentialSubject"]!["achievement"]!["creditsAvailable"] = 1.2,
        ["a type more"] = document => document["type"]!.AsArray().Add("EndorsementCredential"),
        ["validUntil put in"] = document => document["validUntil"] = "2099-01-01T00:00:00Z",
        ["validFrom"] = document => document["validFrom"] = "2026-05-01T12:00:01Z",
        ["proof created"] = document => document["proof"]!["created"] = "2026-05-01T12:00:01Z",
        ["proof created left out"] = document => document["proof"]!.AsObject().Remove("created"),
        ["proof expires put in"] = document => document["proof"]!["expires"] = "2099-01-01T00:00:00Z",
        ["proof domain put in"] = document => document["proof"]!["domain"] = "north.example",
        ["proof challenge put in"] = document => document["proof"]!["challenge"] = "1",
        ["proof nonce put in"] = document => document["proof"]!["nonce"] = "1",
        ["proof id put in"] = document => document["proof"]!["id"] = "urn:uuid:1",
        ["proof type"] = document => document["proof"]!["type"] = "Ed25519Signature2020",
        ["proof type an array"] = document => document["proof"]!["type"] = new JsonArray("DataIntegrityProof"),
        ["proof type left out"] = document => document["proof"]!.AsObject().Remove("type"),
        ["cryptosuite left out"] = document => document["proof"]!.AsObject().Remove("cryptosuite"),
        ["cryptosuite null"] = document => document["proof"]!["cryptosuite"] = null,
        ["cryptosuite unknown"] = document => document["proof"]!["cryptosuite"] = "eddsa-rdf-2022",
        ["cryptosuite in capitals"] = document => document["proof"]!["cryptosuite"] = document["proof"]!["cryptosuite"]!.GetValue<string>().ToUpperInvariant(),
        ["cryptosuite of the other form"] = document => document["proof"]!["cryptosuite"] = OtherForm(document["proof"]!["cryptosuite"]!.GetValue<string>()),
        ["purpose of authentication"] = document => document["proof"]!["proofPurpose"] = "authentication",
        ["purpose left out"] = document => document["proof"]!.AsObject().Remove("proofPurpose"),
        ["purpose an array"] = document => document["proof"]!["proofPurpose"] = new JsonArray("assertionMethod"),
        ["method left out"] = document => document["proof"]!.AsObject().Remove("verificationMethod"),
        ["method relative"] = document => document["proof"]!["verificationMethod"] = "#key-1",
        ["method an object"] = document => document["proof"]!["verificationMethod"] = new JsonObject { ["id"] = "did:example:1#k" },
        ["method of another key"] = document => document["proof"]!["verificationMethod"] = LocalSigner.ForDidKey(PrivateKey.Generate(SignatureAlgorithm.EdDSA)).VerificationMethod,
        ["method of another curve"] = document => document["proof"]!["verificationMethod"] = LocalSigner.ForDidKey(PrivateKey.Generate(SignatureAlgorithm.ES384)).VerificationMethod,
        ["value left out"] = document => document["proof"]!.AsObject().Remove("proofValue"),
        ["value empty"] = document => document["proof"]!["proofValue"] = "",
        ["value without prefix"] = document => document["proof"]!["proofValue"] = document["proof"]!["proofValue"]!.GetValue<string>()[1..],
        ["value of base64url"] = document => document["proof"]!["proofValue"] = "u" + document["proof"]!["proofValue"]!.GetValue<string>()[1..],
        ["value with a digit that base58 lacks"] = document => document["proof"]!["proofValue"] = document["proof"]!["proofValue"]!.GetValue<string>()[..^1] + "0",
        ["value with a digit more"] = document => document["proof"]!["proofValue"] = document["proof"]!["proofValue"]!.GetValue<string>() + "1",
        ["value with a digit less"] = document => document["proof"]!["proofValue"] = document["proof"]!["proofValue"]!.GetValue<string>()[..^1],
        ["value with a zero byte before"] = document => document["proof"]!["proofValue"] = "z1" + document["proof"]!["proofValue"]!.GetValue<string>()[1..],
        ["value of zeros"] = document => document["proof"]!["proofValue"] = "z" + new string('1', 64),
        ["value a number"] = document => document["proof"]!["proofValue"] = 1,
        ["value far too long"] = document => document["proof"]!["proofValue"] = "z" + new string('2', 100_000),
        ["created without zone"] = document => document["proof"]!["created"] = "2026-05-01T12:00:00",
        ["created a day"] = document => document["proof"]!["created"] = "2026-05-01",
        ["created a number"] = document => document["proof"]!["created"] = 1777636800,
        ["created of a thirteenth month"] = document => document["proof"]!["created"] = "2026-13-01T12:00:00Z",
        ["previous proof that is not there"] = document => document["proof"]!["previousProof"] = "urn:uuid:none",
        ["no previous proofs at all"] = document => document["proof"]!["previousProof"] = new JsonArray(),
        ["proof emptied"] = document => document["proof"] = new JsonObject(),
        ["proof a text"] = document => document["proof"] = "trust me",
        ["proof null"] = document => document["proof"] = null,
        ["proof list empty"] = document => document["proof"] = new JsonArray(),
        ["proof removed"] = document => document.Remove("proof"),
        ["proof twice"] = document => document["proof"] = new JsonArray(document["proof"]!.DeepClone(), "x"),
        ["context shorter"] = document => document["@context"]!.AsArray().RemoveAt(1),
        ["context turned round"] = document => Turn(document["@context"]!.AsArray()),
        ["context left out"] = document => document.Remove("@context"),
        ["proof with a context of its own"] = document => document["proof"]!["@context"] = new JsonArray("https://www.w3.org/ns/credentials/examples/v2"),
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_credential_is_refused(string suite, string change)
    {
        using var key = PrivateKey.Generate(suite.StartsWith("eddsa", StringComparison.Ordinal) ? SignatureAlgorithm.EdDSA : SignatureAlgorithm.ES256);
        var signed = TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Suite(suite), key);
        Assert.True(TestProofs.IsAccepted(signed));

        var document = TestProofs.Parse(signed);
        changesByName[change](document);
        Assert.False(TestProofs.IsAccepted(TestProofs.Bytes(document)));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Layout_order_and_spelling_of_a_signed_credential_do_not_matter(string suite, SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        var signed = TestProofs.Parse(TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Suite(suite), key));
        var turned = new JsonObject(signed.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        Assert.True(TestProofs.IsAccepted(TestProofs.Bytes(turned)));
        Assert.True(TestProofs.IsAccepted(Encoding.UTF8.GetBytes(signed.ToJsonString(new() { WriteIndented = true }))));
        var spelled = signed.ToJsonString().Replace("\"proof\":", "\"pro\\u006ff\" : ", StringComparison.Ordinal);
        Assert.True(TestProofs.IsAccepted(Encoding.UTF8.GetBytes(spelled)));
    }

    [Theory]
    [InlineData("""[]""", "json.malformed")]
    [InlineData(""""proof"""", "json.malformed")]
    [InlineData("""{"proof":{},"proof":{}}""", "json.duplicate-member")]
    [InlineData("""{"@context":[],"\u0040context":[],"proof":{}}""", "json.duplicate-member")]
    [InlineData("""{"proof":{"type":"a","type":"b"}}""", "json.duplicate-member")]
    [InlineData("""{"proof":[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]}""", "proof.too-many")]
    [InlineData("""{"proof":{}""", "json.malformed")]
    public void A_document_that_can_be_read_in_two_ways_is_not_read(string document, string code) =>
        Assert.Equal(code, Assert.Throws<MalformedException>(() => SecuredDocument.Read(Encoding.UTF8.GetBytes(document))).Code);

    [Theory]
    [InlineData("""{}""", "{\"proof\":")]
    [InlineData("""{ "a" : 1 }""", "{ \"a\" : 1,\"proof\":")]
    [InlineData("""{"proof":[]}""", "{\"proof\":[{")]
    [InlineData("""{"a":1,"proof":[ ],"b":2}""", "{\"a\":1,\"proof\":[ {")]
    public void A_proof_is_added_wherever_there_is_room(string document, string start)
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var signed = TestProofs.Sign(Encoding.UTF8.GetBytes(document), Cryptosuites.EddsaJcs2022, key);
        Assert.StartsWith(start, Encoding.UTF8.GetString(signed), StringComparison.Ordinal);
        Assert.True(TestProofs.IsAccepted(signed));
    }

    [Theory]
    [InlineData("""{"proof":{"x":1},"a":1,"@context":"c:x"}""")]
    [InlineData("""{"a":1,"proof":{"x":1},"@context":"c:x"}""")]
    [InlineData("""{"@context":"c:x","a":1,"proof":{"x":1}}""")]
    [InlineData("""{"@context":"c:x","proof":{"x":1},"a":1}""")]
    [InlineData("""{"proof":{"x":1}}""")]
    [InlineData("""{ "proof" : {"x":1} , "a":"\u0061" }""")]
    public void A_proof_is_cut_out_wherever_it_stands(string document)
    {
        var expected = JsonNode.Parse(document)!.AsObject();
        expected.Remove("proof");
        var read = SecuredDocument.Read(Encoding.UTF8.GetBytes(document));
        Assert.Equal(expected.ToJsonString(), Unsecured(read, [], ""));
        expected["proof"] = new JsonArray(new JsonObject { ["x"] = 1 });
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Unsecured(read, [0], ""))));
        if (expected["@context"] is not null)
        {
            expected["@context"] = new JsonArray("d:y");
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Unsecured(read, [0], "[\"d:y\"]"))));
            expected.Remove("proof");
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Unsecured(read, [], "[\"d:y\"]"))));
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Every_option_is_signed(string suite, SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        var signed = TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Suite(suite), key, options => options with
        {
            Id = "urn:uuid:a",
            Expires = TestProofs.Expectations.Now.AddYears(1),
            Domain = ["north.example", "south.example"],
            Challenge = "c1",
            ProofPurpose = "authentication",
        });
        var expectations = TestProofs.Expectations with { ProofPurpose = "authentication", Domain = "south.example", Challenge = "c1" };
        Assert.Null(Assert.Single(TestProofs.Verify(signed, expectations)).Fault);

        foreach (var (member, value) in new[]
        {
            ("id", "urn:uuid:b"), ("expires", "2027-06-01T00:00:01Z"), ("domain", "south.example"), ("created", "2026-05-01T12:00:00.1Z"),
        })
        {
            var changed = TestProofs.Parse(signed);
            changed["proof"]![member] = value;
            Assert.Equal(ProofFault.SignatureWrong, Assert.Single(TestProofs.Verify(TestProofs.Bytes(changed), expectations)).Fault?.Code);
            changed["proof"]!.AsObject().Remove(member);
            Assert.NotNull(Assert.Single(TestProofs.Verify(TestProofs.Bytes(changed), expectations)).Fault);
        }
    }

    [Fact]
    public void A_term_that_no_context_defines_is_not_signed()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        foreach (var (place, member) in new[] { ("", "skill"), ("issuer", "skill"), ("credentialSubject", "endorsementJwts") })
        {
            var document = SampleCredential.Object();
            var node = place.Length == 0 ? document : document[place]!.AsObject();
            node[member] = "x";
            var fault = Assert.Throws<MalformedException>(() => TestProofs.Sign(TestProofs.Bytes(document), Cryptosuites.EddsaRdfc2022, key));
            Assert.Equal("jsonld.undefined-term", fault.Code);
            Assert.Contains(member, fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://elsewhere.example/context", "jsonld.loading-remote-context-failed")]
    [InlineData("relative", "jsonld.")]
    [InlineData(null, "proof.no-context")]
    public void A_document_whose_context_is_not_known_is_not_signed(string? context, string code)
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var document = SampleCredential.Object();
        document.Remove("@context");
        if (context is not null)
        {
            document["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", context);
        }

        var fault = Assert.Throws<MalformedException>(() => TestProofs.Sign(TestProofs.Bytes(document), Cryptosuites.EddsaRdfc2022, key));
        Assert.StartsWith(code, fault.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_badge_that_no_bounded_work_can_canonicalize_is_refused_and_not_hung_on()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var evidence = Enumerable.Range(0, 12).Select(from => new JsonObject
        {
            ["id"] = $"_:n{from}",
            ["type"] = new JsonArray("Evidence"),
            ["https://north.example/near"] = new JsonArray([.. Enumerable.Range(0, 12).Where(to => to != from).Select(to => new JsonObject { ["id"] = $"_:n{to}" })]),
        });
        var document = SampleCredential.Object();
        document["evidence"] = new JsonArray([.. evidence]);
        var fault = Assert.Throws<MalformedException>(() => TestProofs.Sign(TestProofs.Bytes(document), Cryptosuites.EddsaRdfc2022, key));
        Assert.Equal("rdf.too-complex", fault.Code);
    }

    [Fact]
    public async Task Many_threads_sign_and_verify_with_one_engine()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (number, cancellationToken) =>
        {
            var document = SampleCredential.Object();
            document["name"] = $"Badge {number}";
            var options = new ProofOptions(number % 2 == 0 ? Cryptosuites.EddsaRdfc2022 : Cryptosuites.EddsaJcs2022);
            var signed = await TestProofs.Engine.AddProofAsync(TestProofs.Bytes(document), options, LocalSigner.ForDidKey(key), cancellationToken);
            Assert.Null(Assert.Single(TestProofs.Verify(signed)).Fault);
        });
    }

    [Fact]
    public void Contexts_that_came_after_signing_are_let_be_by_a_json_suite_but_none_before()
    {
        // VC-DI-EDDSA 1.0 (REC 2025-05-15) 3.3.2 step 4.
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var signed = TestProofs.Parse(TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Cryptosuites.EddsaJcs2022, key));
        var later = signed.DeepClone();
        later["@context"]!.AsArray().Add("https://north.example/context");
        Assert.True(TestProofs.IsAccepted(TestProofs.Bytes(later)));

        var before = signed.DeepClone();
        before["@context"]!.AsArray().Insert(0, "https://north.example/context");
        Assert.Equal(ProofFault.ContextMismatch, Assert.Single(TestProofs.Verify(TestProofs.Bytes(before))).Fault?.Code);
    }

    private static string Unsecured(SecuredDocument document, int[] kept, string context)
    {
        var output = new PooledBytes(16);
        document.WriteUnsecured(kept, Encoding.UTF8.GetBytes(context), ref output);
        var text = Encoding.UTF8.GetString(output.Written);
        return kept.Length == 0 && context.Length == 0 ? JsonNode.Parse(text)!.ToJsonString() : text;
    }

    private static Cryptosuite Suite(string name) => Cryptosuites.Find("DataIntegrityProof", name)!;

    private static string OtherForm(string suite) =>
        suite.Contains("rdfc", StringComparison.Ordinal) ? suite.Replace("rdfc", "jcs", StringComparison.Ordinal) : suite.Replace("jcs", "rdfc", StringComparison.Ordinal);

    private static void Turn(JsonArray array)
    {
        var first = array[0]!;
        array.RemoveAt(0);
        array.Add(first);
    }
}
