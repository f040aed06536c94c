namespace SkillBadges.Credentials.Rdf;

/// <summary>RDF that cannot be read, or that is larger than the set may hold.</summary>
public sealed class RdfException(string code, string message) : Exception(message)
{
    /// <summary>The bytes are not N-Quads.</summary>
    public const string Syntax = "rdf-syntax";

    /// <summary>The set's byte or quad limit is reached.</summary>
    public const string TooLarge = "rdf-too-large";

    /// <summary>Blank nodes of the graph are so alike that canonical labels would take more than the bounded work.</summary>
    public const string TooComplex = "rdf-too-complex";

    /// <summary>One of the constants of this class.</summary>
    public string Code { get; } = code;
}
