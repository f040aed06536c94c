using System.Collections.Immutable;
using System.Text;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Verification;
using static SkillBadges.Credentials.Tests.Verification.Vectors.VerifierVector;
using static SkillBadges.Credentials.Tests.Verification.VerifierWorld;

namespace SkillBadges.Credentials.Tests.Verification.Vectors;

/// <summary>Whose key it is: foreign key ids, documents that are not the issuer's, keys that are not for this.</summary>
internal static class KeyVectors
{
    private static readonly string attackerDid = DidKey.Of(AttackerKey.Public);

    internal static IEnumerable<VerifierVector> All() => [.. ForeignKeyIds(), .. Documents(), .. Issuers(), .. Good()];

    private static IEnumerable<VerifierVector> ForeignKeyIds()
    {
        var fragment = Key.Public.Thumbprint;
        string[] foreign =
        [
            $"{attackerDid}#{AttackerKey.Public.Multikey}",
            attackerDid,
            $"did:web:evil.example#{fragment}",
            $"did:web:north.example#{fragment}",
            $"{School}:evil#{fragment}",
            $"{School}evil#{fragment}",
            $"{School}.evil.example#{fragment}",
            $"DID:WEB:north.example:organizations:north-high#{fragment}",
            $"did:web:NORTH.example:organizations:north-high#{fragment}",
            $"did:web:north.example:organizations:North-High#{fragment}",
            $"did:web:north.example%3A443:organizations:north-high#{fragment}",
            $"{School}/path#{fragment}",
            $"{School}?versionId=1#{fragment}",
            $" {School}#{fragment}",
            $"https://north.example/organizations/north-high/did.json#{fragment}",
            "https://evil.example/jwks.json#1",
            "http://169.254.169.254/latest/meta-data/",
            "file:///etc/passwd",
            "data:application/json,{}",
            "../../keys/1",
            $"{School}",
            $"urn:ietf:params:oauth:jwk-thumbprint:sha-256:{fragment}",
        ];
        foreach (var keyId in foreign)
        {
            yield return Invalid($"key id {keyId}", CheckName.IssuerKey, "issuer-key-mismatch", _ => Sign(Header(keyId), Payload().ToJsonString()));
            yield return Invalid($"key id {keyId}, attacker's key", CheckName.IssuerKey, "issuer-key-mismatch", _ => Sign(Header(keyId), Payload().ToJsonString(), AttackerKey));
        }

        foreach (var unpublished in new[] { "", "x", fragment.ToLowerInvariant(), $"{fragment}#", $"{fragment} ", AttackerKey.Public.Thumbprint })
        {
            yield return Invalid($"fragment '{unpublished}' that is not published", CheckName.IssuerKey, "issuer-key-mismatch", _ => Sign(Header($"{School}#{unpublished}"), Payload().ToJsonString()));
        }
    }

    private static IEnumerable<VerifierVector> Documents()
    {
        static VerifierVector Settled(string name, string code, Func<DidDocument, DidDocument> change) =>
            Invalid(name, CheckName.IssuerKey, code, world =>
            {
                world.Document = change(world.Document);
                return Issue();
            });
        static VerifierVector Answer(string name, string code, Fetched answer) =>
            Unsettled(name, CheckName.IssuerKey, code, world =>
            {
                world.Web[SchoolDocument] = () => answer;
                return Issue();
            });
        static Fetched Json(string json) => Fetched.Found(Encoding.UTF8.GetBytes(json));

        yield return Settled("no keys", "issuer-key-mismatch", document => document with { Methods = [] });
        yield return Settled("only keys for signing in", "key-not-for-this", document => document with { AssertionMethods = [] });
        yield return Settled("another key of the school listed", "key-not-for-this", document => document with { AssertionMethods = [document.Methods[1].Id] });
        yield return Settled("assertion method of another identifier", "key-not-for-this", document => document with { AssertionMethods = [$"{attackerDid}#{AttackerKey.Public.Multikey}"] });
        yield return Settled("key under another fragment", "issuer-key-mismatch", document =>
            DidDocument.For(School, [new VerificationMethod($"{School}#key-1", Key.Public, KeyForm.JsonWebKey, null, null)]));
        yield return Invalid("document with the attacker's key under the same id", CheckName.Signature, "signature", world =>
        {
            world.Document = DidDocument.For(School, [new VerificationMethod($"{School}#{Key.Public.Thumbprint}", AttackerKey.Public, KeyForm.JsonWebKey, null, null)]);
            return Issue();
        });
        yield return Answer("not found", "issuer-not-found", Fetched.NotFound);
        yield return Answer("unreachable", "issuer-unreachable", Fetched.Unreachable);
        yield return Answer("not allowed", "issuer-not-allowed", Fetched.NotAllowed);
        yield return Answer("empty", "issuer-document-unusable", Json(""));
        yield return Answer("an HTML page", "issuer-document-unusable", Json("<html>"));
        yield return Answer("another's document", "issuer-document-unusable", Json("""{"id":"did:web:evil.example"}"""));
        yield return Answer("a parent's document", "issuer-document-unusable", Json("""{"id":"did:web:north.example"}"""));
        yield return Answer("id twice", "issuer-document-unusable", Json($$"""{"id":"did:web:evil.example","id":"{{School}}"}"""));
        yield return Answer("a JWK set", "issuer-document-unusable", Json("""{"keys":[]}"""));
        yield return Answer("an array", "issuer-document-unusable", Json("[]"));
        yield return Answer("key of an unsupported kind", "key-unsupported", Json($$"""
            {"id":"{{School}}","verificationMethod":[{"id":"#{{Key.Public.Thumbprint}}","type":"JsonWebKey","controller":"{{School}}","publicKeyJwk":{"kty":"EC","crv":"secp256k1"} }]}
            """));
        yield return Invalid("key controlled by another", CheckName.IssuerKey, "issuer-key-mismatch", world =>
        {
            world.Web[SchoolDocument] = () => Json($$"""
                {"id":"{{School}}","verificationMethod":[{"id":"#{{Key.Public.Thumbprint}}","type":"Multikey","controller":"did:web:evil.example","publicKeyMultibase":"{{Key.Public.Multikey}}"}],"assertionMethod":["#{{Key.Public.Thumbprint}}"]}
                """);
            return Issue();
        });
        foreach (var (name, revoked) in new[] { ("a day before", -86400), ("at the second of", 0), ("the second before", -1) })
        {
            yield return Invalid($"compromised {name} issuing", CheckName.Signature, "key-compromised", world =>
            {
                world.Document = DidDocument.For(School, [VerificationMethod.For(School, Key.Public, SampleCredential.ValidFrom.AddSeconds(revoked))]);
                return Issue(json => json.Remove("credentialStatus"));
            });
        }

        yield return Invalid("expired key", CheckName.Signature, "key-expired", world =>
        {
            world.Document = DidDocument.For(School, [VerificationMethod.For(School, Key.Public, null) with { Expires = SampleCredential.ValidFrom.AddDays(-1) }]);
            return Issue();
        });
        yield return Unsettled("seventeen keys and no key id", CheckName.IssuerKey, "key-not-named", world =>
        {
            world.Document = DidDocument.For(School, Enumerable.Range(0, 17).Select(number =>
            {
                using var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
                return VerificationMethod.For(School, key.Public, null);
            }));
            return Sign("""{"alg":"ES256","typ":"JWT"}""", Payload().ToJsonString());
        });
    }

    private static IEnumerable<VerifierVector> Issuers()
    {
        static string By(string issuer) => Issue(json => json["issuer"]!["id"] = issuer, keyId: $"{issuer}#{Key.Public.Thumbprint}");

        foreach (var issuer in new[] { "did:web:127.0.0.1", "did:web:2130706433", "did:web:north.example:..:x", "did:web:north.example%3A99999", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2do0" })
        {
            yield return Invalid($"issuer {issuer}", CheckName.IssuerKey, "issuer-id-malformed", _ => By(issuer));
        }

        foreach (var issuer in new[] { "did:ion:abc", "did:ethr:0x00", "https://north.example/issuer", "urn:uuid:0a4c1f8e-4a64-4a0e-9d2b-6a1f0f3f6d10", "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme" })
        {
            yield return Unsettled($"issuer {issuer}", CheckName.IssuerKey,
                issuer.StartsWith("did:key:", StringComparison.Ordinal) ? "issuer-document-unusable" : "issuer-method-unsupported", _ => By(issuer));
        }

        foreach (var issuer in new[] { "", "north high", "/issuer" })
        {
            yield return Invalid($"issuer '{issuer}'", CheckName.Shape, "model.not-a-uri", _ => By(issuer));
        }

        yield return new VerifierVector("issuer on no list", Verdict.ValidIssuerUnknown, CheckName.IssuerKnown, "issuer-unknown", world =>
        {
            world.Trusted.Clear();
            return Issue();
        });
    }

    private static IEnumerable<VerifierVector> Good()
    {
        static ImmutableArray<VerificationMethod> Pinned() => [VerificationMethod.For(School, Key.Public, null)];

        yield return Accepted("no key id", _ => Sign("""{"alg":"ES256","typ":"JWT"}""", Payload().ToJsonString()));
        yield return Accepted("relative key id", _ => Sign(Header($"#{Key.Public.Thumbprint}"), Payload().ToJsonString()));
        yield return Accepted("bare thumbprint", _ => Sign(Header(Key.Public.Thumbprint), Payload().ToJsonString()));
        yield return Accepted("key as a Multikey", world =>
        {
            world.Document = DidDocument.For(School, [VerificationMethod.For(School, Key.Public, KeyForm.Multikey, null), VerificationMethod.For(School, Key.Public, null)]);
            return Issue(keyId: $"{School}#{Key.Public.Multikey}");
        });
        yield return Accepted("key known here, host out of reach", world =>
        {
            world.Web.Remove(SchoolDocument);
            world.Trusted[School] = new TrustedIssuer(School, Pinned());
            return Issue();
        });
        yield return Accepted("key known here, no longer published", world =>
        {
            world.Document = world.Document with { Methods = [], AssertionMethods = [] };
            world.Trusted[School] = new TrustedIssuer(School, Pinned());
            return Issue();
        });
        yield return Accepted("compromised after issuing", world =>
        {
            world.Document = DidDocument.For(School, [VerificationMethod.For(School, Key.Public, SampleCredential.ValidFrom.AddSeconds(1))]);
            return Issue(json => json.Remove("credentialStatus"));
        });
        yield return Accepted("a document with keys that are not understood beside the right one", world =>
        {
            var json = Encoding.UTF8.GetString(world.Document.Write()).Replace(
                "\"verificationMethod\":[", $$"""
                "verificationMethod":[{"id":"#other","type":"X25519KeyAgreementKey2020","controller":"{{School}}"},
                """, StringComparison.Ordinal);
            world.Web[SchoolDocument] = () => Fetched.Found(Encoding.UTF8.GetBytes(json));
            return Issue();
        });
        yield return Accepted("a school of the key method", world =>
        {
            world.Trusted[attackerDid] = new TrustedIssuer(attackerDid, []);
            return Issue(
                json =>
                {
                    json["issuer"]!["id"] = attackerDid;
                    json.Remove("credentialStatus");
                },
                key: AttackerKey,
                keyId: $"{attackerDid}#{AttackerKey.Public.Multikey}");
        });
    }
}
