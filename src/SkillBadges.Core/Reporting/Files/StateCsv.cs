using System.Collections.Immutable;
using System.Text;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>The text of a state file: RFC 4180 (2005-10), UTF-8 without a byte order mark, every cell in quotation marks, and nothing that a spreadsheet takes for a formula.</summary>
public static class StateCsv
{
    public static byte[] Header(ImmutableArray<StateColumn> columns) => Line(columns.Select(column => column.Header));

    /// <param name="row">As it is kept.</param>
    /// <param name="columns">Of the file.</param>
    /// <param name="number">What stands in columns of the state number.</param>
    public static byte[] Row(StateRow row, ImmutableArray<StateColumn> columns, string number) =>
        Line(row.Cells.Zip(columns, (cell, column) => column.Field == StateField.StateNumber ? number : cell));

    private static byte[] Line(IEnumerable<string> cells) => Encoding.UTF8.GetBytes(new StringBuilder().AppendJoin(',', cells.Select(FormulaSafeCsv.Cell)).Append("\r\n").ToString());
}
