namespace SkillBadges.Credentials.JsonLd;

/// <summary>The keywords of JSON-LD 1.1 (REC 2020-07-16) 1.7, without those of framing.</summary>
internal enum Keyword : byte
{
    None,
    Base,
    Container,
    Context,
    Default,
    Direction,
    Graph,
    Id,
    Import,
    Included,
    Index,
    Json,
    Language,
    List,
    Nest,
    NoneValue,
    Prefix,
    Preserve,
    Propagate,
    Protected,
    Reverse,
    Set,
    Type,
    Value,
    Version,
    Vocab,
}

internal static class Keywords
{
    private static readonly byte[][] Names = [.. Enum.GetValues<Keyword>().Select(NameBytes)];

    public static ReadOnlySpan<byte> Name(Keyword keyword) => Names[(int)keyword];

    public static Keyword Of(ReadOnlySpan<byte> text)
    {
        if (text.Length > 3 && text[0] == '@')
        {
            for (var i = 1; i < Names.Length; i++)
            {
                if (text.SequenceEqual(Names[i]))
                {
                    return (Keyword)i;
                }
            }
        }

        return text.SequenceEqual("@id"u8) ? Keyword.Id : Keyword.None;
    }

    /// <summary>"@" and letters only: reserved, so it is ignored where it is not a keyword.</summary>
    public static bool HasForm(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] == '@' &&
        !text[1..].ContainsAnyExceptInRange((byte)'A', (byte)'z') && !text[1..].ContainsAnyInRange((byte)'[', (byte)'`');

    public static IEnumerable<Keyword> All => Enum.GetValues<Keyword>().Where(keyword => keyword != Keyword.None);

    private static byte[] NameBytes(Keyword keyword) => keyword == Keyword.NoneValue
        ? [.. "@none"u8]
        : System.Text.Encoding.ASCII.GetBytes("@" + char.ToLowerInvariant(keyword.ToString()[0]) + keyword.ToString()[1..]);
}
