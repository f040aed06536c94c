using System.Collections.Concurrent;
using System.Text;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.OpenBadges;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Tests.Proofs;

/// <summary>Every single bit of a signed credential, turned over one at a time: not one of the results may be accepted.</summary>
public sealed class BitFlipTests
{
    // Compact JSON without numbers: a letter that changes case in "1e5", or a zero that becomes a space in "1.50", would be
    // the same document spelled differently, which may well be accepted.
    private const string Credential = """
        {"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:7f3b2a10-0000-4000-8000-0a4c1f8e4a64","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"did:web:north.example","type":["Profile"],"name":"North High"},"validFrom":"2026-05-01T12:00:00Z","credentialSubject":{"type":["AchievementSubject"],"achievement":{"id":"urn:uuid:4a0e9d2b","type":["Achievement"],"name":"SMAW fillet weld","description":"Lays sound fillet welds.","criteria":{"narrative":"Three test plates."}}}}
        """;

    public static TheoryData<string, SignatureAlgorithm, int> Credentials()
    {
        var data = new TheoryData<string, SignatureAlgorithm, int>();
        for (var number = 0; number < 4; number++)
        {
            data.Add("eddsa-rdfc-2022", SignatureAlgorithm.EdDSA, number);
            data.Add("ecdsa-rdfc-2019", SignatureAlgorithm.ES256, number);
            data.Add("ecdsa-rdfc-2019", SignatureAlgorithm.ES384, number);
            data.Add("eddsa-jcs-2022", SignatureAlgorithm.EdDSA, number);
            data.Add("ecdsa-jcs-2019", SignatureAlgorithm.ES256, number);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Credentials))]
    public void No_flipped_bit_is_accepted(string suite, SignatureAlgorithm algorithm, int number)
    {
        using var key = PrivateKey.Generate(algorithm);
        var document = Encoding.UTF8.GetBytes(Credential.Replace("4000-8000", $"4000-{8000 + number}", StringComparison.Ordinal));
        var signed = TestProofs.Sign(document, Cryptosuites.Find("DataIntegrityProof", suite)!, key);
        Assert.True(Holds(signed, key.Public));
        var held = new ConcurrentBag<int>();
        Parallel.For(0, signed.Length * 8, bit =>
        {
            if (Holds(Flipped(signed, bit), key.Public))
            {
                held.Add(bit);
            }
        });

        // The Open Badges context gives the property criteria and the type Criteria one IRI, so to RDF that letter's case is
        // layout; the rules of the model refuse the badge, which then lacks its criteria.
        var criteria = ((signed.AsSpan().IndexOf("criteria"u8) * 8) + 5);
        Assert.Equal(suite.Contains("rdfc", StringComparison.Ordinal) ? [criteria] : [], held);
        Assert.All(held, bit => Assert.False(OpenBadgeValidation.Check(Flipped(signed, bit)).IsValid));
    }

    private static byte[] Flipped(byte[] signed, int bit)
    {
        var flipped = (byte[])signed.Clone();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    /// <summary>Held to the true key whatever the proof says, which is the most that a forger could wish for.</summary>
    private static bool Holds(byte[] document, PublicKey key)
    {
        try
        {
            var outcomes = TestProofs.Engine.Verify(SecuredDocument.Read(document), _ => key, TestProofs.Expectations);
            return outcomes.Count > 0 && outcomes.All(outcome => outcome.Holds);
        }
        catch (MalformedException)
        {
            return false;
        }
    }
}
