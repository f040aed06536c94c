using System.Text;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>How a value's text direction is written in RDF (JSON-LD 1.1 API 9.3 <c>rdfDirection</c>).</summary>
public enum RdfDirection
{
    /// <summary>It is lost, which safe mode does not allow.</summary>
    None,

    /// <summary>As a datatype <c>https://www.w3.org/ns/i18n#en_ltr</c>.</summary>
    I18nDatatype,

    /// <summary>As a blank node with value, language and direction.</summary>
    CompoundLiteral,
}

/// <summary>How a document is to be read. Keep one for many documents.</summary>
public sealed record JsonLdOptions
{
    /// <summary>Strict, with the contexts that are bundled.</summary>
    public static JsonLdOptions Default { get; } = new();

    /// <summary>The contexts a document may name.</summary>
    public ContextLibrary Contexts { get; init; } = KnownContexts.Library;

    /// <summary>Whatever would be lost on the way to RDF is an error instead: an undefined term, a relative type or identifier, a value without a place.</summary>
    public bool Safe { get; init; } = true;

    /// <summary>The absolute IRI of the document; null when it has none, as credentials do.</summary>
    public string? Base { get; init; }

    /// <summary>A JSON document with an <c>@context</c>, or a context itself, that applies before the document's own.</summary>
    public ReadOnlyMemory<byte> ExpandContext { get; init; }

    public RdfDirection RdfDirection { get; init; }

    /// <summary>Refuse what JSON-LD 1.0 did not have.</summary>
    public bool Version10 { get; init; }

    /// <summary>Arrays and objects inside one another; the stack bears a few hundred.</summary>
    public int DepthLimit { get; init; } = 64;

    /// <summary>Bytes of the document.</summary>
    public int ByteLimit { get; init; } = 1024 * 1024;

    internal byte[] BaseBytes => Base is null ? [] : Encoding.UTF8.GetBytes(Base);

    internal ContextCompiler Compiler() => new(Contexts) { Version10 = Version10 };

    internal ActiveContext InitialContext(ContextCompiler compiler)
    {
        var initial = Base is null ? Contexts.Root : ActiveContext.Initial(BaseBytes, shared: false);
        if (ExpandContext.IsEmpty)
        {
            return initial;
        }

        var tape = new TokenTape();
        DocumentPart.Read(tape, ExpandContext.Span, DepthLimit, ByteLimit);
        var inner = tape.Is(0, TokenKind.Object) ? tape.Find(0, "@context"u8) : -1;
        return compiler.Apply(initial, new LocalContext(tape, Math.Max(inner, 0), BaseBytes, shared: false), ContextUse.Document);
    }
}
