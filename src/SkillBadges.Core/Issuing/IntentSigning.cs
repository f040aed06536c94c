using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Core.Issuing;

/// <summary>Signs exactly the bytes of an intent, in every form, and reads each form again before it is let go.</summary>
public static class IntentSigning
{
    private static readonly (string Form, SignatureAlgorithm Algorithm)[] tokens =
        [(SignedForm.VcJwtRs256, SignatureAlgorithm.RS256), (SignedForm.VcJwtEs256, SignatureAlgorithm.ES256)];

    public static async Task<SignedCredential> SignAsync(IssuanceIntent intent, SigningKeys keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var payload = intent.PayloadBytes;
        var forms = new List<SignedForm>();
        foreach (var (form, algorithm) in tokens)
        {
            var key = keys.For(algorithm);
            var text = await VcJwt.SignAsync(payload, key.Signer, VcJwtProfile.OpenBadges, cancellationToken);
            RequireSound(text, payload, key);
            forms.Add(new(form, key.KeyId, text));
        }

        return new(intent.Credential, [.. forms], now);
    }

    /// <summary>A key that was rotated or compromised meanwhile signs nothing more: the commit then fails and is tried with the new one.</summary>
    public static void RequireKeys(SignedCredential credential, SigningKeys keys, Changes changes)
    {
        foreach (var key in keys.Keys.Where(key => credential.Forms.Any(form => form.KeyId == key.KeyId)))
        {
            changes.Require(IssuerKeyDocuments.Kind, key.Read);
        }
    }

    // A signer may be a device or another process: what comes back is not believed but checked.
    private static void RequireSound(string text, ReadOnlyMemory<byte> payload, SigningKey key)
    {
        using var token = VcJwt.Parse(System.Text.Encoding.ASCII.GetBytes(text));
        var sound = token.IsSignedBy(key.Public)
            && token.Header.KeyId == key.KeyId
            && token.PayloadBytes.Span.SequenceEqual(VcJwtPayload.Write(payload, VcJwtProfile.OpenBadges));
        if (!sound)
        {
            throw new InvalidOperationException($"The signature made with {key.KeyId} does not hold over what was to be signed; it was thrown away.");
        }
    }
}
