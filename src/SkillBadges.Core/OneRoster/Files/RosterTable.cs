namespace SkillBadges.Core.OneRoster.Files;

/// <summary>A file of a pack, read row by row through the header table. What was checked can be read again without faults.</summary>
public sealed class RosterTable : IDisposable
{
    public const string Extra = "metadata.";

    private readonly Stream stream;
    private readonly CsvFile csv;
    private readonly RosterFaults? faults;
    private readonly int[] places;
    private int width;

    private RosterTable(RosterFile file, Stream stream, RosterFaults? faults)
    {
        (File, this.stream, this.faults) = (file, stream, faults);
        csv = new(stream);
        places = new int[file.Columns.Length];
    }

    public RosterFile File { get; }

    /// <summary>The header is row 1.</summary>
    public long Row => csv.Row;

    /// <summary>A cell of the row, without the apostrophe that keeps spreadsheets from calculating; empty where the file has no such column.</summary>
    public string this[int column] => places[column] < 0 ? "" : CellText.Unguarded(csv.Cells[places[column]]);

    public string this[string column] => this[File.IndexOf(column)];

    /// <summary>The file with its header understood; null when the header has faults.</summary>
    public static RosterTable? Open(RosterPack pack, RosterFile file, RosterFaults? faults)
    {
        var table = new RosterTable(file, pack.Read(file.Name), faults);
        if (table.ReadHeader())
        {
            return table;
        }

        table.Dispose();
        return null;
    }

    /// <summary>The next row that has as many cells as the header; false at the end, and where the text ceases to be CSV.</summary>
    public bool Read()
    {
        try
        {
            while (csv.Read())
            {
                if (csv.Cells.Count == width)
                {
                    return true;
                }

                Fault(csv.Row, null, "csv.cells", $"This row has {csv.Cells.Count} cells; the header has {width}.");
            }
        }
        catch (CsvException fault)
        {
            Fault(fault.Row, NameOf(fault.Column), fault.Code, fault.Message);
        }
        catch (InvalidDataException)
        {
            Fault(csv.Row + 1, null, "pack.damaged", "The archive is damaged here.");
        }

        return false;
    }

    /// <exception cref="RefusedException"><c>oneroster.pack-changed</c> when a file that was checked is read again and has faults.</exception>
    public void Fault(long row, string? column, string code, string message)
    {
        if (faults is null)
        {
            throw Refused.Conflict("oneroster.pack-changed", "The file is not what was checked; please send it again.");
        }

        faults.Add(File.FileName, row, column, code, message);
    }

    public void Dispose() => stream.Dispose();

    private bool ReadHeader()
    {
        try
        {
            if (!csv.Read())
            {
                Fault(1, null, "header.missing", "The file has no header.");
                return false;
            }
        }
        catch (CsvException fault)
        {
            Fault(fault.Row, null, fault.Code, fault.Message);
            return false;
        }
        catch (InvalidDataException)
        {
            Fault(1, null, "pack.damaged", "The archive is damaged here.");
            return false;
        }

        width = csv.Cells.Count;
        return UnderstandHeader([.. csv.Cells]);
    }

    private bool UnderstandHeader(string[] header)
    {
        var sound = true;
        var expected = File.Columns.Where(column => !column.MayBeMissing || header.Contains(column.Name)).Select(column => column.Name).ToArray();
        foreach (var (name, place) in header.Select((name, place) => (name, place)))
        {
            if (Array.IndexOf(header, name) != place)
            {
                sound = Unsound(IsOwn(name) ? name : null, "header.twice", $"Column {place + 1} is named like an earlier one.");
            }
            else if (!IsOwn(name) && !IsExtra(name))
            {
                sound = Unsound(null, "header.unknown", $"Column {place + 1} is none of OneRoster 1.2 (names are case-sensitive; extensions begin with metadata.).");
            }
        }

        foreach (var name in expected.Except(header))
        {
            sound = Unsound(name, "header.column-missing", "The header lacks this column.");
        }

        if (sound && !header.Take(expected.Length).SequenceEqual(expected))
        {
            sound = Unsound(expected.Zip(header).First(pair => pair.First != pair.Second).First, "header.order", "From this column on, the columns are not in the order of the standard.");
        }

        for (var i = 0; i < places.Length; i++)
        {
            places[i] = Array.IndexOf(header, File.Columns[i].Name);
        }

        return sound;
    }

    private bool Unsound(string? column, string code, string message)
    {
        Fault(1, column, code, message);
        return false;
    }

    private bool IsOwn(string name) => File.Columns.Any(column => column.Name == name);

    private static bool IsExtra(string name) => name.Length is > 9 and <= 200 && name.StartsWith(Extra, StringComparison.Ordinal);

    private string? NameOf(int place) => Array.IndexOf(places, place) is >= 0 and var column ? File.Columns[column].Name : null;
}
