namespace SkillBadges.Credentials.Keys;

/// <summary>
/// Multikey text: multibase over a multicodec prefix and the raw key, EC points compressed (Controlled Identifiers 1.0,
/// REC 2025-05-15, 2.2.2). RSA has no Multikey.
/// </summary>
internal static class MultikeyFormat
{
    // Multicodec codes as unsigned varints: ed25519-pub 0xed, p256-pub 0x1200, p384-pub 0x1201.
    private static ReadOnlySpan<byte> Ed25519Prefix => [0xED, 0x01];

    private static ReadOnlySpan<byte> P256Prefix => [0x80, 0x24];

    private static ReadOnlySpan<byte> P384Prefix => [0x81, 0x24];

    internal static string? Write(PublicKey key) => key switch
    {
        Ed25519PublicKey ed25519 => Multibase.EncodeBase58([.. Ed25519Prefix, .. ed25519.Raw]),
        EcPublicKey ec => Multibase.EncodeBase58([.. ec.Curve == EcCurve.P256 ? P256Prefix : P384Prefix, .. Compress(ec)]),
        _ => null,
    };

    internal static PublicKey Read(string multikey)
    {
        var bytes = Multibase.DecodeBase58(multikey)
            ?? throw new MalformedException("key.malformed", "A Multikey is base58btc text that starts with z.");
        if (bytes.Length < 2)
        {
            throw new MalformedException("key.malformed", "The Multikey is too short.");
        }

        ReadOnlySpan<byte> prefix = bytes.AsSpan(0, 2);
        ReadOnlySpan<byte> raw = bytes.AsSpan(2);
        if (prefix.SequenceEqual(Ed25519Prefix))
        {
            return new Ed25519PublicKey(raw);
        }

        if (prefix.SequenceEqual(P256Prefix))
        {
            return EcPublicKey.OfCompressed(EcCurve.P256, raw);
        }

        return prefix.SequenceEqual(P384Prefix)
            ? EcPublicKey.OfCompressed(EcCurve.P384, raw)
            : throw new MalformedException("key.unsupported", "The Multikey is of a kind that is not supported.");
    }

    private static byte[] Compress(EcPublicKey key) => [(byte)(2 + (key.Y[^1] & 1)), .. key.X];
}
