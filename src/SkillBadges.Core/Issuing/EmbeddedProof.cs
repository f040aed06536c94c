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
        var secured = await integrity.AddProofAsync(credential, new ProofOptions(Cryptosuites.EddsaRdfc2022) { Created = now }, key.Signer, cancellationToken);
        return new(SignedForm.EddsaRdfc2022, key.KeyId, Encoding.UTF8.GetString(secured));
    }

    /// <summary>That the form is the credential with one proof behind it, made with the issuer's key over exactly this.</summary>
    /// <exception cref="UnsoundSignatureException">It is not.</exception>
    public static void Require(SignedForm form, ReadOnlyMemory<byte> credential, SigningKeys keys, DateTimeOffset now)
    {
        var text = Encoding.UTF8.GetBytes(form.Text);
        if (!text.AsSpan().StartsWith(credential.Span.TrimEnd(" \t\r\n"u8)[..^1]))
        {
            throw new UnsoundSignatureException(form.KeyId, "payload");
        }

        using var document = SecuredDocument.Read(text);
        if (integrity.Verify(document, proof => keys.Keys.FirstOrDefault(key => key.KeyId == proof.VerificationMethod && key.KeyId == form.KeyId)?.Public, new(now)) is not [{ Holds: true }])
        {
            throw new UnsoundSignatureException(form.KeyId, "signature");
        }
    }
}
