using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

/// <param name="Column">Its name in the header; absent where the whole row is meant.</param>
internal sealed record PastListFault(long Row, string? Column, string Code, string Sentence);

/// <summary>Reads a list of awards from before: CSV in UTF-8 with a header; each row that can be read, and what is wrong with the others.</summary>
internal static class PastListFile
{
    private const int MaxIdLength = 200;

    private static readonly string[] needed = ["student", "from", "name", "earnedOn"];
    private static readonly string[] ids = ["student", "badge"];
    private static readonly string[] known = [.. needed, "level", "badge"];

    /// <exception cref="RefusedException"><c>recognition.past-list</c>: no list of this form, or more rows than one list has.</exception>
    public static (IReadOnlyList<PastListRow> Rows, IReadOnlyList<PastListFault> Faults) Read(byte[] file)
    {
        var (rows, faults) = (new List<PastListRow>(), new List<PastListFault>());
        var csv = new CsvFile(new MemoryStream(file, writable: false));
        try
        {
            if (!csv.Read())
            {
                throw NoList("It is empty.");
            }

            var header = csv.Cells.ToList();
            if (needed.FirstOrDefault(name => !header.Contains(name, StringComparer.Ordinal)) is { } missing)
            {
                throw NoList($"Its header lacks {missing}.");
            }

            if (header.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is not null || header.Distinct(StringComparer.Ordinal).Count() != header.Count)
            {
                throw NoList($"Its header has a column twice, or one that is none of {string.Join(", ", known)}.");
            }

            while (csv.Read())
            {
                if (csv.Row > PastList.MaxRows + 1)
                {
                    throw NoList($"One list has at most {PastList.MaxRows} rows.");
                }

                Take(csv, header, rows, faults);
            }
        }
        catch (CsvException broken)
        {
            // Where the text ceases to be CSV, nothing after it can be told.
            faults.Add(new(broken.Row, null, broken.Code, broken.Message));
        }

        return (rows, faults);
    }

    private static void Take(CsvFile csv, List<string> header, List<PastListRow> rows, List<PastListFault> faults)
    {
        if (csv.Cells.Count != header.Count)
        {
            faults.Add(new(csv.Row, null, "row.cells", string.Create(CultureInfo.InvariantCulture, $"The row has {csv.Cells.Count} cells, and the header {header.Count}.")));
            return;
        }

        string? Cell(string name) => header.IndexOf(name) is >= 0 and var at && csv.Cells[at] is { Length: > 0 } text ? text : null;
        var before = faults.Count;
        faults.AddRange(needed.Where(name => Cell(name) is null).Select(name => new PastListFault(csv.Row, name, "row.empty", "This cell may not be empty.")));
        var earnedOn = DateOnly.MinValue;
        if (Cell("earnedOn") is { } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out earnedOn))
        {
            faults.Add(new(csv.Row, "earnedOn", "row.day", "A day is written like 2024-05-20."));
        }

        faults.AddRange(ids.Where(name => Cell(name)?.Length > MaxIdLength).Select(name => new PastListFault(csv.Row, name, "row.id", "No id is that long.")));
        if (faults.Count == before)
        {
            rows.Add(new(csv.Row, PersonId.From(Cell("student")!), new(Cell("from")!, Cell("name")!, Cell("level"), earnedOn), Cell("badge")));
        }
    }

    private static RefusedException NoList(string why) => Refused.Invalid("recognition.past-list", $"This is no list of awards from before. {why}");
}
