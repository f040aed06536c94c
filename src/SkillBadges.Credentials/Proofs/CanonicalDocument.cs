using System.Security.Cryptography;
using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Proofs;

/// <summary>Brings a JSON document into the form that is hashed. Safe for use by several threads.</summary>
internal sealed class CanonicalDocument(ContextLibrary contexts)
{
    /// <summary>A learner record holds the credentials of a school career; who verifies for strangers sets a lower limit for other things.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    // A badge's canonical form is three times as long as its JSON. One id that is long and has many members would make it grow by the square.
    private const int MostTimesLonger = 16;
    private const int LeastCanonicalBytes = 1024 * 1024;

    [ThreadStatic]
    private static Workspace? reused;

    // Direction as the peers write it; without it a text with one could not be signed in safe mode, which is never off here.
    private readonly JsonLdOptions options = new() { Contexts = contexts, Safe = true, RdfDirection = RdfDirection.I18nDatatype, ByteLimit = MostBytes };

    /// <summary>The hash of the canonical form; returns how many bytes it has.</summary>
    /// <exception cref="MalformedException">The codes of <see cref="JsonCanonicalization"/>, or <c>jsonld.*</c> and <c>rdf.*</c>:
    /// the codes of <see cref="JsonLdError"/> and <see cref="RdfException"/> with hyphens.</exception>
    public int Hash(in DocumentPart document, CanonicalForm form, HashAlgorithmName hash, Span<byte> digest)
    {
        if (form == CanonicalForm.Rdf)
        {
            var workspace = Canonicalize(document, hash);
            var length = Sha2.Hash(hash, workspace.Canonicalization.NQuads, digest);
            reused = workspace;
            return length;
        }

        CountedWork.Add(document.Tape.SourceLength);
        var canonical = new PooledBytes(document.Tape.SourceLength);
        try
        {
            JsonCanonicalization.WriteWithout(document.LeftOut, document.Tape, document.Root, ref canonical);
            return Sha2.Hash(hash, canonical.Written, digest);
        }
        finally
        {
            canonical.Dispose();
        }
    }

    /// <summary>The same for a document that has yet to be read.</summary>
    /// <inheritdoc cref="Hash(in DocumentPart, CanonicalForm, HashAlgorithmName, Span{byte})"/>
    public int Hash(ReadOnlySpan<byte> json, CanonicalForm form, HashAlgorithmName hash, Span<byte> digest)
    {
        var tape = TokenTape.Take();
        tape.Read(json, TokenTape.MaxDepth, int.MaxValue);
        var length = Hash(new DocumentPart(tape), form, hash, digest);
        tape.GiveBack();
        return length;
    }

    /// <summary>The canonical form itself.</summary>
    /// <inheritdoc cref="Hash(in DocumentPart, CanonicalForm, HashAlgorithmName, Span{byte})"/>
    public byte[] Write(in DocumentPart document, CanonicalForm form, HashAlgorithmName hash)
    {
        if (form == CanonicalForm.Json)
        {
            var canonical = new PooledBytes(document.Tape.SourceLength);
            JsonCanonicalization.WriteWithout(document.LeftOut, document.Tape, document.Root, ref canonical);
            var written = canonical.Written.ToArray();
            canonical.Dispose();
            return written;
        }

        var workspace = Canonicalize(document, hash);
        reused = workspace;
        return workspace.Canonicalization.NQuads.ToArray();
    }

    private Workspace Canonicalize(in DocumentPart document, HashAlgorithmName hash)
    {
        if (document.Tape.SourceLength > options.ByteLimit)
        {
            throw new MalformedException(CodeOf(JsonLdError.TooLarge), $"The document has more than {options.ByteLimit} bytes.");
        }

        // One that is in use, or was left by an exception, is not there to be taken.
        var workspace = reused ?? new Workspace();
        reused = null;
        CountedWork.Add(document.Tape.SourceLength);
        try
        {
            JsonLdProcessor.ToQuads(document, options, workspace.Quads);
            Run(workspace, LeastCanonicalBytes + (MostTimesLonger * document.Tape.SourceLength), hash);
            return workspace;
        }
        catch (JsonLdException fault)
        {
            throw new MalformedException(CodeOf(fault.Code), fault.Message, fault);
        }
        catch (RdfException fault)
        {
            throw new MalformedException(fault.Code.Replace("rdf-", "rdf.", StringComparison.Ordinal), fault.Message, fault);
        }
    }

    private static void Run(Workspace workspace, int byteLimit, HashAlgorithmName hash)
    {
        var canonicalization = workspace.Canonicalization;
        canonicalization.ByteLimit = byteLimit;
        try
        {
            canonicalization.Run(workspace.Quads, hash);
        }
        finally
        {
            CountedWork.Add(canonicalization.NQuads.Length + (CountedWork.Step * canonicalization.NDegreeWork));
        }
    }

    private static string CodeOf(string error) => $"jsonld.{error.Replace(' ', '-')}";

    private sealed class Workspace
    {
        public QuadSet Quads { get; } = new();

        public Canonicalization Canonicalization { get; } = new();
    }
}
