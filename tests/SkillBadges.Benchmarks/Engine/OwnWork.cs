using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.OpenBadges;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Rdf;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Benchmarks.Engine;

/// <summary>The engine's works, each from bytes to bytes, under the names that bench.mjs has for those of the peers.</summary>
internal static class OwnWork
{
    private static readonly DateTimeOffset Created = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProofExpectations Expectations = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly DataIntegrity Proofs = new(KnownContexts.Library);
    private static readonly PrivateKey Key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);

    public static Action Prepare(string work, string badge) => work switch
    {
        "issueRdfc" => Issue(badge, Cryptosuites.EddsaRdfc2022),
        "verifyRdfc" => Verify(badge, Cryptosuites.EddsaRdfc2022),
        "canonize" => Canonize(badge),
        "issueJcs" => Issue(badge, Cryptosuites.EddsaJcs2022),
        "verifyJcs" => Verify(badge, Cryptosuites.EddsaJcs2022),
        "issueJwt" => IssueJwt(badge),
        "verifyJwt" => VerifyJwt(badge),
        "flipStatus" => FlipStatus(),
        "limitIssueRdfc" => LimitIssue(badge, CanonicalQuads),
        "limitVerifyRdfc" => LimitVerify(badge, CanonicalQuads),
        "limitIssueJcs" => LimitIssue(badge, document => JsonCanonicalization.Canonicalize(document)),
        "limitVerifyJcs" => LimitVerify(badge, document => JsonCanonicalization.Canonicalize(document)),
        "limitIssueJwt" => LimitIssueJwt(badge),
        "limitVerifyJwt" => LimitVerifyJwt(badge),
        _ => throw new ArgumentException($"No work is called {work}."),
    };

    private static byte[] Own(string badge)
    {
        var credential = JsonNode.Parse(File.ReadAllBytes(badge))!;
        credential["issuer"]!["id"] = $"did:key:{Key.Public.Multikey}";
        return Encoding.UTF8.GetBytes(credential.ToJsonString());
    }

    private static Action Issue(string badge, Cryptosuite suite)
    {
        var document = Own(badge);
        var signer = LocalSigner.ForDidKey(Key);
        var options = new ProofOptions(suite) { Created = Created };
        return () => Proofs.AddProofAsync(document, options, signer, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private static Action Verify(string badge, Cryptosuite suite)
    {
        var signed = Proofs.AddProofAsync(Own(badge), new ProofOptions(suite) { Created = Created }, LocalSigner.ForDidKey(Key), CancellationToken.None)
            .AsTask().GetAwaiter().GetResult();
        return () =>
        {
            using var document = SecuredDocument.Read(signed);
            var outcomes = Proofs.Verify(document, _ => Key.Public, Expectations);
            if (outcomes is not [{ Holds: true }] || !OpenBadgeValidation.Check(document).IsValid)
            {
                throw new InvalidOperationException("The badge does not verify.");
            }
        };
    }

    private static Action Canonize(string badge)
    {
        var document = Own(badge);
        var quads = new QuadSet();
        var canonicalization = new Canonicalization();
        return () =>
        {
            JsonLdProcessor.ToQuads(document, JsonLdOptions.Default, quads);
            canonicalization.Run(quads, HashAlgorithmName.SHA256);
        };
    }

    private static Action IssueJwt(string badge)
    {
        var document = Own(badge);
        var signer = LocalSigner.ForDidKey(PrivateKey.Generate(SignatureAlgorithm.ES256));
        return () => VcJwt.SignAsync(document, signer, VcJwtProfile.OpenBadges, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private static Action VerifyJwt(string badge)
    {
        var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var jwt = VcJwt.SignAsync(Own(badge), LocalSigner.ForDidKey(key), VcJwtProfile.OpenBadges, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return () =>
        {
            using var token = VcJwt.Parse(jwt);
            if (!token.IsSignedBy(key.Public) || !token.RepeatsIds)
            {
                throw new InvalidOperationException("The token does not verify.");
            }
        };
    }

    private static Action FlipStatus()
    {
        var list = BitstringStatusList.Create(10_000_000, bitsPerEntry: 1);
        long index = 0;
        return () =>
        {
            index = (index + 7_654_321) % 10_000_000;
            list[index] = 1 - list[index];
            list.Encode();
        };
    }

    /// <summary>What no issuer can do without: read the JSON, hash the canonical form, sign.</summary>
    private static Action LimitIssue(string badge, Func<byte[], byte[]> canonicalize)
    {
        var document = Own(badge);
        var canonical = canonicalize(document);
        var signature = new byte[64];
        var hashData = new byte[64];
        return () =>
        {
            Scan(document);
            SHA256.HashData(canonical, hashData);
            Key.Sign(hashData, signature);
        };
    }

    private static Action LimitVerify(string badge, Func<byte[], byte[]> canonicalize)
    {
        var document = Own(badge);
        var canonical = canonicalize(document);
        var hashData = new byte[64];
        SHA256.HashData(canonical, hashData);
        var signature = Key.Sign(hashData);
        return () =>
        {
            Scan(document);
            SHA256.HashData(canonical, hashData);
            Require(Key.Public.Verify(hashData, signature));
        };
    }

    /// <summary>The same for a token: what is signed is the text of the token itself, hashed as part of the algorithm.</summary>
    private static Action LimitIssueJwt(string badge)
    {
        var document = Own(badge);
        var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var (input, signature) = Jwt(document, key);
        return () =>
        {
            Scan(document);
            key.Sign(input, signature);
        };
    }

    private static Action LimitVerifyJwt(string badge)
    {
        var document = Own(badge);
        var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var (input, signature) = Jwt(document, key);
        return () =>
        {
            Scan(document);
            Require(key.Public.Verify(input, signature));
        };
    }

    private static (byte[] Input, byte[] Signature) Jwt(byte[] document, PrivateKey key)
    {
        var token = VcJwt.SignAsync(document, LocalSigner.ForDidKey(key), VcJwtProfile.OpenBadges, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var dot = Array.LastIndexOf(token, (byte)'.');
        return (token[..dot], StrictBase64Url.Decode(token.AsSpan(dot + 1))!);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The signature does not hold.");
        }
    }

    private static byte[] CanonicalQuads(byte[] document)
    {
        var quads = new QuadSet();
        var canonicalization = new Canonicalization();
        JsonLdProcessor.ToQuads(document, JsonLdOptions.Default, quads);
        canonicalization.Run(quads, HashAlgorithmName.SHA256);
        return canonicalization.NQuads.ToArray();
    }

    private static void Scan(byte[] document)
    {
        var reader = new Utf8JsonReader(document);
        while (reader.Read())
        {
        }
    }
}
