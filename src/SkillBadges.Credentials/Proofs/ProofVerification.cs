using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>One verification of a document's proofs (VC Data Integrity 1.0, REC 2025-05-15, 4.4 and 4.5).</summary>
internal sealed class ProofVerification(
    CanonicalDocument canonicalDocument, SecuredDocument document, Func<DataIntegrityProof, PublicKey?> keys, ProofExpectations expectations)
{
    /// <summary>Bytes that the proofs of one document may have read as RDF in all; the first reading is always made. A chain reads the document once for each proof.</summary>
    private const int MostBytes = 1024 * 1024;

    private readonly ProofOutcome?[] outcomes = new ProofOutcome?[document.Proofs.Count];
    private readonly bool[] begun = new bool[document.Proofs.Count];

    // Proofs of a set cover the same document: it is brought into each form once, however many proofs a stranger put on it.
    private readonly List<(CanonicalForm Form, SignatureAlgorithm Algorithm, byte[] Hash)> documentHashes = [];

    private long readAsRdf;

    public IReadOnlyList<ProofOutcome> Run()
    {
        foreach (var proof in document.Proofs)
        {
            Check(proof);
        }

        return outcomes!;
    }

    private ProofOutcome Check(DataIntegrityProof proof)
    {
        if (outcomes[proof.Index] is { } known)
        {
            return known;
        }

        begun[proof.Index] = true;
        var outcome = new ProofOutcome(proof, proof.Fault ?? Judge(proof) ?? CheckSignature(proof));
        outcomes[proof.Index] = outcome;
        return outcome;
    }

    /// <summary>What the proof says of itself, against what is expected of it.</summary>
    private ProofFault? Judge(DataIntegrityProof proof)
    {
        if (proof.ProofPurpose != expectations.ProofPurpose)
        {
            return new ProofFault(ProofFault.PurposeMismatch, $"The proof was not made for the purpose {expectations.ProofPurpose}.");
        }

        if (proof.Expires is { } expires && expires <= expectations.Now)
        {
            return new ProofFault(ProofFault.Expired, "The proof has expired.");
        }

        if (expectations.Domain is { } domain && !proof.Domain.Contains(domain))
        {
            return new ProofFault(ProofFault.DomainMismatch, "The proof was made for another domain, or for none.");
        }

        return expectations.Challenge is { } challenge && proof.Challenge != challenge
            ? new ProofFault(ProofFault.ChallengeMismatch, "The proof answers another challenge, or none.")
            : null;
    }

    private ProofFault? CheckSignature(DataIntegrityProof proof)
    {
        if (DataIntegrity.FindPrevious(document, proof.PreviousProof) is not { } previous)
        {
            return new ProofFault(ProofFault.PreviousMissing, "The document does not hold exactly one proof of each id that this one builds on.");
        }

        if (keys(proof) is not { } key)
        {
            return new ProofFault(ProofFault.KeyUnresolved, "The key of the proof's verification method is not known.");
        }

        if (!proof.Suite!.SignsWith(key.Algorithm))
        {
            return new ProofFault(ProofFault.KeyMismatch, $"{proof.Suite} does not sign with a key for {key.Algorithm}.");
        }

        return CheckSignature(proof, previous, key) ?? CheckPrevious(previous);
    }

    private ProofFault? CheckSignature(DataIntegrityProof proof, List<int> previous, PublicKey key)
    {
        try
        {
            if (!HasFittingContext(proof, out var signedContext))
            {
                return new ProofFault(ProofFault.ContextMismatch, "The proof's @context is not what the document's begins with.");
            }

            Span<byte> hashData = stackalloc byte[Cryptosuite.MaxHashData];
            Charge(proof.Suite!, document.Context.Length);
            var options = document.OptionsOf(proof.Index, withDocumentContext: proof.Suite!.Form == CanonicalForm.Rdf);
            var length = proof.Suite.WriteHash(canonicalDocument, options, key.Algorithm, hashData);
            length += WriteDocumentHash(proof.Suite, previous, signedContext, key.Algorithm, hashData[length..]);
            CountedWork.Add(CountedWork.Signature);
            return key.Verify(hashData[..length], proof.Signature.Span)
                ? null
                : new ProofFault(ProofFault.SignatureWrong, "The signature does not fit the document, the proof's options and the key.");
        }
        catch (MalformedException fault)
        {
            return new ProofFault(ProofFault.DocumentUnprocessable, $"{fault.Message} ({fault.Code})");
        }
    }

    /// <summary>False when the proof's own context contradicts the document's.</summary>
    /// <param name="signedContext">What takes the place of the document's context in what was signed; most often empty, since they are alike.</param>
    private bool HasFittingContext(DataIntegrityProof proof, out ReadOnlySpan<byte> signedContext)
    {
        signedContext = [];
        if (document.ContextOf(proof.Index) >= 0 && !document.HasDocumentContext(proof.Index))
        {
            // VC-DI-EDDSA 1.0 3.3.2 step 4: further contexts may have come after signing; the signed ones are what was signed.
            if (proof.Suite!.Form == CanonicalForm.Json)
            {
                signedContext = document.ContextTextOf(proof.Index);
                return document.BeginsWithContextOf(proof.Index);
            }

            // VC-DI-EDDSA 1.0 3.2.5: the options are read in the document's context. Another one of the proof's own would be unsigned.
            if (!document.MeansDocumentContext(proof.Index))
            {
                return false;
            }
        }

        return proof.Suite!.Form == CanonicalForm.Json || document.HasContext
            ? true
            : throw new MalformedException("proof.no-context", "The document has no @context.");
    }

    private void Charge(Cryptosuite suite, int bytes)
    {
        if (suite.Form == CanonicalForm.Rdf)
        {
            // The context of the options is small beside the document in anything but an attack; the document itself is read once whatever its size.
            readAsRdf += bytes;
            if (readAsRdf > MostBytes && readAsRdf > bytes + document.Context.Length)
            {
                throw new MalformedException("proof.too-much-work", "The document is too large for so many proofs.");
            }
        }
    }

    private int WriteDocumentHash(Cryptosuite suite, List<int> previous, ReadOnlySpan<byte> context, SignatureAlgorithm algorithm, Span<byte> digest)
    {
        if (previous.Count > 0 || !context.IsEmpty)
        {
            Charge(suite, document.Length);
            return suite.WriteHash(canonicalDocument, document.WithPrevious(previous, context), algorithm, digest);
        }

        foreach (var known in documentHashes)
        {
            if (known.Form == suite.Form && known.Algorithm == algorithm)
            {
                known.Hash.CopyTo(digest);
                return known.Hash.Length;
            }
        }

        Charge(suite, document.Length);
        var length = suite.WriteHash(canonicalDocument, document.Unsecured, algorithm, digest);
        if (document.Proofs.Count > 1)
        {
            documentHashes.Add((suite.Form, algorithm, digest[..length].ToArray()));
        }

        return length;
    }

    private ProofFault? CheckPrevious(List<int> previous)
    {
        foreach (var index in previous)
        {
            // A proof that was begun and has no outcome builds on itself, over others.
            if ((begun[index] && outcomes[index] is null) || !Check(document.Proofs[index]).Holds)
            {
                return new ProofFault(ProofFault.PreviousFailed, "A proof that this one builds on does not hold.");
            }
        }

        return null;
    }
}
