using System.Security.Cryptography;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Proofs;

/// <summary>Brings a JSON document into the form that is hashed. Safe for use by several threads.</summary>
internal sealed class CanonicalDocument(ContextLibrary contexts)
{
    [ThreadStatic]
    private static Workspace? reused;

    // Direction as the peers write it; without it a text with one could not be signed in safe mode, which is never off here.
    private readonly JsonLdOptions options = new() { Contexts = contexts, Safe = true, RdfDirection = RdfDirection.I18nDatatype };

    /// <summary>The hash of the canonical form; returns how many bytes it has.</summary>
    /// <exception cref="MalformedException">The codes of <see cref="JsonCanonicalization"/>, or <c>jsonld.*</c> and <c>rdf.*</c>:
    /// the codes of <see cref="JsonLdError"/> and <see cref="RdfException"/> with hyphens.</exception>
    public int Hash(ReadOnlySpan<byte> json, CanonicalForm form, HashAlgorithmName hash, Span<byte> digest)
    {
        if (form == CanonicalForm.Rdf)
        {
            var workspace = Canonicalize(json, hash);
            var length = CryptographicOperations.HashData(hash, workspace.Canonicalization.NQuads, digest);
            reused = workspace;
            return length;
        }

        var canonical = new PooledBytes(json.Length);
        try
        {
            JsonCanonicalization.Write(json, ref canonical);
            return CryptographicOperations.HashData(hash, canonical.Written, digest);
        }
        finally
        {
            canonical.Dispose();
        }
    }

    /// <summary>The canonical form itself.</summary>
    /// <inheritdoc cref="Hash"/>
    public byte[] Write(ReadOnlySpan<byte> json, CanonicalForm form, HashAlgorithmName hash)
    {
        if (form == CanonicalForm.Json)
        {
            return JsonCanonicalization.Canonicalize(json);
        }

        var workspace = Canonicalize(json, hash);
        reused = workspace;
        return workspace.Canonicalization.NQuads.ToArray();
    }

    private Workspace Canonicalize(ReadOnlySpan<byte> json, HashAlgorithmName hash)
    {
        // One that is in use, or was left by an exception, is not there to be taken.
        var workspace = reused ?? new Workspace();
        reused = null;
        try
        {
            JsonLdProcessor.ToQuads(json, options, workspace.Quads);
            workspace.Canonicalization.Run(workspace.Quads, hash);
            return workspace;
        }
        catch (JsonLdException fault)
        {
            throw new MalformedException($"jsonld.{fault.Code.Replace(' ', '-')}", fault.Message, fault);
        }
        catch (RdfException fault)
        {
            throw new MalformedException(fault.Code.Replace("rdf-", "rdf.", StringComparison.Ordinal), fault.Message, fault);
        }
    }

    private sealed class Workspace
    {
        public QuadSet Quads { get; } = new();

        public Canonicalization Canonicalization { get; } = new();
    }
}
