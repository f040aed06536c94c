using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>
/// A credential as a compact JWS, read strictly. Reading settles nothing about trust: the header's <c>alg</c> and <c>kid</c> are
/// claims to compare with a key that was found elsewhere, as is <c>jwk</c>; <c>jku</c>, <c>x5u</c> and <c>x5c</c> are never looked at.
/// </summary>
public sealed class VcJwt : IDisposable
{
    private const int MaxHeaderLength = 8 * 1024;

    private readonly byte[] signingInput;
    private readonly byte[] signature;
    private readonly JsonDocument payload;

    private VcJwt(VcJwtHeader header, byte[] signingInput, byte[] signature, byte[] payloadBytes, JsonDocument payload)
    {
        Header = header;
        this.signingInput = signingInput;
        this.signature = signature;
        PayloadBytes = payloadBytes;
        this.payload = payload;
    }

    public VcJwtHeader Header { get; }

    /// <summary>The payload: the credential with the registered claims beside its members.</summary>
    public JsonElement Payload => payload.RootElement;

    /// <summary>The very bytes that were signed, numbers as they were written.</summary>
    public ReadOnlyMemory<byte> PayloadBytes { get; }

    /// <summary>Reads a compact JWS: three segments of canonical base64url, a plain header, a JSON object.</summary>
    /// <exception cref="MalformedException">
    /// <c>jwt.encrypted</c>, <c>jwt.segments</c>, <c>jwt.base64url</c>, <c>jwt.signature-empty</c>, <c>jwt.vc-claim</c>, the codes of
    /// <see cref="VcJwtHeader.Read"/> or those of <see cref="StrictJson.Parse"/>.
    /// </exception>
    public static VcJwt Parse(ReadOnlySpan<byte> compact)
    {
        var dots = compact.Count((byte)'.');
        if (dots == 4)
        {
            throw new MalformedException("jwt.encrypted", "This is an encrypted token (JWE); a credential is signed, not encrypted.");
        }

        if (dots != 2)
        {
            throw new MalformedException("jwt.segments", $"A signed token has three parts between dots; this one has {dots + 1}.");
        }

        var firstDot = compact.IndexOf((byte)'.');
        var lastDot = compact.LastIndexOf((byte)'.');
        if (firstDot > MaxHeaderLength)
        {
            throw new MalformedException("jwt.header-malformed", "The token's header is longer than 8 KB.");
        }

        var headerBytes = Decode(compact[..firstDot], "header");
        var payloadBytes = Decode(compact[(firstDot + 1)..lastDot], "payload");
        var signature = Decode(compact[(lastDot + 1)..], "signature");
        var header = VcJwtHeader.Read(headerBytes);
        if (signature.Length == 0)
        {
            throw new MalformedException("jwt.signature-empty", "The token has no signature.");
        }

        var payload = StrictJson.ParseObject(payloadBytes);
        if (payload.RootElement.TryGetProperty("vc", out _) || payload.RootElement.TryGetProperty("vp", out _))
        {
            payload.Dispose();
            throw new MalformedException("jwt.vc-claim", "The token wraps its credential in a vc or vp claim, which versions 2.0 and 3.0 of the standards forbid.");
        }

        return new VcJwt(header, compact[..lastDot].ToArray(), signature, payloadBytes, payload);
    }

    /// <summary>Signs a credential: a JSON object in UTF-8, whose bytes go into the payload as they are.</summary>
    /// <returns>The compact JWS.</returns>
    /// <exception cref="MalformedException">The codes of <see cref="VcJwtPayload.Write"/>.</exception>
    public static async ValueTask<string> SignAsync(ReadOnlyMemory<byte> credential, ISigner signer, VcJwtProfile profile, CancellationToken cancellationToken)
    {
        var input = SigningInput(VcJwtHeader.Write(signer, profile), VcJwtPayload.Write(credential, profile));
        var signature = await signer.SignAsync(input, cancellationToken).ConfigureAwait(false);
        return $"{Encoding.ASCII.GetString(input)}.{StrictBase64Url.Encode(signature)}";
    }

    /// <summary>
    /// True when the header names the key's own algorithm and the signature holds over the two first segments. Says nothing of
    /// whose key it is.
    /// </summary>
    public bool IsSignedBy(PublicKey key) => key.Algorithm == Header.Algorithm && key.Verify(signingInput, signature);

    public void Dispose() => payload.Dispose();

    private static byte[] SigningInput(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var headerLength = System.Buffers.Text.Base64Url.GetEncodedLength(header.Length);
        var input = new byte[headerLength + 1 + System.Buffers.Text.Base64Url.GetEncodedLength(payload.Length)];
        System.Buffers.Text.Base64Url.EncodeToUtf8(header, input);
        input[headerLength] = (byte)'.';
        System.Buffers.Text.Base64Url.EncodeToUtf8(payload, input.AsSpan(headerLength + 1));
        return input;
    }

    private static byte[] Decode(ReadOnlySpan<byte> segment, string name) =>
        StrictBase64Url.Decode(segment)
        ?? throw new MalformedException("jwt.base64url", $"The token's {name} is not canonical base64url.");
}
