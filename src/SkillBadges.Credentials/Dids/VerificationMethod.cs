using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Dids;

/// <summary>How a key is written in a DID document.</summary>
public enum KeyForm
{
    Multikey,
    JsonWebKey,
}

/// <summary>One key of a DID document. <see cref="Id"/> is absolute: <c>{did}#{fragment}</c>.</summary>
/// <param name="Expires">From then on the key signs nothing any more (Controlled Identifiers 1.0, 2.2).</param>
/// <param name="Revoked">From then on the key counts for nothing: it was compromised.</param>
public sealed record VerificationMethod(string Id, PublicKey Key, KeyForm Form, DateTimeOffset? Expires, DateTimeOffset? Revoked)
{
    /// <summary>The key under its usual fragment: a Multikey for Ed25519, a JWK named by its thumbprint for RSA and EC.</summary>
    public static VerificationMethod For(string did, PublicKey key, DateTimeOffset? revoked) =>
        For(did, key, key.Algorithm == SignatureAlgorithm.EdDSA ? KeyForm.Multikey : KeyForm.JsonWebKey, revoked);

    /// <summary>The key in a chosen form: EC keys that make Data Integrity proofs are Multikeys.</summary>
    public static VerificationMethod For(string did, PublicKey key, KeyForm form, DateTimeOffset? revoked)
    {
        var fragment = form == KeyForm.JsonWebKey ? key.Thumbprint : key.Multikey ?? throw new NotSupportedException("An RSA key has no Multikey.");
        return new VerificationMethod($"{did}#{fragment}", key, form, null, revoked);
    }
}
