using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Core.Issuing;

/// <summary>A key's signer whose word is not taken: it may be a device or another process, so each signature is verified over the bytes that it was given before anything is made of it.</summary>
internal sealed class CheckedSigner(SigningKey key) : ISigner
{
    public SignatureAlgorithm Algorithm => key.Signer.Algorithm;

    public string VerificationMethod => key.Signer.VerificationMethod;

    /// <exception cref="UnsoundSignatureException">What came back is no signature of the key over the data.</exception>
    public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var signature = await key.Signer.SignAsync(data, cancellationToken);
        return key.Public.Verify(data.Span, signature) ? signature : throw new UnsoundSignatureException(key.KeyId, "signature");
    }
}
