using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.JsonLd;

namespace SkillBadges.Credentials.Proofs;

/// <summary>
/// A JSON document and where its context and proofs stand in it, so that what a proof covers can be cut out of the very bytes.
/// Disposing it gives its working memory to the next document; one that is not disposed costs a collection, nothing more.
/// </summary>
public sealed class SecuredDocument : IDisposable
{
    /// <summary>More proofs than this are refused: each costs a canonicalization.</summary>
    public const int MaxProofs = 16;

    private readonly ReadOnlyMemory<byte> json;
    private TokenTape? tape;
    private readonly List<ProofText> proofTexts = [];

    // The tokens of the names of these members; -1 when they are not there.
    private int contextName = -1;
    private int proofName = -1;
    private int proofStart;
    private int proofEnd;
    private int proofCutStart;
    private int proofCutEnd;
    private int lastMemberEnd;
    private bool isEmpty;

    private SecuredDocument(ReadOnlyMemory<byte> json, TokenTape tape)
    {
        this.json = json;
        this.tape = tape;
    }

    public IReadOnlyList<DataIntegrityProof> Proofs { get; private set; } = [];

    internal bool HasContext => contextName >= 0;

    /// <summary>Bytes of the document as it was read.</summary>
    internal int Length => json.Length;

    /// <summary>The document as it was read, proofs included.</summary>
    internal TokenTape Tape => tape ?? throw new ObjectDisposedException(nameof(SecuredDocument));

    /// <summary>The document without its proofs.</summary>
    internal DocumentPart Unsecured => new(Tape, 0, proofName, null);

    /// <summary>Finds the proofs. The bytes are kept, not copied.</summary>
    /// <exception cref="MalformedException"><c>json.malformed</c>: not one object in strict JSON; <c>json.not-utf8</c>,
    /// <c>json.not-unicode</c>, <c>json.duplicate-member</c>; <c>json.too-deep</c>: more than 64 levels; <c>proof.too-many</c>.</exception>
    public static SecuredDocument Read(ReadOnlyMemory<byte> json) => Read(json, TokenTape.Take());

    /// <param name="tape">Is the document's own from now on.</param>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    internal static SecuredDocument Read(ReadOnlyMemory<byte> json, TokenTape tape)
    {
        tape.Read(json.Span, TokenTape.MaxDepth, int.MaxValue);
        var document = new SecuredDocument(json, tape);
        document.FindMembers();
        return document;
    }

    public void Dispose()
    {
        // Once: given back twice, two documents would be read into one tape.
        tape?.GiveBack();
        tape = null;
    }

    internal ReadOnlySpan<byte> Context => HasContext ? json.Span[Tape.Source(contextName + 1)] : [];

    /// <summary>The token of the <c>@context</c> within a proof; -1 when it has none.</summary>
    internal int ContextOf(int proof) => proofTexts[proof].Context;

    internal ReadOnlySpan<byte> ContextTextOf(int proof) => json.Span[Tape.Source(ContextOf(proof))];

    /// <summary>Whether a proof's own context is the document's, written alike.</summary>
    internal bool HasDocumentContext(int proof) =>
        HasContext && ContextOf(proof) >= 0 && Tape.SameValue(contextName + 1, Tape, ContextOf(proof));

    /// <summary>Whether the document's context begins with the proof's.</summary>
    internal bool BeginsWithContextOf(int proof) =>
        HasContext && ContextPrefix.Holds(Tape, contextName + 1, ContextOf(proof));

    /// <summary>Whether a proof's own context is the document's, by canonical form.</summary>
    internal bool MeansDocumentContext(int proof) =>
        HasContext && ContextPrefix.Same(Tape, contextName + 1, ContextOf(proof));

    /// <summary>The context of the document, for something else to be read in.</summary>
    internal LocalContext SharedContext => new(Tape, contextName + 1, [], shared: false);

    /// <summary>The options of a proof: its members without <c>proofValue</c>.</summary>
    /// <param name="withDocumentContext">Whether the document's context takes the place of the proof's own.</param>
    internal DocumentPart OptionsOf(int proof, bool withDocumentContext) =>
        new(Tape, proofTexts[proof].Object, proofTexts[proof].ValueName, withDocumentContext ? SharedContext : null);

    /// <summary>The document with <paramref name="kept"/> of its proofs only, read anew.</summary>
    /// <inheritdoc cref="WriteUnsecured"/>
    internal DocumentPart WithPrevious(IReadOnlyList<int> kept, ReadOnlySpan<byte> newContext)
    {
        var text = new PooledBytes(json.Length);
        try
        {
            WriteUnsecured(kept, newContext, ref text);
            var composed = new TokenTape();
            composed.Read(text.Written, TokenTape.MaxDepth, int.MaxValue);
            return new DocumentPart(composed);
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>The document without its proofs, or with <paramref name="kept"/> of them only.</summary>
    /// <param name="newContext">Takes the place of the document's context, unless empty.</param>
    internal void WriteUnsecured(IReadOnlyList<int> kept, ReadOnlySpan<byte> newContext, scoped ref PooledBytes output)
    {
        var bytes = json.Span;
        var at = 0;
        var contextFirst = HasContext && (proofName < 0 || contextName < proofName);
        if (contextFirst)
        {
            WriteContext(newContext, ref at, ref output);
        }

        if (kept.Count > 0)
        {
            output.Add(bytes[at..Tape.SourceStart(proofName + 1)]);
            output.Add((byte)'[');
            for (var index = 0; index < kept.Count; index++)
            {
                if (index > 0)
                {
                    output.Add((byte)',');
                }

                output.Add(bytes[Tape.Source(proofTexts[kept[index]].Object)]);
            }

            output.Add((byte)']');
            at = Tape.SourceEnd(proofName + 1);
        }
        else if (proofName >= 0)
        {
            output.Add(bytes[at..proofCutStart]);
            at = proofCutEnd;
        }

        if (!contextFirst)
        {
            WriteContext(newContext, ref at, ref output);
        }

        output.Add(bytes[at..]);
    }

    /// <summary>The document's own bytes with one more proof: a member <c>proof</c> at the end, or one more item in it.</summary>
    internal byte[] WithProof(ReadOnlySpan<byte> proof)
    {
        var bytes = json.Span;
        var output = new PooledBytes(bytes.Length + proof.Length + 16);
        try
        {
            if (proofName < 0)
            {
                output.Add(bytes[..lastMemberEnd]);
                output.Add(isEmpty ? "\"proof\":"u8 : ",\"proof\":"u8);
                output.Add(proof);
                output.Add(bytes[lastMemberEnd..]);
            }
            else
            {
                var isArray = bytes[proofStart] == '[';
                output.Add(bytes[..proofStart]);
                output.Add(isArray ? [] : "["u8);
                output.Add(bytes[proofStart..(proofEnd - (isArray ? 1 : 0))]);
                output.Add(proofTexts.Count > 0 ? ","u8 : []);
                output.Add(proof);
                output.Add("]"u8);
                output.Add(bytes[proofEnd..]);
            }

            return output.Written.ToArray();
        }
        finally
        {
            output.Dispose();
        }
    }

    private void WriteContext(ReadOnlySpan<byte> newContext, ref int at, scoped ref PooledBytes output)
    {
        if (HasContext && !newContext.IsEmpty)
        {
            output.Add(json.Span[at..Tape.SourceStart(contextName + 1)]);
            output.Add(newContext);
            at = Tape.SourceEnd(contextName + 1);
        }
    }

    private void FindMembers()
    {
        if (!Tape.Is(0, TokenKind.Object))
        {
            throw new MalformedException("json.malformed", "A JSON object was expected.");
        }

        var previousEnd = Tape.SourceStart(0) + 1;
        var end = Tape.Next(0);
        for (var name = 1; name < end; name = Tape.Next(name + 1))
        {
            var value = name + 1;
            var text = Tape.Text(name);
            if (text.SequenceEqual("@context"u8))
            {
                contextName = name;
            }
            else if (text.SequenceEqual("proof"u8))
            {
                proofName = name;
                (proofStart, proofEnd) = (Tape.SourceStart(value), Tape.SourceEnd(value));
                // The comma before goes with it; a first member takes the comma after.
                var isFirst = name == 1;
                proofCutStart = isFirst ? Tape.SourceStart(name) : previousEnd;
                proofCutEnd = isFirst && Tape.Next(value) < end ? Tape.SourceStart(Tape.Next(value)) : proofEnd;
                ReadProofs(value);
            }

            previousEnd = Tape.SourceEnd(value);
        }

        lastMemberEnd = previousEnd;
        isEmpty = end == 1;
    }

    private void ReadProofs(int value)
    {
        var proofs = new List<DataIntegrityProof>();
        if (Tape.Is(value, TokenKind.Array))
        {
            for (var item = value + 1; item < Tape.Next(value); item = Tape.Next(item))
            {
                Add(item);
            }
        }
        else
        {
            Add(value);
        }

        Proofs = proofs;

        void Add(int item)
        {
            if (proofs.Count == MaxProofs)
            {
                throw new MalformedException("proof.too-many", $"A document has at most {MaxProofs} proofs.");
            }

            proofs.Add(ProofReading.Read(Tape, item, proofs.Count));
            var isObject = Tape.Is(item, TokenKind.Object);
            proofTexts.Add(new ProofText(item, isObject ? Tape.Find(item, "proofValue"u8) - 1 : -1, isObject ? Tape.Find(item, "@context"u8) : -1));
        }
    }

    /// <summary>Where a proof stands: the tokens of its object, of the name of its <c>proofValue</c> and of its own context; below 0 when not there.</summary>
    private readonly record struct ProofText(int Object, int ValueName, int Context);
}
