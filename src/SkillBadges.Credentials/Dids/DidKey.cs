using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Dids;

/// <summary>did:key: the key is its own name (W3C CCG did:key 0.9). Ed25519, P-256 and P-384.</summary>
public static class DidKey
{
    public const string Prefix = "did:key:";

    /// <exception cref="NotSupportedException">The key is RSA.</exception>
    public static string Of(PublicKey key) => Prefix + (key.Multikey ?? throw new NotSupportedException("An RSA key has no did:key."));

    /// <summary>The document that the name stands for; nothing is fetched.</summary>
    /// <exception cref="MalformedException"><c>did.malformed</c>, <c>key.malformed</c>, <c>key.unsupported</c> or <c>key.too-weak</c>.</exception>
    public static DidDocument Resolve(string did)
    {
        if (!did.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new MalformedException("did.malformed", "That is not a did:key name.");
        }

        var key = PublicKey.FromMultikey(did[Prefix.Length..]);

        // One key has one name: text that reads as the same key but is written differently is another identifier.
        return Of(key) == did
            ? DidDocument.For(did, [VerificationMethod.For(did, key, KeyForm.Multikey, null)])
            : throw new MalformedException("did.malformed", "The did:key name is not written in its one canonical form.");
    }
}
