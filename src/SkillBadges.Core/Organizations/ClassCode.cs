namespace SkillBadges.Core.Organizations;

/// <summary>What students type to come into a class. It opens nothing to anybody who does not study at the school, so that it may stand on a board.</summary>
/// <param name="Text">Eight characters.</param>
public sealed record ClassCode(string Text, DateTimeOffset Until)
{
    public const int Length = 8;

    // Letters and digits that are not taken for each other when read aloud.
    internal const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>As it is written on the board: two groups of four.</summary>
    public string Spelled => $"{Text[..4]}-{Text[4..]}";

    /// <summary>What was typed, in upper or lower case, with or without the hyphen; null where it can be no code.</summary>
    public static string? Read(string? typed)
    {
        var text = new string([.. (typed ?? "").ToUpperInvariant().Where(Alphabet.Contains)]);
        return text.Length == Length ? text : null;
    }
}
