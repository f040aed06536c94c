namespace SkillBadges.Credentials.Rdf;

/// <summary>What a term is; told by the first byte of its N-Quads text.</summary>
public enum TermKind
{
    /// <summary>No term at all: the name of the default graph.</summary>
    None,

    /// <summary><c>&lt;iri&gt;</c></summary>
    Iri,

    /// <summary><c>_:label</c></summary>
    BlankNode,

    /// <summary><c>"text"</c>, <c>"text"@language</c> or <c>"text"^^&lt;datatype&gt;</c></summary>
    Literal,
}
