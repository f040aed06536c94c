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

    /// <exception cref="UnsoundSignatureException">What the signer gave back does not verify.</exception>
    public static async Task<SignedForm> AddAsync(ReadOnlyMemory<byte> credential, SigningKeys keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = keys.For(SignatureAlgorithm.EdDSA);
        var secured = await integrity.AddProofAsync(credential, new ProofOptions(Cryptosuites.EddsaRdfc2022) { Created = now }, key.Signer, cancellationToken);
        var outcomes = integrity.Verify(
            SecuredDocument.Read(secured), proof => proof.VerificationMethod == key.KeyId ? key.Public : null, new ProofExpectations(now));
        return outcomes is [{ Holds: true }]
            ? new(SignedForm.EddsaRdfc2022, key.KeyId, Encoding.UTF8.GetString(secured))
            : throw new UnsoundSignatureException(key.KeyId, outcomes is [{ Fault: { } fault }] ? fault.Code : "proof");
    }
}
