using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>One verification of a document's proofs (VC Data Integrity 1.0, REC 2025-05-15, 4.4 and 4.5).</summary>
internal sealed class ProofVerification(
    CanonicalDocument canonicalDocument, SecuredDocument document, Func<DataIntegrityProof, PublicKey?> keys, ProofExpectations expectations)
{
    private readonly ProofOutcome?[] outcomes = new ProofOutcome?[document.Proofs.Count];
    private readonly bool[] begun = new bool[document.Proofs.Count];

    // Proofs of a set cover the same document: it is brought into each form once, however many proofs a stranger put on it.
    private readonly List<(CanonicalForm Form, SignatureAlgorithm Algorithm, byte[] Hash)> documentHashes = [];

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
        var unsecured = new PooledBytes(4096);
        var options = new PooledBytes(1024);
        try
        {
            if (!Compose(proof, previous, ref unsecured, ref options))
            {
                return new ProofFault(ProofFault.ContextMismatch, "The proof's @context is not what the document's begins with.");
            }

            Span<byte> hashData = stackalloc byte[Cryptosuite.MaxHashData];
            var length = proof.Suite!.WriteHash(canonicalDocument, options.Written, key.Algorithm, hashData);
            var isWhole = previous.Count == 0 && (proof.Suite.Form == CanonicalForm.Rdf || document.ContextOf(proof.Index).IsEmpty);
            length += WriteDocumentHash(proof.Suite, unsecured.Written, key.Algorithm, isWhole, hashData[length..]);
            return key.Verify(hashData[..length], proof.Signature.Span)
                ? null
                : new ProofFault(ProofFault.SignatureWrong, "The signature does not fit the document, the proof's options and the key.");
        }
        catch (MalformedException fault)
        {
            return new ProofFault(ProofFault.DocumentUnprocessable, $"{fault.Message} ({fault.Code})");
        }
        finally
        {
            unsecured.Dispose();
            options.Dispose();
        }
    }

    private int WriteDocumentHash(Cryptosuite suite, ReadOnlySpan<byte> unsecured, SignatureAlgorithm algorithm, bool isWhole, Span<byte> digest)
    {
        foreach (var known in documentHashes)
        {
            if (isWhole && known.Form == suite.Form && known.Algorithm == algorithm)
            {
                known.Hash.CopyTo(digest);
                return known.Hash.Length;
            }
        }

        var length = suite.WriteHash(canonicalDocument, unsecured, algorithm, digest);
        if (isWhole && document.Proofs.Count > 1)
        {
            documentHashes.Add((suite.Form, algorithm, digest[..length].ToArray()));
        }

        return length;
    }

    /// <summary>Cuts out what the proof covers. False when the proof's own context contradicts the document's.</summary>
    private bool Compose(DataIntegrityProof proof, List<int> previous, scoped ref PooledBytes unsecured, scoped ref PooledBytes options)
    {
        var ownContext = document.ContextOf(proof.Index);
        if (proof.Suite!.Form == CanonicalForm.Json)
        {
            // VC-DI-EDDSA 1.0 3.3.2 step 4: further contexts may have come after signing; the signed ones are what was signed.
            if (!ownContext.IsEmpty && !ContextPrefix.Holds(document.Context, ownContext))
            {
                return false;
            }

            document.WriteUnsecured(previous, ownContext, ref unsecured);
            document.WriteOptions(proof.Index, withDocumentContext: false, ref options);
            return true;
        }

        // VC-DI-EDDSA 1.0 3.2.5: the options are read in the document's context. Another one of the proof's own would be unsigned.
        if (!ownContext.IsEmpty && !ContextPrefix.Same(document.Context, ownContext))
        {
            return false;
        }

        if (!document.HasContext)
        {
            throw new MalformedException("proof.no-context", "The document has no @context.");
        }

        document.WriteUnsecured(previous, [], ref unsecured);
        document.WriteOptions(proof.Index, withDocumentContext: true, ref options);
        return true;
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
