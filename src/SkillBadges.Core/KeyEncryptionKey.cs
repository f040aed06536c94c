using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SkillBadges.Core;

/// <summary>
/// Seals secrets before they are stored (AES-256-GCM, NIST SP 800-38D 2007-11). The key lies in a file outside the data
/// folder, so that a copy of the data alone opens nothing.
/// </summary>
public sealed class KeyEncryptionKey
{
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] key;

    /// <param name="key">32 bytes.</param>
    public KeyEncryptionKey(ReadOnlySpan<byte> key)
    {
        this.key = key.Length == KeyBytes ? key.ToArray() : throw new ArgumentException("A key-encryption key has 32 bytes.", nameof(key));
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(this.key, "key id"u8))[..16];
    }

    /// <summary>Tells keys apart without telling anything about them; 16 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>
    /// Seals for one purpose, such as <c>totp:{person id}</c>: what is sealed opens in the same place only, so that a row
    /// copied over another is noticed. Shape: <c>{key id}.{base64url of nonce, cipher text, tag}</c>.
    /// </summary>
    public string Seal(ReadOnlySpan<byte> secret, string purpose)
    {
        var box = new byte[NonceBytes + secret.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), secret, box.AsSpan(NonceBytes, secret.Length), box.AsSpan(^TagBytes..), Encoding.UTF8.GetBytes(purpose));
        return $"{Id}.{Base64Url.EncodeToString(box)}";
    }

    /// <summary>A key of 32 bytes for one purpose (HKDF-SHA-256, RFC 5869); it tells nothing of this key or of other purposes' keys.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>A keyed hash for one purpose, of what is too short to be safe under a plain one: a six-digit code cannot be tried out without the key. 64 hexadecimal digits.</summary>
    public string Hash(string text, string purpose) => Convert.ToHexStringLower(HMACSHA256.HashData(Derive(purpose), Encoding.UTF8.GetBytes(text)));

    /// <exception cref="CryptographicException">Sealed under another key, for another purpose, or changed since.</exception>
    public byte[] Open(string sealedSecret, string purpose)
    {
        var dot = sealedSecret.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || sealedSecret[..dot] != Id)
        {
            throw new CryptographicException("This secret was sealed under another key-encryption key.");
        }

        byte[] box;
        try
        {
            box = Base64Url.DecodeFromChars(sealedSecret.AsSpan(dot + 1));
        }
        catch (FormatException e)
        {
            throw new CryptographicException("This is not a sealed secret.", e);
        }

        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("This is not a sealed secret.");
        }

        var secret = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, secret.Length), box.AsSpan(^TagBytes..), secret, Encoding.UTF8.GetBytes(purpose));
        return secret;
    }
}
