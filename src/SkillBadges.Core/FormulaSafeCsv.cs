using System.Text;

namespace SkillBadges.Core;

/// <summary>Writes comma-separated values (RFC 4180) that no spreadsheet takes for a formula.</summary>
public static class FormulaSafeCsv
{
    /// <summary>Rows as CSV with CRLF and a byte order mark, so that spreadsheets read UTF-8.</summary>
    public static byte[] Write(IEnumerable<IReadOnlyList<string>> rows) => Encoding.UTF8.GetBytes(Lines(rows).Insert(0, '\uFEFF').ToString());

    /// <summary>Rows that follow others.</summary>
    public static byte[] WriteMore(IEnumerable<IReadOnlyList<string>> rows) => Encoding.UTF8.GetBytes(Lines(rows).ToString());

    /// <summary>A cell in quotation marks; what begins like a formula, at its start or after a separator that some programs split at, gets an apostrophe before it.</summary>
    public static string Cell(string text)
    {
        var safe = new StringBuilder("\"");
        var atStart = true;
        foreach (var c in text)
        {
            if (atStart && IsFormulaStart(c))
            {
                safe.Append('\'');
            }

            safe.Append(c == '"' ? "\"\"" : c);
            atStart = c is ',' or ';' or '\t' or '\n' or '\r' or '"' or '|' || (atStart && char.IsWhiteSpace(c));
        }

        return safe.Append('"').ToString();
    }

    private static StringBuilder Lines(IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text;
    }

    // The full-width forms are taken for the plain ones by some programs.
    private static bool IsFormulaStart(char c) => c is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '%' or '|';
}
