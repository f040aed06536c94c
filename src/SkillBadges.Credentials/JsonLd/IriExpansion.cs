namespace SkillBadges.Credentials.JsonLd;

/// <summary>What a string was expanded to: a keyword, an IRI (perhaps relative), or nothing.</summary>
internal readonly ref struct ExpandedIri
{
    private ExpandedIri(ReadOnlySpan<byte> iri, TermDefinition? definition, Keyword keyword, bool isNull)
    {
        Iri = iri;
        Definition = definition;
        Keyword = keyword;
        IsNull = isNull;
    }

    public ReadOnlySpan<byte> Iri { get; }

    /// <summary>The definition the IRI was taken from as a whole, with its ready form.</summary>
    public TermDefinition? Definition { get; }

    public Keyword Keyword { get; }

    public bool IsNull { get; }

    public bool IsBlankNode => Iri.StartsWith("_:"u8);

    /// <summary>The keyword's name or the IRI.</summary>
    public ReadOnlySpan<byte> Text => Keyword == Keyword.None ? Iri : Keywords.Name(Keyword);

    public static ExpandedIri Null => new(default, null, Keyword.None, true);

    public static ExpandedIri Of(ReadOnlySpan<byte> iri) => new(iri, null, Keyword.None, false);

    public static ExpandedIri Of(Keyword keyword) => new(default, null, keyword, false);

    public static ExpandedIri Of(TermDefinition definition) => new(definition.Iri, definition, definition.Keyword, definition.IsNull);
}

/// <summary>IRI expansion (JSON-LD 1.1 API 5.2.2). Its steps 3 and 6.3, which define terms on the way, are the context compiler's.</summary>
internal static class IriExpansion
{
    /// <param name="hash">The hash of <paramref name="value"/>, or 0 when it is not known.</param>
    public static ExpandedIri Expand(ActiveContext active, ReadOnlySpan<byte> value, uint hash, bool vocab, bool documentRelative)
    {
        if (vocab || (value.Length > 0 && value[0] == '@'))
        {
            if (active.Terms.Find(value, hash == 0 ? Rdf.ByteHash.Of(value) : hash) is { } term)
            {
                return ExpandedIri.Of(term);
            }

            if (Keywords.HasForm(value))
            {
                return ExpandedIri.Null;
            }
        }

        var colon = value.Length > 1 ? value[1..].IndexOf((byte)':') + 1 : 0;
        if (colon > 0)
        {
            var prefix = value[..colon];
            var suffix = value[(colon + 1)..];
            if (prefix is [(byte)'_'] || suffix.StartsWith("//"u8))
            {
                return ExpandedIri.Of(value);
            }

            if (active.Terms.Find(prefix) is { Prefix: true, Iri: { } start })
            {
                return ExpandedIri.Of(Join(start, suffix));
            }

            if (IriReference.HasForm(value))
            {
                return ExpandedIri.Of(value);
            }
        }
        else if (!vocab && active.Terms.Find(value, hash == 0 ? Rdf.ByteHash.Of(value) : hash) is { Keyword: not Keyword.None } alias)
        {
            // Step 4: an alias of a keyword is the keyword, whatever is expanded.
            return ExpandedIri.Of(alias.Keyword);
        }

        if (vocab && active.Vocab is { } vocabulary)
        {
            return ExpandedIri.Of(Join(vocabulary, value));
        }

        if (documentRelative && active.Base is { } baseIri)
        {
            return ExpandedIri.Of(IriReference.Resolve(baseIri, value));
        }

        return ExpandedIri.Of(value);
    }

    private static byte[] Join(byte[] start, ReadOnlySpan<byte> end)
    {
        IriReference.RequireLength(start.Length + end.Length);
        return [.. start, .. end];
    }
}
