using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.Proofs;

/// <summary>Compares <c>@context</c> values of one document by their canonical JSON, so that layout does not matter and everything else does.</summary>
internal static class ContextPrefix
{
    /// <summary>Whether the document's context begins with all of the proof's, in order; a single value counts as an array of one.</summary>
    /// <exception cref="MalformedException">One of them is not canonicalizable JSON.</exception>
    public static bool Holds(TokenTape tape, int document, int proof)
    {
        var (all, first) = (Items(tape, document), Items(tape, proof));
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

    public static bool Same(TokenTape tape, int document, int proof) =>
        JsonCanonicalization.Canonicalize(tape, document).AsSpan().SequenceEqual(JsonCanonicalization.Canonicalize(tape, proof));

    private static List<byte[]> Items(TokenTape tape, int context)
    {
        var items = new List<byte[]>();
        if (!tape.Is(context, TokenKind.Array))
        {
            items.Add(JsonCanonicalization.Canonicalize(tape, context));
            return items;
        }

        for (var item = context + 1; item < tape.Next(context); item = tape.Next(item))
        {
            items.Add(JsonCanonicalization.Canonicalize(tape, item));
        }

        return items;
    }
}
