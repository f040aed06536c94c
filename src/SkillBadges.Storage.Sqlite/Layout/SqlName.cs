using System.Text.RegularExpressions;

namespace SkillBadges.Storage.Sqlite.Layout;

/// <summary>Names of tables and columns: lower-case words joined by single underscores, so that a double one can part names.</summary>
internal static partial class SqlName
{
    public static string Require(string name) => Words().IsMatch(name)
        ? name
        : throw new InvalidOperationException($"'{name}' cannot name a kind, a path or a column: lower-case words joined by underscores can.");

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*\\z")]
    private static partial Regex Words();
}
