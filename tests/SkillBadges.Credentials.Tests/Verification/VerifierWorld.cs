using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.StatusLists;
using SkillBadges.Credentials.Verification;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace SkillBadges.Credentials.Tests.Verification;

/// <summary>
/// A school with keys, a DID document and status lists on a web of its own; a verifier that looks out on that web; and a record of
/// everything that was asked for.
/// </summary>
internal sealed class VerifierWorld : TimeProvider
{
    public const string School = SampleCredential.Issuer;
    public const string SchoolDocument = "https://north.example/organizations/north-high/did.json";
    public const string RevocationList = "https://north.example/status/revocation/1";
    public const string SuspensionList = "https://north.example/status/suspension/1";

    public VerifierWorld()
    {
        Document = DidDocument.For(School, [
            VerificationMethod.For(School, Key.Public, null),
            VerificationMethod.For(School, Ed25519Key.Public, null),
            VerificationMethod.For(School, RsaKey.Public, null)]);
        Web[SchoolDocument] = () => Fetched.Found(Document.Write());
        Web[RevocationList] = () => Fetched.Found(List(RevocationList, "revocation", Revocations));
        Web[SuspensionList] = () => Fetched.Found(List(SuspensionList, "suspension", Suspensions));
    }

    public static PrivateKey Key { get; } = PrivateKey.Generate(SignatureAlgorithm.ES256);

    public static PrivateKey Ed25519Key { get; } = PrivateKey.Generate(SignatureAlgorithm.EdDSA);

    public static PrivateKey RsaKey { get; } = PrivateKey.Generate(SignatureAlgorithm.RS256);

    public static PrivateKey AttackerKey { get; } = PrivateKey.Generate(SignatureAlgorithm.ES256);

    public DateTimeOffset Now { get; set; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public DidDocument Document { get; set; }

    /// <summary>What answers at each URL; a URL that is not here is unreachable.</summary>
    public Dictionary<string, Func<Fetched>> Web { get; } = [];

    public List<string> Asked { get; } = [];

    public Dictionary<string, TrustedIssuer> Trusted { get; } = new() { [School] = new TrustedIssuer(School, []) };

    public BitstringStatusList Revocations { get; } = BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1);

    public BitstringStatusList Suspensions { get; } = BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1);

    /// <summary>How much time seems to pass whenever work is timed.</summary>
    public TimeSpan TimePerWork { get; set; }

    private long timestamp;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => timestamp += TimePerWork.Ticks;

    public VerifierPorts Ports => new(
        new DidResolver(FetchAsync, []),
        FetchAsync,
        (issuer, _) => ValueTask.FromResult(Trusted.GetValueOrDefault(issuer)),
        this);

    public async Task<VerificationReport> VerifyAsync(byte[] bytes) =>
        await new CredentialVerifier(Ports).VerifyAsync(bytes, CancellationToken.None);

    public Task<VerificationReport> VerifyAsync(string text) => VerifyAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>The sample credential with both statuses, changed, and signed by the school.</summary>
    public static string Issue(
        Action<JsonObject>? change = null, VcJwtProfile profile = VcJwtProfile.OpenBadges, PrivateKey? key = null, string? keyId = null)
    {
        var signing = key ?? Key;
        var signer = new LocalSigner(signing, keyId ?? $"{School}#{signing.Public.Fragment}");
        return Encoding.ASCII.GetString(VcJwt.SignAsync(Unsigned(change), signer, profile, CancellationToken.None).AsTask().GetAwaiter().GetResult());
    }

    public static byte[] Unsigned(Action<JsonObject>? change = null) => SampleCredential.Bytes(json =>
    {
        json["credentialStatus"] = new JsonArray(Entry(RevocationList, "revocation"), Entry(SuspensionList, "suspension"));
        change?.Invoke(json);
    });

    public static JsonObject Entry(string list, string purpose, string index = "4711") => new()
    {
        ["id"] = $"{list}#{index}",
        ["type"] = StatusListEntry.TypeName,
        ["statusPurpose"] = purpose,
        ["statusListIndex"] = index,
        ["statusListCredential"] = list,
    };

    /// <summary>A token with this header and payload, byte for byte, and a signature that holds.</summary>
    public static string Sign(string header, string payload, PrivateKey? key = null)
    {
        var input = $"{StrictBase64Url.Encode(Encoding.UTF8.GetBytes(header))}.{StrictBase64Url.Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{input}.{StrictBase64Url.Encode((key ?? Key).Sign(Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>The payload of an issued token after a change; sign it again with <see cref="Sign"/>.</summary>
    public static JsonObject Payload(Action<JsonObject>? change = null)
    {
        var payload = (JsonObject)JsonNode.Parse(StrictBase64Url.Decode(Issue().Split('.')[1])!)!;
        change?.Invoke(payload);
        return payload;
    }

    public static string Header(string? keyId = null, string algorithm = "ES256", string more = "") =>
        $$"""{"alg":"{{algorithm}}","kid":"{{keyId ?? $"{School}#{Key.Public.Thumbprint}"}}","typ":"JWT"{{more}}}""";

    public static byte[] List(
        string url, string purpose, BitstringStatusList bits, Func<StatusListCredential, StatusListCredential>? change = null, PrivateKey? key = null, string? keyId = null)
    {
        var list = new StatusListCredential(
            url, School, [purpose], bits.Encode(),
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), null);
        list = change?.Invoke(list) ?? list;
        var signer = new LocalSigner(key ?? Key, keyId ?? $"{School}#{Key.Public.Fragment}");
        return VcJwt.SignAsync(list.Write(), signer, VcJwtProfile.VcJose, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private ValueTask<Fetched> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        Asked.Add(url.AbsoluteUri);
        return ValueTask.FromResult(Web.TryGetValue(url.AbsoluteUri, out var answer) ? answer() : Fetched.Unreachable);
    }
}
