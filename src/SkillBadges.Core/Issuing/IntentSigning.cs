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
    /// One that is signed with others by the same keys, of which the first goes through the whole verifier: each signature is verified over the bytes that the signer was given, made from what was recorded, whose shape
    /// was judged then.
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
            forms.Add(new(form, key.KeyId, Encoding.ASCII.GetString(await VcJwt.SignAsync(payload, SignerOf(key), VcJwtProfile.OpenBadges, cancellationToken))));
        }

        var embedding = keys.For(SignatureAlgorithm.EdDSA);
        forms.Add(await EmbeddedProof.AddAsync(payload, embedding, SignerOf(embedding), now, cancellationToken));
        if (!isOneOfMany)
        {
            foreach (var form in forms)
            {
                await ReleaseCheck.RequireAsync(form, keys, recorded.PreparedAt, cancellationToken);
                RequirePayload(form, payload);
            }
        }

        return new(recorded.Credential, [.. forms], now);

        // What the whole verifier looks at anyway is verified once.
        ISigner SignerOf(SigningKey key) => isOneOfMany ? new CheckedSigner(key) : key.Signer;
    }

    /// <summary>A key that was rotated or compromised meanwhile signs nothing more: the commit then fails and is tried with the new one.</summary>
    public static void RequireKeys(IEnumerable<SignedForm> forms, SigningKeys keys, Changes changes)
    {
        foreach (var key in keys.Keys.Where(key => forms.Any(form => form.KeyId == key.KeyId)))
        {
            changes.Require(IssuerKeyDocuments.Kind, key.Read);
        }
    }

    private static void RequirePayload(SignedForm form, ReadOnlyMemory<byte> payload)
    {
        var text = Encoding.UTF8.GetBytes(form.Text);
        if (form.Name == SignedForm.EddsaRdfc2022)
        {
            Require(form, text.AsSpan().StartsWith(payload.Span.TrimEnd(" \t\r\n"u8)[..^1]));
            return;
        }

        using var token = VcJwt.Parse(text);
        Require(form, token.PayloadBytes.Span.SequenceEqual(VcJwtPayload.Write(payload, VcJwtProfile.OpenBadges)));
    }

    private static void Require(SignedForm form, bool isUnchanged)
    {
        if (!isUnchanged)
        {
            throw new UnsoundSignatureException(form.KeyId, "payload");
        }
    }
}
