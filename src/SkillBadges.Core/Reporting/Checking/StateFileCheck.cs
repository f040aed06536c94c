using System.Collections.Immutable;
using SkillBadges.Core.OneRoster;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Reporting.Files;

namespace SkillBadges.Core.Reporting.Checking;

/// <summary>What was found in a file.</summary>
/// <param name="Rows">Without the header.</param>
/// <param name="Count">How many faults there are.</param>
/// <param name="Faults">The first <see cref="StateFileCheck.Kept"/> of them.</param>
public sealed record StateFileReport(long Rows, long Count, IReadOnlyList<StateFileFault> Faults);

/// <summary>
/// Reads a file for the state as somebody receives it and says what is wrong with it: header, cells, and the shares of each record. Nothing is written; memory grows by the records' names alone.
/// Faults name the place, never what a cell said.
/// </summary>
public sealed class StateFileCheck
{
    public const int Kept = 10_000;

    private const string Words = "cell.text";
    private const int MaxText = 1000;
    private const int MaxName = 255;

    private readonly ImmutableArray<StateColumn> columns;
    private readonly Action<long, string[]> take;
    private readonly List<StateFileFault> faults = [];
    private readonly Dictionary<RosterKey, (decimal Total, long Row)> records = [];
    private readonly HashSet<RosterKey> educators = [];
    private readonly int record;
    private readonly int share;
    private readonly int educator;
    private long count;

    private StateFileCheck(ImmutableArray<StateColumn> columns, Action<long, string[]> take)
    {
        (this.columns, this.take) = (columns, take);
        record = PlaceOf(StateField.Record);
        share = PlaceOf(StateField.Share);
        educator = PlaceOf(StateField.EducatorId) is >= 0 and var place ? place : PlaceOf(StateField.EducatorNumber);
    }

    /// <param name="csv">Read to its end, in constant memory.</param>
    /// <param name="columns">The layout that the file should have.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public static StateFileReport Run(Stream csv, ImmutableArray<StateColumn> columns, CancellationToken cancellationToken) => Run(csv, columns, (_, _) => { }, cancellationToken);

    /// <summary>As the other, for who takes the rows over: <paramref name="take"/> gets each that has as many cells as the header, whether they are sound or not, in the order of the columns.</summary>
    public static StateFileReport Run(Stream csv, ImmutableArray<StateColumn> columns, Action<long, string[]> take, CancellationToken cancellationToken)
    {
        var check = new StateFileCheck(columns, take);
        var rows = check.Read(new(csv), cancellationToken);
        foreach (var (total, row) in check.records.Values.Where(found => found.Total != 100).OrderBy(found => found.Row))
        {
            check.Fault(row, columns[check.share].Header, "row.shares", "The shares of this record do not come to 100.");
        }

        return new(rows, check.count, [.. check.faults.OrderBy(fault => fault.Row)]);
    }

    private long Read(CsvFile csv, CancellationToken cancellationToken)
    {
        long rows = 0;
        try
        {
            if (!csv.Read())
            {
                Fault(1, null, "header.missing", "The file has no header.");
                return rows;
            }

            if (!CheckHeader(csv.Cells))
            {
                return rows;
            }

            while (csv.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows++;
                if (csv.Cells.Count != columns.Length)
                {
                    Fault(csv.Row, null, "csv.cells", $"This row has {csv.Cells.Count} cells; the header has {columns.Length}.");
                    continue;
                }

                CheckRow(csv.Row, [.. csv.Cells.Select(CellText.Unguarded)], csv.Cells);
            }
        }
        catch (CsvException fault)
        {
            Fault(fault.Row, fault.Row > 1 && fault.Column < columns.Length ? columns[fault.Column].Header : null, fault.Code, fault.Message);
        }

        return rows;
    }

    private bool CheckHeader(IReadOnlyList<string> header)
    {
        var before = count;
        string[] expected = [.. columns.Select(column => column.Header)];
        for (var i = 0; i < header.Count; i++)
        {
            if (header.Take(i).Contains(header[i], StringComparer.Ordinal))
            {
                Fault(1, null, "header.twice", $"Column {i + 1} is named like an earlier one.");
            }
            else if (!expected.Contains(header[i], StringComparer.Ordinal))
            {
                Fault(1, null, "header.unknown", $"Column {i + 1} is none of the layout (names are case-sensitive).");
            }
        }

        foreach (var name in expected.Except(header, StringComparer.Ordinal))
        {
            Fault(1, name, "header.column-missing", "The header lacks this column.");
        }

        if (before == count && !header.SequenceEqual(expected, StringComparer.Ordinal))
        {
            Fault(1, expected.Zip(header).First(pair => pair.First != pair.Second).First, "header.order", "From this column on, the columns are not in the order of the layout.");
        }

        return before == count;
    }

    private void CheckRow(long row, string[] cells, IReadOnlyList<string> written)
    {
        take(row, cells);
        for (var i = 0; i < cells.Length; i++)
        {
            if (CellFault(columns[i], cells[i], written[i]) is var (code, message))
            {
                Fault(row, columns[i].Header, code, message);
            }
        }

        if (record < 0 || cells[record].Length is 0 or > MaxName)
        {
            return;
        }

        var key = RosterKey.Of("record", cells[record]);
        if (educator >= 0 && cells[educator].Length is > 0 and <= MaxName && !educators.Add(RosterKey.Of(key.Id, cells[educator])))
        {
            Fault(row, columns[educator].Header, "row.twice", "An earlier row has the same record and educator.");
        }

        if (share >= 0)
        {
            var (total, first) = records.GetValueOrDefault(key, (0, row));
            records[key] = (total + (StateFieldForms.PercentOf(cells[share]) ?? 0), first);
        }
    }

    private static (string Code, string Message)? CellFault(StateColumn column, string cell, string written)
    {
        if (cell.Length == 0)
        {
            return column.IsRequired ? ("cell.required", "This cell must be filled.") : null;
        }

        if (cell.Length > MaxText)
        {
            return ("cell.too-long", $"At most {MaxText} characters.");
        }

        if (!IsDisplayable(cell))
        {
            return (Words, "The text holds a control character or one that turns the direction of reading.");
        }

        if (CellText.Guarded(written) != written)
        {
            return ("cell.formula", "The cell begins like a formula of a spreadsheet.");
        }

        if (column.Codes is { } codes)
        {
            return codes.Values.Contains(cell, StringComparer.Ordinal) ? null : ("cell.code", "This is none of the codes of the layout.");
        }

        var form = StateFieldForms.FormOf(column.Field);
        return form.Fits(cell) ? null : ($"cell.{form.ToString().ToLowerInvariant()}", form.Words());
    }

    private static bool IsDisplayable(string cell)
    {
        try
        {
            return DisplayText.Optional(cell, MaxText, Words) is not null;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    private int PlaceOf(StateField field)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Field == field)
            {
                return i;
            }
        }

        return -1;
    }

    private void Fault(long row, string? column, string code, string message)
    {
        count++;
        if (faults.Count < Kept)
        {
            faults.Add(new(row, column, code, message));
        }
    }
}
