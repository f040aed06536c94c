using System.Buffers;
using System.Globalization;
using System.Text;

namespace SkillBadges.Credentials.Rdf;

/// <summary>Reads one N-Quads document (RDF 1.1 N-Quads, section 4).</summary>
internal ref struct NQuadsReader(ReadOnlySpan<byte> document, QuadSet into)
{
    private readonly ReadOnlySpan<byte> document = document;
    private readonly ArrayBufferWriter<byte> value = new(256);
    private readonly ArrayBufferWriter<byte> datatype = new(64);
    private int at;
    private int line = 1;

    public void Read()
    {
        if (!System.Text.Unicode.Utf8.IsValid(document))
        {
            throw Fault("the document is not UTF-8");
        }

        while (at < document.Length)
        {
            SkipBlanks();
            if (at < document.Length && Current is not ((byte)'\n' or (byte)'\r' or (byte)'#'))
            {
                ReadStatement();
                SkipBlanks();
            }

            if (at < document.Length && Current == '#')
            {
                var end = document[at..].IndexOfAny((byte)'\n', (byte)'\r');
                at = end < 0 ? document.Length : at + end;
            }

            if (at < document.Length && Current is not ((byte)'\n' or (byte)'\r'))
            {
                throw Fault("a line holds more than one statement");
            }

            if (at < document.Length)
            {
                line += Current == '\n' ? 1 : 0;
                at++;
            }
        }
    }

    private readonly byte Current => at < document.Length ? document[at] : (byte)'\n';

    private void ReadStatement()
    {
        var subject = ReadTerm(literals: false, blanks: true);
        SkipBlanks();
        var predicate = ReadTerm(literals: false, blanks: false);
        SkipBlanks();
        var @object = ReadTerm(literals: true, blanks: true);
        SkipBlanks();
        var graph = QuadSet.DefaultGraph;
        if (Current != '.')
        {
            graph = ReadTerm(literals: false, blanks: true);
            SkipBlanks();
        }

        if (Current != '.')
        {
            throw Fault("a statement ends with a dot");
        }

        at++;
        into.Add(subject, predicate, @object, graph);
    }

    private int ReadTerm(bool literals, bool blanks)
    {
        switch (Current)
        {
            case (byte)'<':
                ReadIri(value);
                return into.Iri(value.WrittenSpan);
            case (byte)'_' when blanks:
                return into.BlankNode(ReadLabel());
            case (byte)'"' when literals:
                return ReadLiteral();
            default:
                throw Fault("a term was expected");
        }
    }

    private void ReadIri(ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        at++;
        while (Current != '>')
        {
            if (Current == '\\')
            {
                ReadCodePoint(output);
            }
            else if (Current <= 0x20 || Current is (byte)'<' or (byte)'"' or (byte)'{' or (byte)'}' or (byte)'|' or (byte)'^' or (byte)'`')
            {
                throw Fault("an IRI holds a character that it must not");
            }
            else
            {
                output.Write([Current]);
                at++;
            }
        }

        at++;
        if (!HasScheme(output.WrittenSpan))
        {
            throw Fault("an IRI must be absolute");
        }
    }

    private static readonly SearchValues<byte> SchemeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    private static bool HasScheme(ReadOnlySpan<byte> iri)
    {
        var colon = iri.IndexOf((byte)':');
        return colon > 0 && char.IsAsciiLetter((char)iri[0]) &&
            !iri[..colon].ContainsAnyExcept(SchemeCharacters);
    }

    private ReadOnlySpan<byte> ReadLabel()
    {
        at++;
        if (Current != ':')
        {
            throw Fault("a blank node begins with _:");
        }

        var start = ++at;
        while (at < document.Length)
        {
            Rune.DecodeFromUtf8(document[at..], out var rune, out var size);
            if (!IsLabelPart(rune.Value, first: at == start))
            {
                break;
            }

            at += size;
        }

        // A dot may stand inside a label but not at its end.
        while (at > start && document[at - 1] == '.')
        {
            at--;
        }

        return at > start ? document[start..at] : throw Fault("a blank node has no label");
    }

    private static bool IsLabelPart(int c, bool first)
    {
        var start = c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_' or ':' or (>= '0' and <= '9')
            or (>= 0xC0 and <= 0xD6) or (>= 0xD8 and <= 0xF6) or (>= 0xF8 and <= 0x2FF) or (>= 0x370 and <= 0x37D)
            or (>= 0x37F and <= 0x1FFF) or 0x200C or 0x200D or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF)
            or (>= 0x3001 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFFD) or (>= 0x10000 and <= 0xEFFFF);
        return start || (!first && c is '-' or '.' or 0xB7 or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040);
    }

    private int ReadLiteral()
    {
        value.ResetWrittenCount();
        at++;
        while (Current != '"')
        {
            if (at >= document.Length || Current is (byte)'\n' or (byte)'\r')
            {
                throw Fault("a literal is not closed");
            }

            if (Current == '\\')
            {
                ReadEscape();
            }
            else
            {
                value.Write([Current]);
                at++;
            }
        }

        at++;
        if (Current == '@')
        {
            return into.LanguageLiteral(value.WrittenSpan, ReadLanguage());
        }

        if (Current != '^')
        {
            return into.Literal(value.WrittenSpan);
        }

        at++;
        if (Current != '^' || at + 1 >= document.Length || document[at + 1] != '<')
        {
            throw Fault("a datatype is ^^ and an IRI");
        }

        at++;
        ReadIri(datatype);
        return into.Literal(value.WrittenSpan, datatype.WrittenSpan);
    }

    private ReadOnlySpan<byte> ReadLanguage()
    {
        var start = ++at;
        while (char.IsAsciiLetter((char)Current) || (at > start && (Current == '-' || char.IsAsciiDigit((char)Current))))
        {
            at++;
        }

        var tag = document[start..at];
        var subtagStart = 0;
        for (var i = 0; i <= tag.Length; i++)
        {
            if (i == tag.Length || tag[i] == '-')
            {
                var subtag = tag[subtagStart..i];
                if (subtag.IsEmpty || (subtagStart == 0 && subtag.ContainsAnyInRange((byte)'0', (byte)'9')))
                {
                    throw Fault("a language tag is malformed");
                }

                subtagStart = i + 1;
            }
        }

        return tag;
    }

    private void ReadEscape()
    {
        var next = at + 1 < document.Length ? document[at + 1] : (byte)0;
        byte plain = next switch
        {
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'f' => (byte)'\f',
            (byte)'"' or (byte)'\'' or (byte)'\\' => next,
            _ => 0,
        };
        if (plain == 0)
        {
            ReadCodePoint(value);
            return;
        }

        value.Write([plain]);
        at += 2;
    }

    private void ReadCodePoint(ArrayBufferWriter<byte> output)
    {
        var kind = at + 1 < document.Length ? document[at + 1] : (byte)0;
        var digits = kind switch { (byte)'u' => 4, (byte)'U' => 8, _ => throw Fault("an escape is unknown") };
        if (at + 2 + digits > document.Length ||
            !int.TryParse(document.Slice(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ||
            !Rune.IsValid(code))
        {
            throw Fault("an escape is not a character");
        }

        Span<byte> encoded = stackalloc byte[4];
        output.Write(encoded[..new Rune(code).EncodeToUtf8(encoded)]);
        at += 2 + digits;
    }

    private void SkipBlanks()
    {
        while (Current is (byte)' ' or (byte)'\t')
        {
            at++;
        }
    }

    private readonly RdfException Fault(string what) => new(RdfException.Syntax, $"Line {line}: {what}.");
}
