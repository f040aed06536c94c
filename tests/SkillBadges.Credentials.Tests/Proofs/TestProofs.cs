using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Tests.Peers;

namespace SkillBadges.Credentials.Tests.Proofs;

/// <summary>Proofs made and checked with keys that name themselves: the fragment of the verification method is the Multikey.</summary>
internal static class TestProofs
{
    public static readonly DateTimeOffset Created = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ProofExpectations Expectations = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

    public static DataIntegrity Engine { get; } = new(KnownContexts.Library);

    /// <summary>With the contexts that only published vectors use.</summary>
    public static DataIntegrity VectorEngine { get; } = new(new ContextLibrary(LoadForVectors));

    public static IReadOnlyList<ProofOutcome> Verify(SecuredDocument document, ProofExpectations? expectations = null) =>
        Engine.Verify(document, KeyOf, expectations ?? Expectations);

    public static IReadOnlyList<ProofOutcome> Verify(byte[] document, ProofExpectations? expectations = null) =>
        Verify(SecuredDocument.Read(document), expectations);

    public static IReadOnlyList<ProofOutcome> VerifyVector(byte[] document) =>
        VectorEngine.Verify(SecuredDocument.Read(document), KeyOf, Expectations);

    public static PublicKey? KeyOf(DataIntegrityProof proof)
    {
        try
        {
            return proof.VerificationMethod!.Split('#') is [_, var multikey] ? PublicKey.FromMultikey(multikey) : null;
        }
        catch (MalformedException)
        {
            return null;
        }
    }

    public static byte[] Sign(byte[] document, Cryptosuite suite, PrivateKey key, Func<ProofOptions, ProofOptions>? change = null)
    {
        var options = new ProofOptions(suite) { Created = Created };
        return Engine.AddProofAsync(document, change?.Invoke(options) ?? options, LocalSigner.ForDidKey(key), CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    public static JsonObject Parse(byte[] document) => JsonNode.Parse(document)!.AsObject();

    public static byte[] Bytes(JsonNode document) => Encoding.UTF8.GetBytes(document.ToJsonString());

    /// <summary>True when the document can be read, has a proof and every proof holds.</summary>
    public static bool IsAccepted(byte[] document)
    {
        try
        {
            var outcomes = Verify(document);
            return outcomes.Count > 0 && outcomes.All(outcome => outcome.Holds);
        }
        catch (MalformedException)
        {
            return false;
        }
    }

    // https://www.w3.org/ns/credentials/examples/v2 is a vocabulary and nothing else.
    private static ReadOnlyMemory<byte>? LoadForVectors(string iri) => iri switch
    {
        "https://www.w3.org/ns/credentials/examples/v2" => """{"@context":{"@vocab":"https://www.w3.org/ns/credentials/examples#"}}"""u8.ToArray(),
        "https://w3id.org/citizenship/v4rc1" => File.ReadAllBytes(PeerInstallation.PackagePath("@digitalbazaar", "citizenship-context", "contexts", "v4rc1.jsonld")),
        _ => KnownContexts.Load(iri),
    };
}
