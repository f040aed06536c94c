using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// A public key that verifies exactly one algorithm. Reading one checks it fully (length, curve, point on the curve), so that a
/// value of this type can always verify. Safe to share between threads and to keep for the life of a process; equal when the key is.
/// </summary>
public abstract class PublicKey : IEquatable<PublicKey>
{
    private string? thumbprint;

    private protected PublicKey(SignatureAlgorithm algorithm)
    {
        Algorithm = algorithm;
    }

    public SignatureAlgorithm Algorithm { get; }

    /// <summary>The Multikey text (<c>z6Mk...</c>, <c>zDn...</c>, <c>z82...</c>); null for RSA, for which no Multikey is defined.</summary>
    public string? Multikey => MultikeyFormat.Write(this);

    /// <summary>The RFC 7638 thumbprint: base64url of SHA-256 over the required JWK members in order.</summary>
    public string Thumbprint => thumbprint ??= ComputeThumbprint();

    /// <summary>The fragment under which we publish the key: the Multikey for Ed25519, the thumbprint of the JWK for RSA and EC.</summary>
    public string Fragment => Algorithm == SignatureAlgorithm.EdDSA ? Multikey! : Thumbprint;

    /// <summary>Reads a public JWK (RFC 7517, 7518 6, 8037 2).</summary>
    /// <exception cref="MalformedException">
    /// <c>key.malformed</c>, <c>key.unsupported</c>, <c>key.too-weak</c>, or <c>key.private</c> when private parts are present.
    /// </exception>
    public static PublicKey FromJwk(JsonElement jwk) => JwkFormat.Read(jwk);

    /// <summary>Reads a Multikey text (Controlled Identifiers 1.0, 2.2.2).</summary>
    /// <exception cref="MalformedException"><c>key.malformed</c> or <c>key.unsupported</c>.</exception>
    public static PublicKey FromMultikey(string multikey) => MultikeyFormat.Read(multikey);

    /// <summary>True when the signature is over exactly these bytes. A signature of the wrong length is false, never a fault.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>Writes the public JWK as an object, with <c>alg</c>, <c>use</c> and, if given, <c>kid</c>.</summary>
    public void WriteJwk(Utf8JsonWriter writer, string? keyId)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in RequiredMembers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteString("alg", Algorithm.JoseName());
        writer.WriteString("use", "sig");
        if (keyId is not null)
        {
            writer.WriteString("kid", keyId);
        }

        writer.WriteEndObject();
    }

    public bool Equals(PublicKey? other) => other is not null && other.Algorithm == Algorithm && other.Thumbprint == Thumbprint;

    public sealed override bool Equals(object? obj) => Equals(obj as PublicKey);

    public sealed override int GetHashCode() => Thumbprint.GetHashCode(StringComparison.Ordinal);

    /// <summary>The members that RFC 7638 3.2 hashes, in its (lexicographic) order.</summary>
    internal abstract IReadOnlyList<(string Name, string Value)> RequiredMembers { get; }

    private string ComputeThumbprint()
    {
        // No member value needs JSON escapes: base64url text and registered names.
        var members = string.Join(',', RequiredMembers.Select(member => $"\"{member.Name}\":\"{member.Value}\""));
        return StrictBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes($"{{{members}}}")));
    }
}
