namespace SkillBadges.Credentials.Keys;

/// <summary>Signs with a private key in memory. The key stays its owner's to dispose.</summary>
public sealed class LocalSigner(PrivateKey key, string verificationMethod) : ISigner
{
    public SignatureAlgorithm Algorithm => key.Algorithm;

    public string VerificationMethod { get; } = verificationMethod;

    /// <summary>Signs as <paramref name="did"/> with the verification method that <see cref="PublicKey.Fragment"/> gives the key.</summary>
    public static LocalSigner For(string did, PrivateKey key) => new(key, $"{did}#{key.Public.Fragment}");

    /// <summary>Signs as the did:key of the key itself (not for RSA, which has none).</summary>
    public static LocalSigner ForDidKey(PrivateKey key)
    {
        var multikey = key.Public.Multikey ?? throw new NotSupportedException("An RSA key has no did:key.");
        return new LocalSigner(key, $"did:key:{multikey}#{multikey}");
    }

    /// <summary>Signs without waiting; the signature is at most <see cref="PrivateKey.MaxSignatureLength"/> bytes.</summary>
    public int Sign(ReadOnlySpan<byte> data, Span<byte> destination) => key.Sign(data, destination);

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(key.Sign(data.Span));
    }
}
