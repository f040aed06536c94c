using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.JsonLd;

/// <summary>Documents whose canonical N-Quads the W3C and 1EdTech have published: safe mode passes them and every byte agrees.</summary>
public sealed class PublishedDocumentsTests
{
    private const string Vectors = "proof-vectors/vectors/";

    [ConformanceTheory]
    [InlineData("1edtech-ob-signed.json", "1edtech-canon/obv3p0/document-canon.txt")]
    [InlineData("1edtech-clr-signed.json", "1edtech-canon/clrv2p0/document-canon.txt")]
    [InlineData("w3c-vc-di-eddsa/unsigned.json", "w3c-vc-di-eddsa/eddsa-rdfc-2022/canonDocDataInt.txt")]
    [InlineData("w3c-vc-di-eddsa/eddsa-rdfc-2022/proofConfigDataInt.json", "w3c-vc-di-eddsa/eddsa-rdfc-2022/proofCanonDataInt.txt")]
    [InlineData("w3c-vc-di-eddsa/Ed25519Signature2020/signedEdSig.json", "w3c-vc-di-eddsa/Ed25519Signature2020/canonDocEdSig.txt")]
    [InlineData("w3c-vc-di-eddsa/Ed25519Signature2020/proofConfigEdSig.json", "w3c-vc-di-eddsa/Ed25519Signature2020/proofCanonEdSig.txt")]
    [InlineData("w3c-vc-di-ecdsa/unsigned.json", "w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p256/canonDocECDSAP256.txt")]
    [InlineData("w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p384/proofConfigECDSAP384.json", "w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p384/proofCanonECDSAP384.txt")]
    public void The_canonical_form_is_the_published_one(string document, string canonical)
    {
        var json = JsonNode.Parse(Conformance.Bytes(Vectors + document))!.AsObject();
        json.Remove("proof");
        var set = new QuadSet();
        JsonLdProcessor.ToQuads(Encoding.UTF8.GetBytes(json.ToJsonString()), JsonLdOptions.Default, set);
        var canonicalization = new Canonicalization();
        canonicalization.Run(set, canonical.Contains("P384", StringComparison.Ordinal) ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256);
        Assert.Equal(Conformance.Text(Vectors + canonical).TrimEnd(), Encoding.UTF8.GetString(canonicalization.NQuads).TrimEnd());
    }
}
