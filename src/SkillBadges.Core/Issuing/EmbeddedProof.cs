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

    public static Task<SignedForm> AddAsync(ReadOnlyMemory<byte> credential, SigningKeys keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = keys.For(SignatureAlgorithm.EdDSA);
        return AddAsync(credential, key, new CheckedSigner(key), now, cancellationToken);
    }

    /// <param name="credential">What is signed.</param>
    /// <param name="key">Whose signature it is.</param>
    /// <param name="signer">The key's own, where the whole verifier sees the form before anybody else does; else a <see cref="CheckedSigner"/>.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops the signer.</param>
    internal static async Task<SignedForm> AddAsync(ReadOnlyMemory<byte> credential, SigningKey key, ISigner signer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var secured = await integrity.AddProofAsync(credential, new ProofOptions(Cryptosuites.EddsaRdfc2022) { Created = now }, signer, cancellationToken);
        return new(SignedForm.EddsaRdfc2022, key.KeyId, Encoding.UTF8.GetString(secured));
    }
}
