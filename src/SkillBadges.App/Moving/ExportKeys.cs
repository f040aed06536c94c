using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SkillBadges.Core;

namespace SkillBadges.App.Moving;

/// <summary>
/// The key-encryption key of the instance, sealed under a passphrase: what the documents hold sealed (issuer keys, second factors, letters) stays as it is and opens with it.
/// It is bound to the manifest, so that nobody without the passphrase changes what an import takes.
/// </summary>
/// <param name="Manifest">SHA-256 of the manifest's bytes.</param>
/// <param name="Salt">128 bits.</param>
/// <param name="Key">AES-256-GCM.</param>
internal sealed record ExportKeys(int Format, Sha256Digest Manifest, string Derivation, int Iterations, string Salt, string Key)
{
    public const string Name = "keys.json";

    public const int MinPassphrase = 12;

    // RFC 8018 (2017-01) 5.2; three times what OWASP asked for with SHA-512 in 2023.
    private const string Pbkdf2 = "PBKDF2-HMAC-SHA-512";
    private const int UsualIterations = 600_000;
    private const int MaxIterations = 10_000_000;
    private const int MinIterations = 100_000;
    private const int SaltBytes = 16;

    public static ExportKeys Seal(ReadOnlySpan<byte> keyEncryptionKey, string passphrase, Sha256Digest manifest)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new(ExportManifest.CurrentFormat, manifest, Pbkdf2, UsualIterations, Base64Url.EncodeToString(salt), Derive(passphrase, salt, UsualIterations).Seal(keyEncryptionKey, Purpose(manifest)));
    }

    /// <exception cref="RefusedException"><c>import.passphrase</c>, <c>import.damaged</c>.</exception>
    public byte[] Open(string passphrase)
    {
        if (Derivation != Pbkdf2 || Iterations is < MinIterations or > MaxIterations || Salt.Length > 64 || !Base64Url.IsValid(Salt))
        {
            throw ExportJson.Damaged(Name);
        }

        try
        {
            return Derive(passphrase, Base64Url.DecodeFromChars(Salt), Iterations).Open(Key, Purpose(Manifest));
        }
        catch (CryptographicException)
        {
            throw Refused.Invalid("import.passphrase", "The passphrase is not the one that the export was made with, or its file keys.json was changed.");
        }
    }

    /// <summary>The first line of a file.</summary>
    /// <exception cref="RefusedException"><c>export.passphrase</c>.</exception>
    public static async Task<string> ReadPassphraseAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null || !File.Exists(file))
        {
            throw Refused.Invalid("export.passphrase", "Name a file with a passphrase: --passphrase-file FILE. The keys of the instance travel sealed under it.");
        }

        using var reader = new StreamReader(file, Encoding.UTF8);
        var line = (await reader.ReadLineAsync(cancellationToken))?.Trim() ?? "";
        return line.Length >= MinPassphrase
            ? line
            : throw Refused.Invalid("export.passphrase", $"The first line of the passphrase file has fewer than {MinPassphrase} characters.");
    }

    private static KeyEncryptionKey Derive(string passphrase, ReadOnlySpan<byte> salt, int iterations)
    {
        var key = Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA512, KeyEncryptionKey.KeyBytes);
        try
        {
            return new(key);
        }
        finally
        {
            Array.Clear(key);
        }
    }

    private static string Purpose(Sha256Digest manifest) => $"export:{manifest.Hex}";
}
