using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace SkillBadges.Core;

/// <summary>
/// The words of a refusal that names something, <c>$"The last revision is {Revision}."</c>: the whole sentence in English and, each by itself, what was put into it,
/// so that another language can put it into a sentence of its own. Numbers and days are written the same everywhere.
/// </summary>
[InterpolatedStringHandler]
public readonly ref struct RefusalText
{
    private readonly StringBuilder words;
    private readonly List<string> values;

    public RefusalText(int literalLength, int formattedCount)
    {
        words = new StringBuilder(literalLength + (16 * formattedCount));
        values = new List<string>(formattedCount);
    }

    /// <summary>In the order in which they stand in the sentence.</summary>
    public IReadOnlyList<string> Values => values;

    public void AppendLiteral(string text) => words.Append(text);

    public void AppendFormatted<T>(T value, string? format = null)
    {
        var text = value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? "";
        values.Add(text);
        words.Append(text);
    }

    public override string ToString() => words.ToString();
}
