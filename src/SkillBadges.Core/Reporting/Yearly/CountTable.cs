using System.Collections.Immutable;

namespace SkillBadges.Core.Reporting.Yearly;

/// <summary>A row of counts: a program, or the sum of the rows that name it as theirs above.</summary>
/// <param name="Above">The place of the row that it adds to, before its own; -1 for the first.</param>
/// <param name="Counts">For each column; the last is the sum of the others.</param>
public sealed record CountRow(string Id, string Name, int Above, ImmutableArray<int> Counts);

/// <summary>Counts in rows that add up, in columns that add up: made from those of the lowest rows alone.</summary>
/// <param name="Columns">The last is the sum of the others.</param>
public sealed record CountTable(string Name, ImmutableArray<string> Columns, ImmutableArray<CountRow> Rows)
{
    /// <param name="name">What is counted.</param>
    /// <param name="columns">Without the sum.</param>
    /// <param name="rows">In an order in which each comes after the one that it adds to; counts of the lowest rows, without the sum. Those of others are not read.</param>
    public static CountTable Of(string name, ImmutableArray<string> columns, IReadOnlyList<(string Id, string Name, int Above, IReadOnlyList<int> Counts)> rows)
    {
        var isLowest = Enumerable.Range(0, rows.Count).Select(place => rows.All(row => row.Above != place)).ToArray();
        var counts = rows.Select(_ => new int[columns.Length + 1]).ToArray();
        for (var place = rows.Count - 1; place >= 0; place--)
        {
            for (var column = 0; column < columns.Length && isLowest[place]; column++)
            {
                counts[place][column] = rows[place].Counts[column];
            }

            counts[place][^1] = counts[place][..^1].Sum();
            for (var column = 0; column < columns.Length && rows[place].Above >= 0; column++)
            {
                counts[rows[place].Above][column] += counts[place][column];
            }
        }

        return new(name, [.. columns, "total"], [.. rows.Select((row, place) => new CountRow(row.Id, row.Name, row.Above, [.. counts[place]]))]);
    }
}
