using System.Text;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Tests.Peers;

namespace SkillBadges.Credentials.Tests.Proofs;

/// <summary>
/// The vectors published with VC-DI-EDDSA 1.0 and VC-DI-ECDSA 1.0 (REC 2025-05-15): every intermediate value, hex for hex.
/// </summary>
public sealed class PublishedVectorTests
{
    private const string Root = "proof-vectors/vectors/";

    public static TheoryData<string, string> Vectors() => new()
    {
        { "w3c-vc-di-eddsa/eddsa-rdfc-2022/", "DataInt" },
        { "w3c-vc-di-eddsa/Ed25519Signature2020/", "EdSig" },
        { "w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p256/", "ECDSAP256" },
        { "w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p384/", "ECDSAP384" },
        { "w3c-vc-di-eddsa/eddsa-jcs-2022/", "JCS" },
        { "w3c-vc-di-ecdsa/ecdsa-jcs-2019-p256/", "JCSECDSAP256" },
        { "w3c-vc-di-ecdsa/ecdsa-jcs-2019-p384/", "JCSECDSAP384" },
    };

    [ConformanceTheory]
    [MemberData(nameof(Vectors))]
    public void Every_published_step_comes_out_as_published(string folder, string suffix) => CheckVector(folder, suffix);

    /// <summary>Blank nodes are labeled by SHA-384 where the key is of P-384. Their context comes from a package of the peers.</summary>
    [PeerTheory(NeedsConformance = true)]
    [InlineData("w3c-vc-di-eddsa/eddsa-rdfc-2022/employ/", "DataInt")]
    [InlineData("w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p256/employ/", "ECDSAP256")]
    [InlineData("w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p384/employ/", "ECDSAP384")]
    public void Every_published_step_of_the_richer_document_comes_out_as_published(string folder, string suffix) => CheckVector(folder, suffix);

    [ConformanceTheory]
    [InlineData("1edtech-ob-signed.json", "obv3p0")]
    [InlineData("1edtech-clr-signed.json", "clrv2p0")]
    public void The_canonical_forms_of_the_certification_suite_come_out_as_it_prints_them(string file, string folder)
    {
        var document = SecuredDocument.Read(Conformance.Bytes(Root + file));
        var proof = Assert.Single(document.Proofs);
        var key = KeyOf(proof);
        Assert.Equal(Conformance.Text($"{Root}1edtech-canon/{folder}/document-canon.txt"), CanonicalUnsecured(document, proof, key));
        Assert.Equal(Conformance.Text($"{Root}1edtech-canon/{folder}/proof-canon.txt"), CanonicalOptions(document, proof, key));
        Assert.Null(Assert.Single(TestProofs.VerifyVector(Conformance.Bytes(Root + file))).Fault);
    }

    private static void CheckVector(string folder, string suffix)
    {
        var bytes = Conformance.Bytes($"{Root}{folder}signed{suffix}.json");
        var document = SecuredDocument.Read(bytes);
        var proof = Assert.Single(document.Proofs);
        Assert.Null(proof.Fault);
        var key = KeyOf(proof);

        Assert.Equal(Text("canonDoc"), CanonicalUnsecured(document, proof, key));
        Assert.Equal(Text("proofCanon"), CanonicalOptions(document, proof, key));
        var hashData = Convert.ToHexStringLower(HashData(document, proof, key));
        Assert.Equal(Text("combinedHash"), hashData);
        Assert.Equal(Text("proofHash") + Text("docHash"), hashData);
        Assert.Equal(Text("sigHex"), Convert.ToHexStringLower(proof.Signature.Span));
        Assert.Equal(Text("sigBTC58"), Multibase.EncodeBase58(proof.Signature.Span));
        var outcome = Assert.Single(TestProofs.VerifyVector(bytes));
        Assert.Null(outcome.Fault);

        string Text(string name) => Conformance.Text($"{Root}{folder}{name}{suffix}.txt");
    }

    [ConformanceTheory]
    [MemberData(nameof(Vectors))]
    public void A_published_document_is_refused_once_a_letter_of_it_changes(string folder, string suffix)
    {
        var text = Conformance.Text($"{Root}{folder}signed{suffix}.json");
        foreach (var (before, after) in new[]
        {
            ("2023-02-24T23:36:38Z", "2023-02-24T23:36:39Z"),
            ("assertionMethod", "authentication"),
            ("Example", "Sample"),
            ("ternal", "TERNAL"),
            ("School", "Schooi"),
        })
        {
            var changed = text.Replace(before, after, StringComparison.Ordinal);
            if (changed != text)
            {
                Assert.NotNull(Assert.Single(TestProofs.VerifyVector(Encoding.UTF8.GetBytes(changed))).Fault);
            }
        }
    }

    private static PublicKey KeyOf(DataIntegrityProof proof) => PublicKey.FromMultikey(proof.VerificationMethod!.Split('#')[1]);

    private static string CanonicalUnsecured(SecuredDocument document, DataIntegrityProof proof, PublicKey key) =>
        Canonical(document.Unsecured, proof, key);

    private static byte[] HashData(SecuredDocument document, DataIntegrityProof proof, PublicKey key)
    {
        var hashData = new byte[Cryptosuite.MaxHashData];
        return hashData[..proof.Suite!.WriteHashData(TestProofs.VectorEngine.CanonicalDocument, document.Unsecured, Options(document, proof), key.Algorithm, hashData)];
    }

    private static string CanonicalOptions(SecuredDocument document, DataIntegrityProof proof, PublicKey key) =>
        Canonical(Options(document, proof), proof, key);

    private static DocumentPart Options(SecuredDocument document, DataIntegrityProof proof) =>
        document.OptionsOf(proof.Index, withDocumentContext: proof.Suite!.Form == CanonicalForm.Rdf);

    private static string Canonical(DocumentPart part, DataIntegrityProof proof, PublicKey key) =>
        Encoding.UTF8.GetString(TestProofs.VectorEngine.CanonicalDocument.Write(part, proof.Suite!.Form, Cryptosuite.HashFor(key.Algorithm)));
}
