using System.Collections.Immutable;

namespace SkillBadges.Core.Reporting.Yearly;

/// <summary>A row for the public: null where a count is kept back.</summary>
public sealed record PublicRow(string Id, string Name, int Above, ImmutableArray<int?> Counts);

/// <summary>What of a table the public sees.</summary>
public sealed record PublicTable(string Name, ImmutableArray<string> Columns, ImmutableArray<PublicRow> Rows);

/// <summary>
/// Keeps back every count under a threshold, and as many others as it takes that none of these can be computed from the sums; pure. The promise: for each count kept back there is at least one other value
/// that fits everything published, where counts are whole and not negative.
/// </summary>
/// <remarks>
/// Rows that add up in one tree and columns that add up once are a network: each count is an arc between two sums, and two tables with the same published counts differ by cycles of arcs that are kept back.
/// So a count can be another one exactly if such a cycle leads over it, where an arc may be gone against its direction while its count is above zero. Where none does, the cheapest cycle over published
/// counts is kept back too: every count has one, straight up to the whole and back.
/// </remarks>
public static class Suppression
{
    public const int Threshold = 10;

    public static PublicTable Of(CountTable table, int threshold = Threshold)
    {
        var network = new Network(table);
        var kept = network.Arcs.Select(arc => arc.Count < threshold).ToArray();

        // A cycle that is kept back stays so: each is looked at once.
        for (var place = 0; place < kept.Length; place++)
        {
            if (kept[place])
            {
                foreach (var other in network.CheapestCycle(place, kept))
                {
                    kept[other] = true;
                }
            }
        }

        // What was added on the way may come before the place that is looked at.
        return kept.Select((isKept, place) => (isKept, place)).All(one => !one.isKept || network.CheapestCycle(one.place, kept).All(other => kept[other]))
            ? Shown(table, kept)
            : throw new InvalidOperationException("A count that is kept back can be computed.");
    }

    private static PublicTable Shown(CountTable table, bool[] kept) => new(
        table.Name, table.Columns, [.. table.Rows.Select((row, place) => new PublicRow(row.Id, row.Name, row.Above, [.. row.Counts.Select((count, column) => kept[(place * row.Counts.Length) + column] ? (int?)null : count)]))]);

    private readonly record struct Arc(int From, int To, int Count);

    private sealed class Network
    {
        private readonly List<(int Arc, int To, bool IsForward)>[] ways;

        public Network(CountTable table)
        {
            var (rows, columns) = (table.Rows.Length, table.Columns.Length);
            var isLowest = Enumerable.Range(0, rows).Select(place => table.Rows.All(row => row.Above != place)).ToArray();

            // Node 0 is outside; a row above others has a node for each column, a lowest one a single node for its sum.
            int Sum(int row, int column) => row < 0 ? 0 : 1 + (row * columns) + (isLowest[row] ? 0 : column);
            Arcs =
            [
                .. from row in Enumerable.Range(0, rows)
                   from column in Enumerable.Range(0, columns)
                   let own = Sum(row, column)
                   let above = Sum(table.Rows[row].Above, column)
                   select column == columns - 1 ? new Arc(own, above, table.Rows[row].Counts[column]) : new Arc(above, own, table.Rows[row].Counts[column]),
            ];
            ways = [.. Enumerable.Range(0, 1 + (rows * columns)).Select(_ => new List<(int, int, bool)>())];
            for (var place = 0; place < Arcs.Length; place++)
            {
                ways[Arcs[place].From].Add((place, Arcs[place].To, true));
                ways[Arcs[place].To].Add((place, Arcs[place].From, false));
            }
        }

        public ImmutableArray<Arc> Arcs { get; }

        /// <summary>The arcs of the cycle over one that publishes least less: those that are kept back already cost nothing.</summary>
        public IReadOnlyList<int> CheapestCycle(int place, bool[] kept)
        {
            var arc = Arcs[place];
            var up = Path(arc.To, arc.From, place, kept);
            var down = arc.Count > 0 ? Path(arc.From, arc.To, place, kept) : (long.MaxValue, []);
            return [.. up.Cost <= down.Item1 ? up.Arcs : down.Item2, place];
        }

        private (long Cost, IReadOnlyList<int> Arcs) Path(int from, int to, int without, bool[] kept)
        {
            var best = new Dictionary<int, (long Cost, int By, int Before)> { [from] = (0, -1, -1) };
            var open = new PriorityQueue<int, long>([(from, 0L)]);
            while (open.TryDequeue(out var node, out var cost))
            {
                if (node == to)
                {
                    break;
                }

                if (cost > best[node].Cost)
                {
                    continue;
                }

                foreach (var (arc, next, isForward) in ways[node].Where(way => way.Arc != without && (way.IsForward || Arcs[way.Arc].Count > 0)))
                {
                    var reached = cost + (kept[arc] ? 0 : 1L + Arcs[arc].Count);
                    if (!best.TryGetValue(next, out var known) || reached < known.Cost)
                    {
                        best[next] = (reached, arc, node);
                        open.Enqueue(next, reached);
                    }
                }
            }

            if (!best.TryGetValue(to, out var found))
            {
                return (long.MaxValue, []);
            }

            var arcs = new List<int>();
            for (var node = to; node != from; node = best[node].Before)
            {
                arcs.Add(best[node].By);
            }

            return (found.Cost, arcs);
        }
    }
}
