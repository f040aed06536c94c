using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>
/// A credential as a compact JWS, read strictly. Reading settles nothing about trust: the header's <c>alg</c> and <c>kid</c> are
/// claims to compare with a key that was found elsewhere, as is <c>jwk</c>; <c>jku</c>, <c>x5u</c> and <c>x5c</c> are never looked at.
/// </summary>
public sealed class VcJwt : IDisposable
{
    private const int MaxHeaderLength = 8 * 1024;

    private readonly ReadOnlyMemory<byte> signingInput;
    private readonly byte[] signature;
    private JsonDocument? payload;
    private TokenTape? tape;

    private VcJwt(VcJwtHeader header, ReadOnlyMemory<byte> signingInput, byte[] signature, byte[] payloadBytes, TokenTape tape)
    {
        Header = header;
        this.signingInput = signingInput;
        this.signature = signature;
        PayloadBytes = payloadBytes;
        this.tape = tape;
    }

    public VcJwtHeader Header { get; }

    /// <summary>The payload: the credential with the registered claims beside its members. Built at the first asking.</summary>
    public JsonElement Payload => (payload ??= JsonDocument.Parse(PayloadBytes, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth })).RootElement;

    /// <summary>The payload as it was read.</summary>
    internal TokenTape Tape => tape ?? throw new ObjectDisposedException(nameof(VcJwt));

    /// <summary>The very bytes that were signed, numbers as they were written.</summary>
    public ReadOnlyMemory<byte> PayloadBytes { get; }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static VcJwt Parse(ReadOnlySpan<byte> compact) => Parse((ReadOnlyMemory<byte>)compact.ToArray());

    /// <summary>
    /// Reads a compact JWS: three segments of canonical base64url, a plain header, a JSON object. The bytes are kept, not copied,
    /// and must not change while the token is in use.
    /// </summary>
    /// <exception cref="MalformedException">
    /// <c>jwt.encrypted</c>, <c>jwt.segments</c>, <c>jwt.base64url</c>, <c>jwt.signature-empty</c>, <c>jwt.vc-claim</c>, the codes of
    /// <see cref="VcJwtHeader.Read"/> or <c>json.*</c> when the payload is no strict JSON.
    /// </exception>
    public static VcJwt Parse(ReadOnlyMemory<byte> token)
    {
        var compact = token.Span;
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

        var payload = TokenTape.Take();
        payload.ReadObject(payloadBytes, StrictJson.MaxDepth);
        if (payload.Find(0, "vc"u8) >= 0 || payload.Find(0, "vp"u8) >= 0)
        {
            throw new MalformedException("jwt.vc-claim", "The token wraps its credential in a vc or vp claim, which versions 2.0 and 3.0 of the standards forbid.");
        }

        return new VcJwt(header, token[..lastDot], signature, payloadBytes, payload);
    }

    /// <summary>Signs a credential: a JSON object in UTF-8, whose bytes go into the payload as they are.</summary>
    /// <returns>The compact JWS, in ASCII.</returns>
    /// <exception cref="MalformedException">The codes of <see cref="VcJwtPayload.Write(ReadOnlyMemory{byte}, VcJwtProfile)"/>.</exception>
    public static async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> credential, ISigner signer, VcJwtProfile profile, CancellationToken cancellationToken)
    {
        var (input, length) = SigningInput(signer, credential, profile);
        var signature = await signer.SignAsync(input.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        var compact = GC.AllocateUninitializedArray<byte>(length + 1 + Base64Url.GetEncodedLength(signature.Length));
        input.AsSpan(0, length).CopyTo(compact);
        compact[length] = (byte)'.';
        Base64Url.EncodeToUtf8(signature, compact.AsSpan(length + 1));

        // Not given back when signing fails: a signer that was given up on may still be reading.
        ArrayPool<byte>.Shared.Return(input);
        return compact;
    }

    /// <summary>
    /// True when the header names the key's own algorithm and the signature holds over the two first segments. Says nothing of
    /// whose key it is.
    /// </summary>
    public bool IsSignedBy(PublicKey key) => key.Algorithm == Header.Algorithm && key.Verify(signingInput.Span, signature);

    /// <summary>Whether the claims that repeat the ids of issuer, credential and subject agree with the credential in the token.</summary>
    public bool RepeatsIds => VcJwtClaims.Fault(this) is null;

    public void Dispose()
    {
        payload?.Dispose();

        // Once: given back twice, two documents would be read into one tape.
        tape?.GiveBack();
        tape = null;
    }

    /// <summary>The first two segments with the dot between them, in a pooled array.</summary>
    private static (byte[] Input, int Length) SigningInput(ISigner signer, ReadOnlyMemory<byte> credential, VcJwtProfile profile)
    {
        var json = new PooledBytes(credential.Length + 768);
        try
        {
            VcJwtHeader.Write(signer, profile, ref json);
            var headerEnd = json.Length;
            VcJwtPayload.Write(credential, profile, ref json);
            var header = json.Written[..headerEnd];
            var payload = json.Written[headerEnd..];
            var dot = Base64Url.GetEncodedLength(header.Length);
            var length = dot + 1 + Base64Url.GetEncodedLength(payload.Length);
            var input = ArrayPool<byte>.Shared.Rent(length);
            Base64Url.EncodeToUtf8(header, input);
            input[dot] = (byte)'.';
            Base64Url.EncodeToUtf8(payload, input.AsSpan(dot + 1));
            return (input, length);
        }
        finally
        {
            json.Dispose();
        }
    }

    private static byte[] Decode(ReadOnlySpan<byte> segment, string name) =>
        StrictBase64Url.Decode(segment)
        ?? throw new MalformedException("jwt.base64url", $"The token's {name} is not canonical base64url.");
}
