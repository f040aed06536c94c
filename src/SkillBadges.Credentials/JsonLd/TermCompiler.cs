using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>Create term definition (JSON-LD 1.1 API, REC 2020-07-16, 4.2), for all terms of one context object.</summary>
internal sealed class TermCompiler(
    ContextCompiler contexts,
    ActiveContext result,
    LocalDefinitions definitions,
    LocalContext local,
    ContextCompiler.Remotes remotes,
    bool protectedByDefault,
    bool overrideProtected)
{
    public void Define(int index)
    {
        var member = definitions[index];
        switch (member.Progress)
        {
            case LocalDefinitions.Progress.Defined:
                return;
            case LocalDefinitions.Progress.BeingDefined:
                throw Fault(JsonLdError.CyclicIriMapping, member, "is defined by itself");
        }

        if (member.Name.IsEmpty)
        {
            throw Fault(JsonLdError.InvalidTermDefinition, member, "is empty");
        }

        contexts.Descend(local);
        member.Progress = LocalDefinitions.Progress.BeingDefined;
        var keyword = Keywords.Of(member.Name);
        if (keyword == Keyword.Type)
        {
            CheckTypeRedefinition(member);
        }
        else if (keyword != Keyword.None)
        {
            throw Fault(JsonLdError.KeywordRedefinition, member, "is a keyword and cannot be defined anew");
        }
        else if (Keywords.HasForm(member.Name))
        {
            member.Progress = LocalDefinitions.Progress.Defined;
            contexts.Ascend();
            return;
        }

        var previous = result.Terms.Find(member.Name, member.Hash);
        if (keyword == Keyword.None)
        {
            result.Terms.Remove(member.Name, member.Hash);
        }

        // Steps 13 to 28; null where a value only looks like a keyword, which leaves the term undefined.
        if (Create(member) is { } definition)
        {
            if (!overrideProtected && previous is { Protected: true })
            {
                if (!definition.Equals(previous))
                {
                    throw Fault(JsonLdError.ProtectedTermRedefinition, member, "is protected and cannot be given another meaning");
                }

                definition = previous;
            }

            result.Terms.Set(definition, member.Hash);
        }

        member.Progress = LocalDefinitions.Progress.Defined;
        contexts.Ascend();
    }

    private TermDefinition? Create(LocalDefinitions.Member member)
    {
        var tape = member.Tape;
        switch (member.Kind)
        {
            case TokenKind.Null:
                return new TermDefinition { Name = member.Name.ToArray(), Protected = protectedByDefault };
            case TokenKind.String:
                return CreateWithIri(member, member.Value, simple: true, type: default);
            case TokenKind.Object:
                break;
            default:
                throw Fault(JsonLdError.InvalidTermDefinition, member, "is defined by neither a string nor an object nor null");
        }

        for (var key = member.Value + 1; key < tape.Next(member.Value); key = tape.Next(key + 1))
        {
            if (Keywords.Of(tape.Text(key)) is not (Keyword.Id or Keyword.Reverse or Keyword.Container or Keyword.Context or Keyword.Direction
                or Keyword.Index or Keyword.Language or Keyword.Nest or Keyword.Prefix or Keyword.Protected or Keyword.Type))
            {
                throw Fault(JsonLdError.InvalidTermDefinition, member, "is defined with an entry that there is not");
            }
        }

        var type = ReadType(member);
        var reverse = tape.Find(member.Value, "@reverse"u8);
        if (reverse >= 0)
        {
            return CreateReverse(member, reverse, type);
        }

        return CreateWithIri(member, tape.Find(member.Value, "@id"u8), simple: false, type);
    }

    private bool ReadProtected(LocalDefinitions.Member member)
    {
        var found = member.Kind == TokenKind.Object ? member.Tape.Find(member.Value, "@protected"u8) : -1;
        if (found < 0)
        {
            return protectedByDefault;
        }

        contexts.Require11(local, JsonLdError.InvalidTermDefinition);
        return member.Tape.Kind(found) switch
        {
            TokenKind.True => true,
            TokenKind.False => false,
            _ => throw Fault(JsonLdError.InvalidProtectedValue, member, "has an @protected that is neither true nor false"),
        };
    }

    private (TypeMapping Mapping, byte[]? Datatype) ReadType(LocalDefinitions.Member member)
    {
        var found = member.Tape.Find(member.Value, "@type"u8);
        if (found < 0)
        {
            return default;
        }

        if (!member.Tape.Is(found, TokenKind.String))
        {
            throw Fault(JsonLdError.InvalidTypeMapping, member, "has a @type that is not a string");
        }

        var type = Expand(member.Tape.Text(found));
        if (type.Keyword is Keyword.Json or Keyword.NoneValue)
        {
            contexts.Require11(local, JsonLdError.InvalidTypeMapping);
        }

        return type.Keyword switch
        {
            Keyword.Id => (TypeMapping.Id, null),
            Keyword.Vocab => (TypeMapping.Vocab, null),
            Keyword.Json => (TypeMapping.Json, null),
            Keyword.NoneValue => (TypeMapping.NoneValue, null),
            Keyword.None when !type.IsNull && IriReference.HasForm(type.Iri) => (TypeMapping.Datatype, type.Iri.ToArray()),
            _ => throw Fault(JsonLdError.InvalidTypeMapping, member, "has a @type that is neither an IRI nor one of the keywords for it"),
        };
    }

    private TermDefinition? CreateReverse(LocalDefinitions.Member member, int reverse, (TypeMapping Mapping, byte[]? Datatype) type)
    {
        var tape = member.Tape;
        if (tape.Find(member.Value, "@id"u8) >= 0 || tape.Find(member.Value, "@nest"u8) >= 0)
        {
            throw Fault(JsonLdError.InvalidReverseProperty, member, "is a reverse property and has an @id or @nest too");
        }

        if (!tape.Is(reverse, TokenKind.String))
        {
            throw Fault(JsonLdError.InvalidIriMapping, member, "has a @reverse that is not a string");
        }

        if (Keywords.Of(tape.Text(reverse)) == Keyword.None && Keywords.HasForm(tape.Text(reverse)))
        {
            return null;
        }

        var iri = Expand(tape.Text(reverse));
        if (iri.IsNull || iri.Keyword != Keyword.None || !iri.Iri.Contains((byte)':'))
        {
            throw Fault(JsonLdError.InvalidIriMapping, member, "reverses something that is not an IRI");
        }

        var definition = new TermDefinition
        {
            Name = member.Name.ToArray(),
            Reverse = true,
            Type = type.Mapping,
            Datatype = type.Datatype,
            Protected = ReadProtected(member),
        };
        definition.SetIri(iri.Iri.ToArray());
        if (tape.Find(member.Value, "@container"u8) is >= 0 and var container && !tape.Is(container, TokenKind.Null))
        {
            definition.Container = tape.Is(container, TokenKind.String) ? ContainerOf(tape.Text(container)) : Containers.None;
            if (definition.Container is not (Containers.Set or Containers.Index))
            {
                throw Fault(JsonLdError.InvalidReverseProperty, member, "is a reverse property, whose @container is @set, @index or null");
            }
        }

        ReadIndex(member, definition);
        return definition;
    }

    /// <param name="id">The token of what the term is said to be, or -1.</param>
    private TermDefinition? CreateWithIri(LocalDefinitions.Member member, int id, bool simple, (TypeMapping Mapping, byte[]? Datatype) type)
    {
        var name = member.Name;
        var isProtected = ReadProtected(member);
        var (keyword, iri, isNull) = (Keyword.None, (byte[]?)null, false);
        if (id >= 0 && !(member.Tape.Is(id, TokenKind.String) && member.Tape.Text(id).SequenceEqual(name)))
        {
            if (member.Tape.Is(id, TokenKind.Null))
            {
                isNull = true;
            }
            else if (!ReadId(member, id, out keyword, out iri))
            {
                return null;
            }
        }
        else
        {
            iri = DeriveIri(member, out keyword);
        }

        var definition = new TermDefinition
        {
            Name = name.ToArray(),
            Keyword = keyword,
            Type = type.Mapping,
            Datatype = type.Datatype,
            Protected = isProtected,
        };
        if (!isNull && iri is not null)
        {
            definition.SetIri(iri);
            definition.Prefix = simple && !name.ContainsAny((byte)':', (byte)'/') &&
                (definition.IsBlankNode || (iri.Length > 0 && iri[^1] is (byte)':' or (byte)'/' or (byte)'?' or (byte)'#' or (byte)'[' or (byte)']' or (byte)'@'));
        }

        if (member.Kind == TokenKind.Object)
        {
            ReadEntries(member, definition);
        }

        return definition;
    }

    /// <summary>Step 14.2.</summary>
    private bool ReadId(LocalDefinitions.Member member, int id, out Keyword keyword, out byte[]? iri)
    {
        keyword = Keyword.None;
        iri = null;
        if (!member.Tape.Is(id, TokenKind.String))
        {
            throw Fault(JsonLdError.InvalidIriMapping, member, "has an @id that is not a string");
        }

        var text = member.Tape.Text(id);
        if (Keywords.Of(text) == Keyword.None && Keywords.HasForm(text))
        {
            return false;
        }

        var expanded = Expand(text);
        if (expanded.IsNull || (expanded.Keyword == Keyword.None && !IriReference.HasForm(expanded.Iri) && !expanded.IsBlankNode))
        {
            throw Fault(JsonLdError.InvalidIriMapping, member, "is mapped to something that is neither an IRI nor a keyword");
        }

        if (expanded.Keyword == Keyword.Context)
        {
            throw Fault(JsonLdError.InvalidKeywordAlias, member, "is an alias of @context, which there cannot be");
        }

        keyword = expanded.Keyword;
        iri = keyword == Keyword.None ? expanded.Iri.ToArray() : null;
        var name = member.Name;
        var inner = name.Length > 2 ? name[1..^1] : default;
        if (inner.Contains((byte)':') || name.Contains((byte)'/'))
        {
            // Step 14.2.4: a term that looks like an IRI must mean that IRI.
            member.Progress = LocalDefinitions.Progress.Defined;
            var meant = Expand(name);
            if (meant.IsNull || !meant.Text.SequenceEqual(expanded.Text))
            {
                throw Fault(JsonLdError.InvalidIriMapping, member, "looks like an IRI and is mapped to another");
            }

            member.Progress = LocalDefinitions.Progress.BeingDefined;
        }

        return true;
    }

    /// <summary>Steps 15 to 18: the IRI comes from the term itself.</summary>
    private byte[]? DeriveIri(LocalDefinitions.Member member, out Keyword keyword)
    {
        keyword = Keyword.None;
        var name = member.Name;
        if (name.Length > 1 && name[1..].Contains((byte)':'))
        {
            var colon = name[1..].IndexOf((byte)':') + 1;
            if (definitions.IndexOf(name[..colon]) is >= 0 and var prefix)
            {
                Define(prefix);
            }

            return result.Terms.Find(name[..colon]) is { Iri: { } start }
                ? [.. start, .. name[(colon + 1)..]]
                : name.ToArray();
        }

        if (name.Contains((byte)'/'))
        {
            var expanded = IriExpansion.Expand(result, name, 0, vocab: true, documentRelative: false);
            return !expanded.IsNull && IriReference.HasForm(expanded.Iri)
                ? expanded.Iri.ToArray()
                : throw Fault(JsonLdError.InvalidIriMapping, member, "does not expand to an IRI");
        }

        if (name.SequenceEqual("@type"u8))
        {
            keyword = Keyword.Type;
            return null;
        }

        return result.Vocab is { } vocabulary
            ? [.. vocabulary, .. name]
            : throw Fault(JsonLdError.InvalidIriMapping, member, "has no IRI, and there is no @vocab");
    }

    /// <summary>Steps 19 to 25.</summary>
    private void ReadEntries(LocalDefinitions.Member member, TermDefinition definition)
    {
        var tape = member.Tape;
        if (tape.Find(member.Value, "@container"u8) is >= 0 and var container)
        {
            definition.Container = ReadContainer(member, container);
            if (definition.Container.HasFlag(Containers.Type))
            {
                definition.Type = definition.Type == TypeMapping.None ? TypeMapping.Id : definition.Type;
                if (definition.Type is not (TypeMapping.Id or TypeMapping.Vocab))
                {
                    throw Fault(JsonLdError.InvalidTypeMapping, member, "is a type map, whose @type is @id or @vocab");
                }
            }
        }

        ReadIndex(member, definition);
        if (tape.Find(member.Value, "@context"u8) is >= 0 and var scoped)
        {
            contexts.Require11(local, JsonLdError.InvalidTermDefinition);
            definition.Scoped = new LocalContext(tape, scoped, local.BaseIri, local.Shared);
            contexts.ValidateScoped(result, definition.Scoped, remotes);
        }

        var hasType = tape.Find(member.Value, "@type"u8) >= 0;
        if (!hasType && tape.Find(member.Value, "@language"u8) is >= 0 and var language)
        {
            definition.HasLanguage = true;
            definition.Language = tape.Kind(language) switch
            {
                TokenKind.Null => null,
                TokenKind.String => tape.Text(language).ToArray(),
                _ => throw Fault(JsonLdError.InvalidLanguageMapping, member, "has a @language that is neither a string nor null"),
            };
        }

        if (!hasType && tape.Find(member.Value, "@direction"u8) is >= 0 and var direction)
        {
            definition.Direction = ContextCompiler.ReadDirection(tape, direction)
                ?? throw Fault(JsonLdError.InvalidBaseDirection, member, "has a @direction that is not ltr, rtl or null");
        }

        ReadNestAndPrefix(member, definition);
    }

    /// <summary>Step 20; of a reverse property too, as the test suite has it.</summary>
    private void ReadIndex(LocalDefinitions.Member member, TermDefinition definition)
    {
        if (member.Tape.Find(member.Value, "@index"u8) is >= 0 and var index)
        {
            contexts.Require11(local, JsonLdError.InvalidTermDefinition);
            if (!definition.Container.HasFlag(Containers.Index) || !member.Tape.Is(index, TokenKind.String))
            {
                throw Fault(JsonLdError.InvalidTermDefinition, member, "has an @index that is no string or not within an index map");
            }

            var property = Expand(member.Tape.Text(index));
            if (property.IsNull || property.Keyword != Keyword.None || !IriReference.HasForm(property.Iri))
            {
                throw Fault(JsonLdError.InvalidTermDefinition, member, "has an @index that is not an IRI");
            }

            definition.IndexProperty = member.Tape.Text(index).ToArray();
        }
    }

    private void ReadNestAndPrefix(LocalDefinitions.Member member, TermDefinition definition)
    {
        var tape = member.Tape;
        if (tape.Find(member.Value, "@nest"u8) is >= 0 and var nest)
        {
            contexts.Require11(local, JsonLdError.InvalidTermDefinition);
            if (!tape.Is(nest, TokenKind.String) || Keywords.Of(tape.Text(nest)) is not (Keyword.None or Keyword.Nest))
            {
                throw Fault(JsonLdError.InvalidNestValue, member, "has a @nest that is not a term or @nest");
            }

            definition.Nest = tape.Text(nest).ToArray();
        }

        if (tape.Find(member.Value, "@prefix"u8) is >= 0 and var prefix)
        {
            contexts.Require11(local, JsonLdError.InvalidTermDefinition);
            if (member.Name.ContainsAny((byte)':', (byte)'/'))
            {
                throw Fault(JsonLdError.InvalidTermDefinition, member, "looks like an IRI and cannot be a prefix");
            }

            definition.Prefix = tape.Kind(prefix) switch
            {
                TokenKind.True => true,
                TokenKind.False => false,
                _ => throw Fault(JsonLdError.InvalidPrefixValue, member, "has a @prefix that is neither true nor false"),
            };
            if (definition.Prefix && definition.Keyword != Keyword.None)
            {
                throw Fault(JsonLdError.InvalidTermDefinition, member, "is an alias of a keyword and cannot be a prefix");
            }
        }
    }

    private Containers ReadContainer(LocalDefinitions.Member member, int container)
    {
        var tape = member.Tape;
        var all = Containers.None;
        var count = 1;
        if (tape.Is(container, TokenKind.Array))
        {
            contexts.Require11(local, JsonLdError.InvalidContainerMapping);
            count = tape[container].Length;
            for (var item = container + 1; item < tape.Next(container); item = tape.Next(item))
            {
                all |= tape.Is(item, TokenKind.String) ? ContainerOf(tape.Text(item)) : Containers.None;
            }
        }
        else if (tape.Is(container, TokenKind.String))
        {
            all = ContainerOf(tape.Text(container));
        }

        if (all is Containers.Graph or Containers.Id or Containers.Type)
        {
            contexts.Require11(local, JsonLdError.InvalidContainerMapping);
        }

        var known = System.Numerics.BitOperations.PopCount((uint)all) == count;
        var withoutSet = all & ~Containers.Set;
        var allowed = withoutSet switch
        {
            Containers.None => all == Containers.Set,
            Containers.List => all == Containers.List,
            Containers.Language or Containers.Index or Containers.Id or Containers.Type or Containers.Graph => true,
            Containers.Graph | Containers.Id or Containers.Graph | Containers.Index => true,
            _ => false,
        };
        return known && allowed
            ? all
            : throw Fault(JsonLdError.InvalidContainerMapping, member, "has a @container that there is not");
    }

    private static Containers ContainerOf(ReadOnlySpan<byte> text) => Keywords.Of(text) switch
    {
        Keyword.Graph => Containers.Graph,
        Keyword.Id => Containers.Id,
        Keyword.Index => Containers.Index,
        Keyword.Language => Containers.Language,
        Keyword.List => Containers.List,
        Keyword.Set => Containers.Set,
        Keyword.Type => Containers.Type,
        _ => Containers.None,
    };

    /// <summary>Step 4: of @type only the container and the protection can be said.</summary>
    private void CheckTypeRedefinition(LocalDefinitions.Member member)
    {
        var tape = member.Tape;
        var fine = !contexts.Version10 && member.Kind == TokenKind.Object && tape[member.Value].Length > 0;
        if (fine)
        {
            for (var key = member.Value + 1; key < tape.Next(member.Value); key = tape.Next(key + 1))
            {
                fine &= Keywords.Of(tape.Text(key)) switch
                {
                    Keyword.Container => tape.Is(key + 1, TokenKind.String) && tape.Text(key + 1).SequenceEqual("@set"u8),
                    Keyword.Protected => true,
                    _ => false,
                };
            }
        }

        if (!fine)
        {
            throw Fault(JsonLdError.KeywordRedefinition, member, "can be given @container: @set and @protected only");
        }
    }

    /// <summary>IRI expansion with its steps 3 and 6.3: what a value is made of is defined first.</summary>
    private ExpandedIri Expand(ReadOnlySpan<byte> value)
    {
        if (Keywords.Of(value) == Keyword.None)
        {
            if (definitions.IndexOf(value) is >= 0 and var whole && definitions[whole].Progress != LocalDefinitions.Progress.Defined)
            {
                Define(whole);
            }

            var colon = value.Length > 1 ? value[1..].IndexOf((byte)':') + 1 : 0;
            if (colon > 0 && !value[(colon + 1)..].StartsWith("//"u8) && value[..colon] is not [(byte)'_'] &&
                definitions.IndexOf(value[..colon]) is >= 0 and var prefix && definitions[prefix].Progress != LocalDefinitions.Progress.Defined)
            {
                Define(prefix);
            }
        }

        return IriExpansion.Expand(result, value, 0, vocab: true, documentRelative: false);
    }

    private JsonLdException Fault(string code, LocalDefinitions.Member member, string what)
    {
        var name = System.Text.Encoding.UTF8.GetString(member.Name);
        return ContextCompiler.Fault(code, local, $"The term '{(name.Length > 100 ? name[..100] : name)}' {what}.");
    }
}
