using System.Text;

namespace SkillBadges.Credentials.Proofs;

/// <summary>
/// A JSON document and where its context and proofs stand in it, so that what a proof covers can be cut out of the very bytes.
/// </summary>
public sealed class SecuredDocument
{
    /// <summary>More proofs than this are refused: each costs a canonicalization.</summary>
    public const int MaxProofs = 16;

    private readonly ReadOnlyMemory<byte> json;
    private readonly List<ProofText> proofTexts = [];
    private Range? context;
    private Range? proofMember;
    private Range proofValue;
    private int proofCutStart;
    private int proofCutEnd;
    private int lastMemberEnd;
    private bool isEmpty;

    private SecuredDocument(ReadOnlyMemory<byte> json)
    {
        this.json = json;
    }

    public IReadOnlyList<DataIntegrityProof> Proofs { get; private set; } = [];

    internal bool HasContext => context is not null;

    /// <summary>Finds the proofs. The bytes are kept, not copied.</summary>
    /// <exception cref="MalformedException">The codes of <see cref="JsonTape"/>; <c>json.duplicate-member</c>: a second
    /// <c>proof</c> or <c>@context</c>, or a proof names a member twice; <c>json.malformed</c>: not an object;
    /// <c>proof.too-many</c>.</exception>
    public static SecuredDocument Read(ReadOnlyMemory<byte> json)
    {
        var document = new SecuredDocument(json);
        var tape = new JsonTape(json.Span);
        try
        {
            document.FindMembers(ref tape);
        }
        finally
        {
            tape.Dispose();
        }

        return document;
    }

    internal ReadOnlySpan<byte> Context => context is { } range ? json.Span[range] : [];

    /// <summary>The <c>@context</c> within a proof; empty when it has none.</summary>
    internal ReadOnlySpan<byte> ContextOf(int proof) => proofTexts[proof].Context is { } range ? json.Span[range] : [];

    /// <summary>The document without its proofs, or with <paramref name="kept"/> of them only.</summary>
    /// <param name="newContext">Takes the place of the document's context, unless empty.</param>
    internal void WriteUnsecured(IReadOnlyList<int> kept, ReadOnlySpan<byte> newContext, scoped ref PooledBytes output)
    {
        var bytes = json.Span;
        var at = 0;
        var contextFirst = context is { } found && (proofMember is null || found.Start.Value < proofCutStart);
        if (contextFirst)
        {
            WriteContext(newContext, ref at, ref output);
        }

        if (kept.Count > 0)
        {
            output.Add(bytes[at..proofValue.Start]);
            output.Add((byte)'[');
            for (var index = 0; index < kept.Count; index++)
            {
                if (index > 0)
                {
                    output.Add((byte)',');
                }

                output.Add(bytes[proofTexts[kept[index]].Whole]);
            }

            output.Add((byte)']');
            at = proofValue.End.Value;
        }
        else if (proofMember is not null)
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

    /// <summary>The options of a proof: its members without <c>proofValue</c>.</summary>
    /// <param name="withDocumentContext">Whether the document's context takes the place of the proof's own.</param>
    internal void WriteOptions(int proof, bool withDocumentContext, scoped ref PooledBytes output)
    {
        output.Add((byte)'{');
        var isFirst = true;
        if (withDocumentContext)
        {
            output.Add("\"@context\":"u8);
            output.Add(Context);
            isFirst = false;
        }

        foreach (var member in proofTexts[proof].Options)
        {
            if (withDocumentContext && member.IsContext)
            {
                continue;
            }

            if (!isFirst)
            {
                output.Add((byte)',');
            }

            output.Add(json.Span[member.Whole]);
            isFirst = false;
        }

        output.Add((byte)'}');
    }

    /// <summary>The document's own bytes with one more proof: a member <c>proof</c> at the end, or one more item in it.</summary>
    internal byte[] WithProof(ReadOnlySpan<byte> proof)
    {
        var bytes = json.Span;
        var output = new PooledBytes(bytes.Length + proof.Length + 16);
        try
        {
            if (proofMember is null)
            {
                output.Add(bytes[..lastMemberEnd]);
                output.Add(isEmpty ? "\"proof\":"u8 : ",\"proof\":"u8);
                output.Add(proof);
                output.Add(bytes[lastMemberEnd..]);
            }
            else
            {
                var isArray = bytes[proofValue.Start] == '[';
                var end = proofValue.End.Value - (isArray ? 1 : 0);
                output.Add(bytes[..proofValue.Start]);
                output.Add(isArray ? [] : "["u8);
                output.Add(bytes[proofValue.Start..end]);
                output.Add(proofTexts.Count > 0 ? ","u8 : []);
                output.Add(proof);
                output.Add("]"u8);
                output.Add(bytes[proofValue.End..]);
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
        if (context is { } range && !newContext.IsEmpty)
        {
            output.Add(json.Span[at..range.Start]);
            output.Add(newContext);
            at = range.End.Value;
        }
    }

    private void FindMembers(scoped ref JsonTape tape)
    {
        if (tape[0].Kind != JsonKind.Object)
        {
            throw new MalformedException("json.malformed", "A JSON object was expected.");
        }

        var previousEnd = tape[0].Start + 1;
        var end = tape[0].Next;
        for (var name = 1; name < end; name = tape[name + 1].Next)
        {
            var value = tape[name + 1];
            var text = tape.Text(name);
            if (text.SequenceEqual("@context"u8))
            {
                context = context is null ? value.Start..value.End : throw Twice();
            }
            else if (text.SequenceEqual("proof"u8))
            {
                proofMember = proofMember is null ? tape[name].Start..value.End : throw Twice();
                proofValue = value.Start..value.End;
                // The comma before goes with it; a first member takes the comma after.
                var isFirst = name == 1;
                proofCutStart = isFirst ? tape[name].Start : previousEnd;
                proofCutEnd = isFirst && value.Next < end ? tape[value.Next].Start : value.End;
                ReadProofs(ref tape, name + 1);
            }

            previousEnd = value.End;
        }

        lastMemberEnd = previousEnd;
        isEmpty = end == 1;
    }

    private void ReadProofs(scoped ref JsonTape tape, int value)
    {
        var proofs = new List<DataIntegrityProof>();
        if (tape[value].Kind != JsonKind.Array)
        {
            Add(ref tape, value);
        }
        else
        {
            for (var item = value + 1; item < tape[value].Next; item = tape[item].Next)
            {
                Add(ref tape, item);
            }
        }

        Proofs = proofs;

        void Add(scoped ref JsonTape tape, int item)
        {
            if (proofs.Count == MaxProofs)
            {
                throw new MalformedException("proof.too-many", $"A document has at most {MaxProofs} proofs.");
            }

            proofs.Add(ProofReading.Read(ref tape, item, proofs.Count));
            proofTexts.Add(TextOf(ref tape, item));
        }
    }

    private static ProofText TextOf(scoped ref JsonTape tape, int item)
    {
        var text = new ProofText(tape[item].Start..tape[item].End, []);
        if (tape[item].Kind != JsonKind.Object)
        {
            return text;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var name = item + 1; name < tape[item].Next; name = tape[name + 1].Next)
        {
            var spelled = Encoding.UTF8.GetString(tape.Text(name));
            if (!names.Add(spelled))
            {
                throw Twice();
            }

            var value = tape[name + 1];
            if (spelled == "@context")
            {
                text = text with { Context = value.Start..value.End };
            }

            if (spelled != "proofValue")
            {
                text.Options.Add(new ProofMember(tape[name].Start..value.End, spelled == "@context"));
            }
        }

        return text;
    }

    private static MalformedException Twice() => new("json.duplicate-member", "A JSON object names the same member twice.");

    private sealed record ProofText(Range Whole, List<ProofMember> Options)
    {
        public Range? Context { get; init; }
    }

    private readonly record struct ProofMember(Range Whole, bool IsContext);
}
