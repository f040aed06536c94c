namespace SkillBadges.Credentials.Proofs;

/// <summary>How a document is brought into the one form that is hashed.</summary>
public enum CanonicalForm
{
    /// <summary>JSON-LD to RDF in safe mode, then RDFC-1.0.</summary>
    Rdf,

    /// <summary>RFC 8785 (JCS).</summary>
    Json,
}
