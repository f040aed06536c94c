using System.Text;

namespace SkillBadges.Core.OneRoster.Files;

/// <summary>Writes RFC 4180 (2005-10), with an apostrophe before what a spreadsheet would calculate.</summary>
public static class CsvText
{
    public static void AppendRow(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            AppendCell(text, CellText.Guarded(cells[i]));
        }

        text.Append("\r\n");
    }

    private static void AppendCell(StringBuilder text, string cell)
    {
        if (cell.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            text.Append(cell);
            return;
        }

        text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
