using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>
/// VC Data Integrity 1.0 (REC 2025-05-15) section 4: proofs, sets of proofs and chains of proofs. Keep one for the life of the
/// process; it is safe for use by several threads.
/// </summary>
/// <param name="contexts">What documents may name as <c>@context</c>; <see cref="KnownContexts.Library"/>, or more.</param>
public sealed class DataIntegrity(ContextLibrary contexts)
{
    // A plus sign in a time zone stays a plus sign; the proof goes into JSON, never into a page.
    private static readonly JsonWriterOptions plainText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal CanonicalDocument CanonicalDocument { get; } = new(contexts);

    /// <summary>Signs a document and adds the proof to it: its own bytes stay as they are, <c>proof</c> comes last, and what
    /// proofs were there stay (a proof set; or a chain, if the options name previous proofs).</summary>
    /// <exception cref="MalformedException">The codes of <see cref="SecuredDocument.Read(ReadOnlyMemory{byte})"/> and <see cref="CanonicalDocument"/>;
    /// <c>proof.no-context</c>: an RDF suite needs the document's <c>@context</c>; <c>proof.previous-missing</c>: the options name a
    /// proof that the document does not hold.</exception>
    /// <exception cref="ArgumentException">The suite does not sign with the signer's kind of key, or does not sign at all.</exception>
    public async ValueTask<byte[]> AddProofAsync(ReadOnlyMemory<byte> document, ProofOptions options, ISigner signer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(signer);
        if (options.Suite.IsVerifyOnly || !options.Suite.SignsWith(signer.Algorithm))
        {
            throw new ArgumentException($"{options.Suite} makes no proof with a key for {signer.Algorithm}.", nameof(signer));
        }

        // Only until the hashes are made: what comes after needs places in the bytes, not the tape.
        var tape = TokenTape.Take();
        var read = SecuredDocument.Read(document, tape);
        if (read.Proofs.Count == SecuredDocument.MaxProofs)
        {
            throw new MalformedException("proof.too-many", $"A document has at most {SecuredDocument.MaxProofs} proofs.");
        }

        var proof = WriteOptions(options, signer, options.Suite.Form == CanonicalForm.Json ? read.Context : []);
        var hashData = HashData(read, options, proof.Span, signer.Algorithm);
        tape.GiveBack();
        var signature = await signer.SignAsync(hashData, cancellationToken).ConfigureAwait(false);
        return Complete(read, proof.Span, signature);
    }

    /// <summary>Checks every proof of the document; one outcome each, in order. That none is there is an empty list.</summary>
    /// <param name="keys">The public key of a proof's verification method, if it could be resolved and is listed for the purpose
    /// by the one who is held to have signed; else null. Not asked about a proof that has a fault of its own.</param>
    public IReadOnlyList<ProofOutcome> Verify(SecuredDocument document, Func<DataIntegrityProof, PublicKey?> keys, ProofExpectations expectations)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(expectations);
        return new ProofVerification(CanonicalDocument, document, keys, expectations).Run();
    }

    private byte[] HashData(SecuredDocument document, ProofOptions options, ReadOnlySpan<byte> proof, SignatureAlgorithm algorithm)
    {
        var kept = FindPrevious(document, options.PreviousProof)
            ?? throw new MalformedException("proof.previous-missing", "The document does not hold the previous proof.");
        var isRdf = options.Suite.Form == CanonicalForm.Rdf;
        if (isRdf && !document.HasContext)
        {
            throw new MalformedException("proof.no-context", "The document has no @context, so that its members have no meaning to sign.");
        }

        var unsecured = kept.Count == 0 ? document.Unsecured : document.WithPrevious(kept, []);
        var tape = TokenTape.Take();
        tape.Read(proof, TokenTape.MaxDepth, int.MaxValue);
        var config = new DocumentPart(tape) { Context = isRdf ? document.SharedContext : null };
        Span<byte> hashData = stackalloc byte[Cryptosuite.MaxHashData];
        var signed = hashData[..options.Suite.WriteHashData(CanonicalDocument, unsecured, config, algorithm, hashData)].ToArray();
        tape.GiveBack();
        return signed;
    }

    /// <summary>The places of the proofs with these ids; null if one is missing or two proofs have it.</summary>
    internal static List<int>? FindPrevious(SecuredDocument document, IReadOnlyList<string> ids)
    {
        var found = new List<int>();
        foreach (var id in ids)
        {
            var match = -1;
            foreach (var proof in document.Proofs)
            {
                if (proof.Id == id)
                {
                    if (match >= 0)
                    {
                        return null;
                    }

                    match = proof.Index;
                }
            }

            if (match < 0 || found.Contains(match))
            {
                return null;
            }

            found.Add(match);
        }

        return found;
    }

    /// <summary>The proof without its value. A JSON suite's proof carries the document's context (VC-DI-EDDSA 3.3.1 step 2).</summary>
    private static ReadOnlyMemory<byte> WriteOptions(ProofOptions options, ISigner signer, ReadOnlySpan<byte> context)
    {
        var json = new ArrayBufferWriter<byte>(512 + context.Length);
        using (var writer = new Utf8JsonWriter(json, plainText))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, options.Suite.ProofType);
            WriteIfSet(writer, "id", options.Id);
            writer.WriteString("cryptosuite"u8, options.Suite.Name);
            WriteIfSet(writer, "created", options.Created is { } created ? DateTimeStamp.Format(created) : null);
            WriteIfSet(writer, "expires", options.Expires is { } expires ? DateTimeStamp.Format(expires) : null);
            writer.WriteString("verificationMethod"u8, signer.VerificationMethod);
            writer.WriteString("proofPurpose"u8, options.ProofPurpose);
            WriteTexts(writer, "domain", options.Domain);
            WriteIfSet(writer, "challenge", options.Challenge);
            WriteTexts(writer, "previousProof", options.PreviousProof);
            if (!context.IsEmpty)
            {
                writer.WritePropertyName("@context"u8);
                writer.WriteRawValue(context, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return json.WrittenMemory;
    }

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 1)
        {
            writer.WriteString(name, values[0]);
        }
        else if (values.Count > 1)
        {
            writer.WriteStartArray(name);
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }
    }

    private static byte[] Complete(SecuredDocument document, ReadOnlySpan<byte> proof, ReadOnlySpan<byte> signature)
    {
        var complete = new PooledBytes(proof.Length + 200);
        try
        {
            complete.Add(proof[..^1]);
            complete.Add(",\"proofValue\":\""u8);
            complete.AddAscii(Multibase.EncodeBase58(signature));
            complete.Add("\"}"u8);
            return document.WithProof(complete.Written);
        }
        finally
        {
            complete.Dispose();
        }
    }
}
