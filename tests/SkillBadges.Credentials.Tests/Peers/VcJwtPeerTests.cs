using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Tests.Peers;

/// <summary>Tokens go both ways between the engine and jose, for every algorithm and both profiles.</summary>
[Collection(PeerGroup.Name)]
public sealed class VcJwtPeerTests(PeerProcess peers)
{
    public static TheoryData<SignatureAlgorithm, VcJwtProfile> Tokens()
    {
        var tokens = new TheoryData<SignatureAlgorithm, VcJwtProfile>();
        foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>())
        {
            tokens.Add(algorithm, VcJwtProfile.OpenBadges);
            tokens.Add(algorithm, VcJwtProfile.VcJose);
        }

        return tokens;
    }

    [PeerTheory]
    [MemberData(nameof(Tokens))]
    public async Task The_peer_verifies_the_token_that_we_sign(SignatureAlgorithm algorithm, VcJwtProfile profile)
    {
        using var key = PrivateKey.Generate(algorithm);
        var signer = LocalSigner.For(SampleCredential.Issuer, key);
        var jwt = Encoding.ASCII.GetString(await VcJwt.SignAsync(Encoding.UTF8.GetBytes(SampleCredential.Object().ToJsonString()), signer, profile, CancellationToken.None));
        var answer = peers.Ask(Verify(jwt, key.Public));
        Assert.Equal(SampleCredential.Id, JsonNode.Parse(answer["payload"]!.GetValue<string>())!["id"]!.GetValue<string>());
        Assert.Equal(signer.VerificationMethod, answer["header"]!["kid"]!.GetValue<string>());

        using var other = PrivateKey.Generate(algorithm);
        Assert.Throws<InvalidOperationException>(() => peers.Ask(Verify(jwt, other.Public)));
    }

    [PeerTheory]
    [InlineData(SignatureAlgorithm.RS256)]
    [InlineData(SignatureAlgorithm.ES256)]
    [InlineData(SignatureAlgorithm.ES384)]
    [InlineData(SignatureAlgorithm.EdDSA)]
    public void We_verify_the_token_that_the_peer_signs(SignatureAlgorithm algorithm)
    {
        var payload = SampleCredential.Object().ToJsonString();
        var answer = peers.Ask(new JsonObject
        {
            ["op"] = "jwtSign", ["algorithm"] = algorithm.JoseName(), ["typ"] = "vc+jwt", ["kid"] = SampleCredential.Issuer + "#key", ["payload"] = payload,
        });
        var key = PublicKey.FromJwk(JsonDocument.Parse(answer["jwk"]!.ToJsonString()).RootElement);
        var jwt = Encoding.ASCII.GetBytes(answer["jwt"]!.GetValue<string>());
        using var token = VcJwt.Parse(jwt);
        Assert.True(token.IsSignedBy(key));
        Assert.Equal(payload, Encoding.UTF8.GetString(token.PayloadBytes.Span));

        using var other = PrivateKey.Generate(algorithm);
        Assert.False(token.IsSignedBy(other.Public));
    }

    private static JsonObject Verify(string jwt, PublicKey key)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            key.WriteJwk(writer, keyId: null);
        }

        return new JsonObject
        {
            ["op"] = "jwtVerify", ["jwt"] = jwt, ["jwk"] = JsonNode.Parse(stream.ToArray()), ["algorithm"] = key.Algorithm.JoseName(),
        };
    }
}
