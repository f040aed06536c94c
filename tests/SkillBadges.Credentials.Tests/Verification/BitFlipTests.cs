using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace SkillBadges.Credentials.Tests.Verification;

/// <summary>Every single bit of twenty signed credentials, flipped: none is accepted as saying something else.</summary>
public sealed class BitFlipTests
{
    private readonly VerifierWorld world = new();

    public BitFlipTests()
    {
        world.Document = DidDocument.For(VerifierWorld.School, [
            .. world.Document.Methods, VerificationMethod.For(VerifierWorld.School, VerifierWorld.Key.Public, KeyForm.Multikey, null)]);
    }

    public static TheoryData<string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, string>();
            foreach (var subject in new[] { "plain", "language", "scripts", "several" })
            {
                foreach (var form in new[] { "JWT ES256", "JWT EdDSA", "eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-jcs-2019" })
                {
                    kinds.Add(form, subject);
                }
            }

            return kinds;
        }
    }

    [Fact]
    public void There_are_twenty_credentials()
    {
        Assert.Equal(20, Kinds.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_flipped_bit_is_accepted(string form, string subject)
    {
        var bytes = Signed(form, Credential(subject));
        Assert.True((await world.VerifyAsync(bytes)).SignatureHolds);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            if ((await world.VerifyAsync(bytes)).SignatureHolds)
            {
                // White space and the spelling of numbers and escapes are no part of what an embedded proof signs.
                Assert.False(form.StartsWith("JWT", StringComparison.Ordinal), $"bit {bit}");
                var original = (byte[])bytes.Clone();
                original[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(original), JsonNode.Parse(bytes)), $"bit {bit}");
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static byte[] Signed(string form, byte[] credential) => form switch
    {
        "JWT ES256" => Token(credential, VerifierWorld.Key),
        "JWT EdDSA" => Token(credential, VerifierWorld.Ed25519Key),
        _ => EmbeddedProofTests.Sign(credential, form),
    };

    private static byte[] Token(byte[] credential, PrivateKey key) =>
        VcJwt.SignAsync(credential, LocalSigner.For(VerifierWorld.School, key), VcJwtProfile.OpenBadges, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private static byte[] Credential(string subject)
    {
        var about = subject switch
        {
            "language" => """{"id":"urn:x:1","name":{"@value":"Schwei\u00dfen","@language":"de"}}""",
            "scripts" => """{"id":"urn:x:2","name":"溶接 \u00e9 \"q\""}""",
            "several" => """[{"id":"urn:x:3","name":"A"},{"id":"urn:x:5","description":"B"}]""",
            _ => """{"id":"urn:x:4","description":"Welds."}""",
        };
        var json = $$"""
            {"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:c:1","type":["VerifiableCredential"],"issuer":"{{VerifierWorld.School}}","validFrom":"2026-05-01T12:00:00Z","credentialSubject":{{about}}}
            """;
        using var wellFormed = JsonDocument.Parse(json);
        return Encoding.UTF8.GetBytes(json.Trim());
    }
}
