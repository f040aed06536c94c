using System.Text;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Core.Issuing;

/// <summary>The form for verifiers that read JSON: the same bytes with an eddsa-rdfc-2022 proof added at their end.</summary>
public static class EmbeddedProof
{
    private static readonly DataIntegrity integrity = new(KnownContexts.Library);

    public static async Task<SignedForm> AddAsync(ReadOnlyMemory<byte> credential, SigningKeys keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = keys.For(SignatureAlgorithm.EdDSA);
        var secured = await integrity.AddProofAsync(credential, new ProofOptions(Cryptosuites.EddsaRdfc2022) { Created = now }, new CheckedSigner(key), cancellationToken);
        return new(SignedForm.EddsaRdfc2022, key.KeyId, Encoding.UTF8.GetString(secured));
    }
}
