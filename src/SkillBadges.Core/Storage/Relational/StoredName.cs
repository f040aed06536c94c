using System.Text.RegularExpressions;

namespace SkillBadges.Core.Storage.Relational;

/// <summary>Names of tables and columns: lower-case words joined by single underscores, so that a double one can part names.</summary>
public static partial class StoredName
{
    // PostgreSQL cuts longer names without a word.
    private const int MaxLength = 63;

    public static string Require(string name) => Words().IsMatch(name)
        ? name
        : throw new InvalidOperationException($"'{name}' cannot name a kind, a path or a column: lower-case words joined by underscores can.");

    /// <summary>A name put together from others.</summary>
    public static string Join(string name) => name.Length <= MaxLength
        ? name
        : throw new InvalidOperationException($"'{name}' is longer than the {MaxLength} bytes that every engine keeps.");

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*\\z")]
    private static partial Regex Words();
}
