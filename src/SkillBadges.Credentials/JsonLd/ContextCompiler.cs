using System.Text;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>Context processing (JSON-LD 1.1 API, REC 2020-07-16, 4.1): an active context and a local one make the next active context. One of these serves one document, and counts what that costs.</summary>
internal sealed class ContextCompiler(ContextLibrary library)
{
    private const int RemoteDepthLimit = 32;
    private const int RemoteLimit = 100;
    private const int LocalLimit = 1000;
    private const int CopiedTermsLimit = 2_000_000;

    private const int DepthLimit = 128;

    private int compiledRemotes;
    private int depth;
    private int localContexts;
    private int copiedTerms;

    /// <summary>Whether what only JSON-LD 1.1 has is refused.</summary>
    public bool Version10 { get; set; }

    /// <summary>The context that follows, from memory if it was compiled before.</summary>
    public ActiveContext Apply(ActiveContext active, LocalContext local, ContextUse use)
    {
        if (local.LastResult(active, use) is { } same)
        {
            return same;
        }

        if (active.TryGetDerived(local, use, out var known))
        {
            if (active.Shared && local.Shared)
            {
                local.RememberLast(active, use, known);
            }

            return known;
        }

        var result = Process(
            active,
            local,
            new Remotes(),
            overrideProtected: use == ContextUse.Property,
            propagate: use != ContextUse.Type,
            validateScoped: true);
        Remember(active, local, use, result);
        return result;
    }

    private void Remember(ActiveContext active, LocalContext local, ContextUse use, ActiveContext result)
    {
        // What comes from one document must not outlive it, so a shared context remembers only what is shared.
        if (!active.Shared || (local.Shared && !Version10 && library.MayRemember()))
        {
            active.Remember(local, use, result);
        }
    }

    private ActiveContext Process(ActiveContext active, LocalContext local, Remotes remotes, bool overrideProtected, bool propagate, bool validateScoped)
    {
        var tape = local.Tape;
        if (!local.Shared && ++localContexts > LocalLimit)
        {
            throw new JsonLdException(JsonLdError.ContextOverflow, $"The document uses more than {LocalLimit} contexts.");
        }

        // Step 2; whether the value is a boolean is seen to in step 5.11.
        if (tape.Is(local.Token, TokenKind.Object) && tape.Find(local.Token, "@propagate"u8) is >= 0 and var said)
        {
            propagate = !tape.Is(said, TokenKind.False);
        }

        var result = active;
        if (!propagate && active.Previous is null)
        {
            result = Copy(active, local.Shared);
            result.Previous = active;
        }

        Descend(local);
        if (!tape.Is(local.Token, TokenKind.Array))
        {
            result = ProcessOne(active, result, local, remotes, overrideProtected, propagate, validateScoped);
            Ascend();
            return result;
        }

        for (var item = local.Token + 1; item < tape.Next(local.Token); item = tape.Next(item))
        {
            result = ProcessOne(active, result, local.At(item), remotes, overrideProtected, propagate, validateScoped);
        }

        Ascend();
        return result;
    }

    private ActiveContext ProcessOne(
        ActiveContext active, ActiveContext result, LocalContext local, Remotes remotes, bool overrideProtected, bool propagate, bool validateScoped)
    {
        switch (local.Tape.Kind(local.Token))
        {
            case TokenKind.Null:
                if (!overrideProtected && result.Terms.All.Any(term => term.Protected))
                {
                    throw Fault(JsonLdError.InvalidContextNullification, local, "A context with protected terms cannot be set aside by null.");
                }

                var blank = ActiveContext.Initial(active.OriginalBase, active.Shared && local.Shared);
                blank.Previous = propagate ? null : result.Previous;
                return blank;
            case TokenKind.String:
                return ProcessRemote(result, local, remotes, overrideProtected, validateScoped);
            case TokenKind.Object:
                return ProcessObject(result, local, remotes, overrideProtected);
            default:
                throw Fault(JsonLdError.InvalidLocalContext, local, "A context is a string, an object, null or an array of these.");
        }
    }

    private ActiveContext ProcessRemote(ActiveContext result, LocalContext local, Remotes remotes, bool overrideProtected, bool validateScoped)
    {
        var text = local.Tape.Text(local.Token);
        ReadOnlySpan<byte> iri = IriReference.HasForm(text) ? text : IriReference.Resolve(local.BaseIri, text);
        if (!IriReference.HasForm(iri))
        {
            throw Fault(JsonLdError.LoadingDocumentFailed, local, "A context is named by an absolute IRI.");
        }

        if (!validateScoped && remotes.Contains(iri))
        {
            return result;
        }

        var remote = library.Load(iri);
        var plain = !overrideProtected && validateScoped && remotes.Count == 0;
        if (plain && result.TryGetDerived(remote, ContextUse.Document, out var known))
        {
            return known;
        }

        if (remotes.Count >= RemoteDepthLimit || ++compiledRemotes > RemoteLimit)
        {
            throw Fault(JsonLdError.ContextOverflow, local, $"More than {RemoteLimit} contexts are referred to, or {RemoteDepthLimit} within one another.");
        }

        // The Recommendation does not say that an override of protected terms reaches into a remote context; it is understood so.
        var next = Process(result, remote, remotes.With(remote.BaseIri), overrideProtected, propagate: true, validateScoped);
        if (plain)
        {
            Remember(result, remote, ContextUse.Document, next);
        }

        return next;
    }

    private ActiveContext ProcessObject(ActiveContext previous, LocalContext local, Remotes remotes, bool overrideProtected)
    {
        var definitions = new LocalDefinitions();
        if (local.Tape.Find(local.Token, "@version"u8) is >= 0 and var version)
        {
            RequireVersion(local.At(version));
        }

        Import(local, definitions);
        definitions.AddAll(local.Tape, local.Token);
        var result = Copy(previous, local.Shared);
        ReadBase(definitions, local, remotes, result);
        ReadVocab(definitions, local, result);
        ReadLanguage(definitions, local, result);
        ReadDirection(definitions, local, result);
        if (definitions.Find(Keyword.Propagate) is { } propagate)
        {
            Require11(local, JsonLdError.InvalidContextEntry);
            _ = ReadBoolean(propagate, local, JsonLdError.InvalidPropagateValue);
        }

        var isProtected = definitions.Find(Keyword.Protected) is { } @protected && ReadBoolean(@protected, local, JsonLdError.InvalidProtectedValue);
        var terms = new TermCompiler(this, result, definitions, local, remotes, isProtected, overrideProtected);
        for (var i = 0; i < definitions.Count; i++)
        {
            if (Keywords.Of(definitions[i].Name) is Keyword.None or not (Keyword.Base or Keyword.Direction or Keyword.Import or Keyword.Language
                or Keyword.Propagate or Keyword.Protected or Keyword.Version or Keyword.Vocab))
            {
                terms.Define(i);
            }
        }

        return result;
    }

    /// <summary>Step 21 of creating a term: a scoped context must be one that can be applied.</summary>
    internal void ValidateScoped(ActiveContext active, LocalContext scoped, Remotes remotes)
    {
        try
        {
            Process(active, scoped, remotes, overrideProtected: true, propagate: true, validateScoped: false);
        }
        catch (JsonLdException fault) when (fault.Code is not (JsonLdError.ContextOverflow or JsonLdError.TooLarge))
        {
            throw new JsonLdException(JsonLdError.InvalidScopedContext, fault.Message);
        }
    }

    /// <summary>Terms that need one another and contexts within contexts take the stack; every descent is counted, until <see cref="Ascend"/>.</summary>
    internal void Descend(LocalContext local)
    {
        if (++depth > DepthLimit)
        {
            throw Fault(JsonLdError.ContextOverflow, local, $"Terms and contexts depend on one another more than {DepthLimit} deep.");
        }
    }

    internal void Ascend() => depth--;

    internal void Require11(LocalContext local, string code)
    {
        if (Version10)
        {
            throw Fault(code, local, "This belongs to JSON-LD 1.1, and 1.0 was asked for.");
        }
    }

    internal static JsonLdException Fault(string code, LocalContext local, string message) =>
        new(code, local.BaseIri.Length > 0 && local.Shared ? $"{message} (in <{Encoding.UTF8.GetString(local.BaseIri)}>)" : message, local.Tape.PathOf(local.Token));

    internal static bool ReadBoolean(LocalDefinitions.Member member, LocalContext local, string code) => member.Kind switch
    {
        TokenKind.True => true,
        TokenKind.False => false,
        _ => throw Fault(code, local, "The value is true or false."),
    };

    private ActiveContext Copy(ActiveContext context, bool shared)
    {
        var copy = context.Copy(shared);
        if ((copiedTerms += copy.Terms.Capacity) > CopiedTermsLimit)
        {
            throw new JsonLdException(JsonLdError.ContextOverflow, "The document's contexts, taken together, are too large.");
        }

        return copy;
    }

    private void RequireVersion(LocalContext version)
    {
        if (!version.Tape.Is(version.Token, TokenKind.Number) || !version.Tape.Text(version.Token).SequenceEqual("1.1"u8))
        {
            throw Fault(JsonLdError.InvalidVersionValue, version, "@version is the number 1.1.");
        }

        Require11(version, JsonLdError.ProcessingModeConflict);
    }

    private void Import(LocalContext local, LocalDefinitions definitions)
    {
        if (local.Tape.Find(local.Token, "@import"u8) is not (>= 0 and var import))
        {
            return;
        }

        Require11(local, JsonLdError.InvalidContextEntry);
        if (!local.Tape.Is(import, TokenKind.String))
        {
            throw Fault(JsonLdError.InvalidImportValue, local, "@import names a context by its IRI.");
        }

        var remote = library.Load(IriReference.Resolve(local.BaseIri, local.Tape.Text(import)));
        if (!remote.Tape.Is(remote.Token, TokenKind.Object))
        {
            throw Fault(JsonLdError.InvalidRemoteContext, local, "An imported context is one object.");
        }

        if (remote.Tape.Find(remote.Token, "@import"u8) >= 0)
        {
            throw Fault(JsonLdError.InvalidContextEntry, local, "An imported context must not import another.");
        }

        definitions.AddAll(remote.Tape, remote.Token);
    }

    private static void ReadBase(LocalDefinitions definitions, LocalContext local, Remotes remotes, ActiveContext result)
    {
        if (remotes.Count > 0 || definitions.Find(Keyword.Base) is not { } member)
        {
            return;
        }

        if (member.Kind == TokenKind.Null)
        {
            result.Base = null;
        }
        else if (member.Kind == TokenKind.String && IriReference.HasForm(member.Text))
        {
            result.Base = member.Text.ToArray();
        }
        else if (member.Kind == TokenKind.String && result.Base is { } current)
        {
            result.Base = IriReference.Resolve(current, member.Text);
        }
        else
        {
            throw Fault(JsonLdError.InvalidBaseIri, local, "@base is an IRI or null, and absolute when there is no other base.");
        }
    }

    private void ReadVocab(LocalDefinitions definitions, LocalContext local, ActiveContext result)
    {
        if (definitions.Find(Keyword.Vocab) is not { } member)
        {
            return;
        }

        if (member.Kind == TokenKind.Null)
        {
            result.Vocab = null;
            return;
        }

        if (member.Kind != TokenKind.String)
        {
            throw Fault(JsonLdError.InvalidVocabMapping, local, "@vocab is a string or null.");
        }

        if (Version10 && !IriReference.HasForm(member.Text) && !member.Text.StartsWith("_:"u8))
        {
            throw Fault(JsonLdError.InvalidVocabMapping, local, "@vocab is an absolute IRI in JSON-LD 1.0.");
        }

        var expanded = IriExpansion.Expand(result, member.Text, 0, vocab: true, documentRelative: true);
        if (expanded.IsNull || expanded.Keyword != Keyword.None)
        {
            throw Fault(JsonLdError.InvalidVocabMapping, local, "@vocab is an IRI, a blank node, a term or empty.");
        }

        result.Vocab = expanded.Iri.ToArray();
    }

    private static void ReadLanguage(LocalDefinitions definitions, LocalContext local, ActiveContext result)
    {
        if (definitions.Find(Keyword.Language) is { } member)
        {
            result.Language = member.Kind switch
            {
                TokenKind.Null => null,
                TokenKind.String => member.Text.ToArray(),
                _ => throw Fault(JsonLdError.InvalidDefaultLanguage, local, "@language is a language tag or null."),
            };
        }
    }

    private void ReadDirection(LocalDefinitions definitions, LocalContext local, ActiveContext result)
    {
        if (definitions.Find(Keyword.Direction) is { } member)
        {
            Require11(local, JsonLdError.InvalidContextEntry);
            result.Direction = ReadDirection(member.Tape, member.Value) ?? throw Fault(JsonLdError.InvalidBaseDirection, local, "@direction is ltr, rtl or null.");
        }
    }

    /// <summary>Null when the value says no direction that there is.</summary>
    internal static TextDirection? ReadDirection(TokenTape tape, int value) => tape.Kind(value) switch
    {
        TokenKind.Null => TextDirection.Null,
        TokenKind.String when tape.Text(value).SequenceEqual("ltr"u8) => TextDirection.LeftToRight,
        TokenKind.String when tape.Text(value).SequenceEqual("rtl"u8) => TextDirection.RightToLeft,
        _ => null,
    };

    /// <summary>The contexts that led here by reference, outermost first.</summary>
    internal readonly struct Remotes
    {
        private readonly byte[][]? iris;

        private Remotes(byte[][] iris)
        {
            this.iris = iris;
        }

        public int Count => iris?.Length ?? 0;

        public Remotes With(byte[] iri) => new([.. iris ?? [], iri]);

        public bool Contains(ReadOnlySpan<byte> iri)
        {
            foreach (var known in iris ?? [])
            {
                if (iri.SequenceEqual(known))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
