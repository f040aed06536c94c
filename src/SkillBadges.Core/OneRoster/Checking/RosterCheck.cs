using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.OneRoster.Checking;

/// <summary>How many rows a file of a pack has.</summary>
public sealed record FileCount(string File, PackMode Mode, long Rows);

/// <summary>
/// Reads a whole pack and says what is wrong with it: every cell, every reference, every date. Nothing is written. Memory grows by the ids of the records, not by their contents.
/// </summary>
/// <param name="source">Where the records come from.</param>
/// <param name="known">Which of up to 500 keys are records of a file that came earlier.</param>
public sealed class RosterCheck(string source, Func<string, IReadOnlyCollection<RosterKey>, CancellationToken, Task<IReadOnlySet<RosterKey>>> known)
{
    /// <summary>Files whose records are kept, so that a later pack may refer to them.</summary>
    private static readonly string[] KeptFiles = ["orgs", "academicSessions", "courses", "classes", "users"];

    private readonly PackIds ids = new();
    private readonly Dictionary<UInt128, (int Students, int Teachers)> sizes = [];
    private readonly List<(RosterKey Key, long Row, string Column)> later = [];
    private readonly Dictionary<string, List<(RosterKey Key, long Row, string Column)>> earlier = [];

    public async Task<ImmutableArray<FileCount>> RunAsync(RosterPack pack, RosterFaults faults, CancellationToken cancellationToken)
    {
        var counts = ImmutableArray.CreateBuilder<FileCount>();
        foreach (var file in RosterFiles.Checked.Where(file => pack.ModeOf(file) != PackMode.Absent))
        {
            var rows = await CheckAsync(pack, file, faults, cancellationToken);
            counts.Add(new(file.Name, pack.ModeOf(file), rows));
        }

        return counts.ToImmutable();
    }

    private async Task<long> CheckAsync(RosterPack pack, RosterFile file, RosterFaults faults, CancellationToken cancellationToken)
    {
        using var table = RosterTable.Open(pack, file, faults);
        if (table is null)
        {
            return 0;
        }

        long rows = 0;
        var parents = new List<(RosterKey Key, long Row)>();
        while (table.Read())
        {
            rows++;
            CheckRow(pack, table, parents);
            foreach (var (name, asked) in earlier)
            {
                if (asked.Count >= 500)
                {
                    await AskAsync(table, name, cancellationToken);
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        foreach (var (key, row, column) in later.Where(one => !ids.Holds(file.Name, one.Key)))
        {
            Unresolved(pack, table, file.Name, key, row, column);
        }

        later.Clear();
        foreach (var name in earlier.Keys)
        {
            await AskAsync(table, name, cancellationToken);
        }

        foreach (var (_, row) in parents.Where(one => ids.IsOwnAncestor(file, one.Key)))
        {
            table.Fault(row, "parentSourcedId", "row.own-ancestor", "Following the parents leads back to this row.");
        }

        return rows;
    }

    private void CheckRow(RosterPack pack, RosterTable table, List<(RosterKey Key, long Row)> parents)
    {
        var file = table.File;
        var sound = true;
        for (var i = 0; i < file.Columns.Length; i++)
        {
            sound &= CellCheck.Check(table, i);
        }

        CheckStatus(pack, table);
        if (!CellText.IsId(table[0]))
        {
            return;
        }

        var key = RosterKey.Of(source, table[0]);
        if (!ids.Add(file, key))
        {
            table.Fault(table.Row, "sourcedId", "row.twice", "An earlier row has this sourcedId.");
        }

        for (var i = 3; i < file.Columns.Length && sound; i++)
        {
            if (file.Columns[i] is { HoldsIds: true, Refers: { } target } column)
            {
                CheckReferences(pack, table, column, target, table[i]);
            }
        }

        if (sound)
        {
            CheckWhole(table, key, parents);
        }
    }

    private static void CheckStatus(RosterPack pack, RosterTable table)
    {
        var (status, modified) = (table[1], table[2]);
        if (pack.ModeOf(table.File) == PackMode.Bulk)
        {
            if (status.Length > 0 || modified.Length > 0)
            {
                table.Fault(table.Row, status.Length > 0 ? "status" : "dateLastModified", "row.status", "In a bulk file status and dateLastModified are empty.");
            }
        }
        else if (status.Length == 0 || modified.Length == 0)
        {
            table.Fault(table.Row, status.Length == 0 ? "status" : "dateLastModified", "row.status", "In a delta file each row has its status and dateLastModified.");
        }
    }

    private void CheckReferences(RosterPack pack, RosterTable table, RosterColumn column, string target, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        foreach (var id in column.Form == ColumnForm.Ids ? CellText.List(text) : [text])
        {
            var key = RosterKey.Of(source, id);
            if (target == table.File.Name)
            {
                if (!ids.Holds(target, key))
                {
                    later.Add((key, table.Row, column.Name));
                }
            }
            else if (!ids.Holds(target, key))
            {
                Unresolved(pack, table, target, key, table.Row, column.Name);
            }
            else if (column.Name == "schoolSourcedId" && ids.TypeOf(key) is { } type && type != "school")
            {
                table.Fault(table.Row, column.Name, "row.not-a-school", "This organization is not of the type school.");
            }
        }
    }

    // A bulk file holds everything there is; a delta or an absent one leaves earlier records as they are.
    private void Unresolved(RosterPack pack, RosterTable table, string target, RosterKey key, long row, string column)
    {
        var isWhole = pack.Modes.GetValueOrDefault(target) == PackMode.Bulk;
        if (isWhole)
        {
            Dangling(table, target, row, column);
        }
        else if (KeptFiles.Contains(target))
        {
            if (!earlier.TryGetValue(target, out var asked))
            {
                earlier[target] = asked = [];
            }

            asked.Add((key, row, column));
        }
    }

    private async Task AskAsync(RosterTable table, string target, CancellationToken cancellationToken)
    {
        var asked = earlier[target];
        foreach (var some in asked.Chunk(500))
        {
            var found = await known(target, [.. some.Select(one => one.Key).Distinct()], cancellationToken);
            foreach (var (_, row, column) in some.Where(one => !found.Contains(one.Key)))
            {
                Dangling(table, target, row, column);
            }
        }

        asked.Clear();
    }

    private static void Dangling(RosterTable table, string target, long row, string column) =>
        table.Fault(row, column, "row.reference", $"No record of {target}.csv has this sourcedId.");

    private void CheckWhole(RosterTable table, RosterKey key, List<(RosterKey Key, long Row)> parents)
    {
        var file = table.File;
        var (from, to) = file.Name switch
        {
            "academicSessions" => ("startDate", "endDate"),
            "roles" or "enrollments" => ("beginDate", "endDate"),
            "lineItems" => ("assignDate", "dueDate"),
            _ => ("", ""),
        };
        if (from.Length > 0 && CellText.Date(table[from]) is { } begins && CellText.Date(table[to]) is { } ends && ends < begins)
        {
            table.Fault(table.Row, to, "row.dates", $"The day of {to} is before that of {from}.");
        }

        if (file == RosterFiles.Orgs)
        {
            ids.SetType(key, table["type"]);
        }

        if (file == RosterFiles.Orgs || file == RosterFiles.AcademicSessions)
        {
            if (table["parentSourcedId"] is { Length: > 0 } parent)
            {
                ids.SetParent(file, key, RosterKey.Of(source, parent));
                parents.Add((key, table.Row));
            }
        }
        else if (file == RosterFiles.Enrollments && table[1] != RosterFiles.ToBeDeleted)
        {
            CheckSize(table);
        }
    }

    private void CheckSize(RosterTable table)
    {
        var of = RosterKey.Of(source, table["classSourcedId"]).Value;
        var (students, teachers) = sizes.GetValueOrDefault(of);
        sizes[of] = (students, teachers) = table["role"] switch { "student" => (students + 1, teachers), "teacher" => (students, teachers + 1), _ => (students, teachers) };
        if (students == ClassSection.MaxStudents + 1)
        {
            table.Fault(table.Row, "classSourcedId", "class.full", $"A class holds at most {ClassSection.MaxStudents} students.");
        }
        else if (teachers == ClassSection.MaxTeachers + 1)
        {
            table.Fault(table.Row, "classSourcedId", "class.too-many-teachers", $"A class has at most {ClassSection.MaxTeachers} teachers.");
        }
    }
}
