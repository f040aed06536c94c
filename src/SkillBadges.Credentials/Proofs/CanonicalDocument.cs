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

    /// <exception cref="MalformedException">The codes of <see cref="JsonCanonicalization"/>, or <c>jsonld.*</c> and <c>rdf.*</c>:
    /// the codes of <see cref="JsonLdError"/> and <see cref="RdfException"/> with hyphens.</exception>
    public void Write(ReadOnlySpan<byte> json, CanonicalForm form, HashAlgorithmName hash, scoped ref PooledBytes output)
    {
        if (form == CanonicalForm.Json)
        {
            JsonCanonicalization.Write(json, ref output);
            return;
        }

        var workspace = reused ?? new Workspace();
        reused = null;
        try
        {
            JsonLdProcessor.ToQuads(json, options, workspace.Quads);
            workspace.Canonicalization.Run(workspace.Quads, hash);
        }
        catch (JsonLdException fault)
        {
            throw new MalformedException($"jsonld.{fault.Code.Replace(' ', '-')}", fault.Message, fault);
        }
        catch (RdfException fault)
        {
            throw new MalformedException(fault.Code.Replace("rdf-", "rdf.", StringComparison.Ordinal), fault.Message, fault);
        }

        output.Add(workspace.Canonicalization.NQuads);
        reused = workspace;
    }

    private sealed class Workspace
    {
        public QuadSet Quads { get; } = new();

        public Canonicalization Canonicalization { get; } = new();
    }
}
