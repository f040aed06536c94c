namespace SkillBadges.Credentials.Proofs;

/// <summary>Compares <c>@context</c> values by their canonical JSON, so that layout does not matter and everything else does.</summary>
internal static class ContextPrefix
{
    /// <summary>Whether the document's context begins with all of the proof's, in order; a single value counts as an array of one.</summary>
    /// <exception cref="MalformedException">One of them is not canonicalizable JSON.</exception>
    public static bool Holds(ReadOnlySpan<byte> document, ReadOnlySpan<byte> proof)
    {
        var (all, first) = (Items(document), Items(proof));
        if (first.Count > all.Count)
        {
            return false;
        }

        for (var index = 0; index < first.Count; index++)
        {
            if (!first[index].AsSpan().SequenceEqual(all[index]))
            {
                return false;
            }
        }

        return true;
    }

    public static bool Same(ReadOnlySpan<byte> document, ReadOnlySpan<byte> proof) =>
        !document.IsEmpty && JsonCanonicalization.Canonicalize(document).AsSpan().SequenceEqual(JsonCanonicalization.Canonicalize(proof));

    private static List<byte[]> Items(ReadOnlySpan<byte> context)
    {
        var items = new List<byte[]>();
        if (context.IsEmpty)
        {
            return items;
        }

        var tape = new JsonTape(context);
        try
        {
            if (tape[0].Kind != JsonKind.Array)
            {
                items.Add(JsonCanonicalization.Canonicalize(context));
                return items;
            }

            for (var item = 1; item < tape[0].Next; item = tape[item].Next)
            {
                items.Add(JsonCanonicalization.Canonicalize(tape.Source(item)));
            }

            return items;
        }
        finally
        {
            tape.Dispose();
        }
    }
}
