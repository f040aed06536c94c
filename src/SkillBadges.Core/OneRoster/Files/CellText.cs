using System.Globalization;
using System.Text.RegularExpressions;

namespace SkillBadges.Core.OneRoster.Files;

/// <summary>What cells may say, and how they are understood.</summary>
public static partial class CellText
{
    public const int MaxText = 1000;

    /// <summary>Of what people are called and classes are titled.</summary>
    public const int MaxName = 99;

    /// <summary>Spreadsheets calculate what begins so.</summary>
    private const string Calculating = "=+-@\t\r";

    /// <summary>Text for a file that people may open in a spreadsheet: an apostrophe before what would be calculated.</summary>
    public static string Guarded(string text) => text.Length > 0 && Calculating.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;

    /// <summary>The inverse of <see cref="Guarded"/>.</summary>
    public static string Unguarded(string text) => text is ['\'', var second, ..] && Calculating.Contains(second, StringComparison.Ordinal) ? text[1..] : text;

    public static bool IsId(string text) => text.Length is > 0 and <= 255 && IdForm().IsMatch(text);

    /// <summary>The words of a list; empty for an empty cell.</summary>
    public static string[] List(string text) => text.Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries);

    public static DateOnly? Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public static bool IsInstant(string text) => text.Length <= 40 && InstantForm().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    public static bool IsPairs(string text) => PairsForm().IsMatch(text);

    /// <summary>The pairs of <c>{left:right},{left:right}</c>.</summary>
    public static IEnumerable<(string Left, string Right)> Pairs(string text) =>
        PairForm().Matches(text).Select(pair => (pair.Groups[1].Value.Trim(), pair.Groups[2].Value.Trim()));

    public static bool IsNumber(string text) => text.Length <= 30 && NumberForm().IsMatch(text);

    public static bool IsWord(string text, RosterColumn column) => column.Words.Contains(text) || (column.Name != "status" && ExtensionForm().IsMatch(text));

    // OneRoster 1.2 information model, GUID: letters, digits, and five signs.
    [GeneratedRegex(@"^[A-Za-z0-9._/@-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)\z", RegexOptions.NonBacktracking)]
    private static partial Regex InstantForm();

    [GeneratedRegex(@"^\{[^{}:]+:[^{}]+\}(,\s*\{[^{}:]+:[^{}]+\})*\z", RegexOptions.NonBacktracking)]
    private static partial Regex PairsForm();

    [GeneratedRegex(@"\{([^{}:]+):([^{}]+)\}")]
    private static partial Regex PairForm();

    [GeneratedRegex(@"^-?\d+(\.\d+)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^ext:[A-Za-z0-9 ._-]{1,60}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ExtensionForm();
}
