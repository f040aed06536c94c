using System.Text;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Core.Issuing;

/// <summary>Signs exactly the bytes that were recorded, in every form, and verifies each form before it is let go.</summary>
public static class IntentSigning
{
    private static readonly (string Form, SignatureAlgorithm Algorithm)[] tokens =
        [(SignedForm.VcJwtRs256, SignatureAlgorithm.RS256), (SignedForm.VcJwtEs256, SignatureAlgorithm.ES256)];

    /// <exception cref="UnsoundSignatureException">What the signer gave back does not verify.</exception>
    public static Task<SignedCredential> SignAsync(RecordedPayload recorded, SigningKeys keys, DateTimeOffset now, CancellationToken cancellationToken) => SignAsync(recorded, keys, now, isOneOfMany: false, cancellationToken);

    /// <param name="recorded">What is signed.</param>
    /// <param name="keys">The issuer's active keys.</param>
    /// <param name="now">When.</param>
    /// <param name="isOneOfMany">
    /// One that is signed with others by the same keys, of which the first goes through the whole verifier: each form is compared with what was recorded, whose shape was judged then, and its signature is verified over it.
    /// </param>
    /// <param name="cancellationToken">Stops between two forms.</param>
    /// <exception cref="UnsoundSignatureException">What the signer gave back does not verify.</exception>
    public static async Task<SignedCredential> SignAsync(RecordedPayload recorded, SigningKeys keys, DateTimeOffset now, bool isOneOfMany, CancellationToken cancellationToken)
    {
        var payload = recorded.Bytes;
        var forms = new List<SignedForm>();
        foreach (var (form, algorithm) in tokens)
        {
            var key = keys.For(algorithm);
            var text = await VcJwt.SignAsync(payload, key.Signer, VcJwtProfile.OpenBadges, cancellationToken);
            RequireUnchanged(text, payload, key, isOneOfMany);
            forms.Add(new(form, key.KeyId, text));
        }

        var embedded = await EmbeddedProof.AddAsync(payload, keys, now, cancellationToken);
        forms.Add(embedded);
        if (isOneOfMany)
        {
            EmbeddedProof.Require(embedded, payload, keys, now);
        }
        else
        {
            foreach (var form in forms)
            {
                await ReleaseCheck.RequireAsync(form, keys, recorded.PreparedAt, cancellationToken);
            }
        }

        return new(recorded.Credential, [.. forms], now);
    }

    /// <summary>A key that was rotated or compromised meanwhile signs nothing more: the commit then fails and is tried with the new one.</summary>
    public static void RequireKeys(IEnumerable<SignedForm> forms, SigningKeys keys, Changes changes)
    {
        foreach (var key in keys.Keys.Where(key => forms.Any(form => form.KeyId == key.KeyId)))
        {
            changes.Require(IssuerKeyDocuments.Kind, key.Read);
        }
    }

    // A signer may be a device or another process: what comes back is not believed but compared.
    private static void RequireUnchanged(string text, ReadOnlyMemory<byte> payload, SigningKey key, bool withSignature)
    {
        using var token = VcJwt.Parse(Encoding.ASCII.GetBytes(text));
        if (!token.PayloadBytes.Span.SequenceEqual(VcJwtPayload.Write(payload, VcJwtProfile.OpenBadges)))
        {
            throw new UnsoundSignatureException(key.KeyId, "payload");
        }

        if (withSignature && !(token.Header.KeyId == key.KeyId && token.IsSignedBy(key.Public)))
        {
            throw new UnsoundSignatureException(key.KeyId, "signature");
        }
    }
}
