using System.Text;

namespace SkillBadges.Benchmarks.Engine;

/// <summary>
/// Graphs whose blank nodes look alike from every side, as N-Quads: the ways in which canonicalization can be made to take factorial time.
/// </summary>
internal static class PoisonGraphs
{
    public static IEnumerable<(string Name, string NQuads)> All =>
    [
        ("clique of 10", Clique(10)),
        ("clique of 60", Clique(60)),
        ("clique of 20, names of 20 KB", Clique(20).Replace("http://e/p", "http://e/" + new string('p', 20_000), StringComparison.Ordinal)),
        ("two cliques of 12", Clique(12) + Clique(12).Replace("_:n", "_:m", StringComparison.Ordinal)),
        ("clique of 12 in a graph each", Edges(12, (a, b) => a != b, (a, b) => $"_:n{a} <http://e/p> _:n{b} _:g{a}x{b} .\n")),
        ("clique of 14 that names its graphs", Edges(14, (a, b) => a != b, (a, b) => $"_:n{a} <http://e/p> _:n{b} _:n{a} .\n")),
        ("Petersen graph, eight times", string.Concat(Enumerable.Range(0, 8).Select(Petersen))),
        ("generalized Petersen graph of 60", Generalized(60, 7)),
        ("cube of 5 dimensions", Edges(32, (a, b) => int.PopCount(a ^ b) == 1)),
        ("cube of 9 dimensions", Edges(512, (a, b) => int.PopCount(a ^ b) == 1)),
        ("complete bipartite 11 and 11", Edges(22, (a, b) => a % 2 != b % 2)),
        ("rook's graph 5 by 5", Edges(25, (a, b) => a != b && (a / 5 == b / 5 || a % 5 == b % 5))),
        ("Paley graph of 29", Paley(29)),
        ("torus 24 by 24", Torus(24)),
        ("ring of 5,000", Edges(5000, steps: 1)),
        ("both ways round a ring of 3,000", Edges(3000, steps: 1) + Edges(3000, steps: 2999)),
        ("a chain of 600 in graphs of its own", string.Concat(Enumerable.Range(0, 600).Select(n => $"_:n{n} <http://e/p> _:n{(n + 1) % 600} _:n{(n + 2) % 600} .\n"))),
        ("a hub with 12 leaves, twice", string.Concat(Enumerable.Range(0, 24).Select(n => $"_:h{n % 2} <http://e/p> _:l{n} .\n"))),
        ("2,000 hubs that share 3 leaves", string.Concat(Enumerable.Range(0, 6000).Select(n => $"_:h{n / 3} <http://e/p> _:l{n % 3} .\n"))),
    ];

    private static string Clique(int size) => Edges(size, (a, b) => a != b);

    private static string Edges(int size, Func<int, int, bool> areJoined) => Edges(size, areJoined, Edge);

    private static string Edges(int size, Func<int, int, bool> areJoined, Func<int, int, string> write)
    {
        var text = new StringBuilder();
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b < size; b++)
            {
                text.Append(areJoined(a, b) ? write(a, b) : "");
            }
        }

        return text.ToString();
    }

    private static string Edges(int size, int steps) => string.Concat(Enumerable.Range(0, size).Select(a => Edge(a, (a + steps) % size)));

    private static string Edge(int a, int b) => $"_:n{a} <http://e/p> _:n{b} .\n";

    private static string Petersen(int copy) => Generalized(5, 2).Replace("_:n", $"_:c{copy}n", StringComparison.Ordinal);

    /// <summary>An outer ring, an inner star with this many steps, and spokes, all in both directions.</summary>
    private static string Generalized(int size, int steps) => string.Concat(Enumerable.Range(0, size).SelectMany(a =>
        (string[])[Both(a, (a + 1) % size), Both(a, size + a), Both(size + a, size + ((a + steps) % size))]));

    private static string Both(int a, int b) => Edge(a, b) + Edge(b, a);

    private static string Torus(int size) => string.Concat(Enumerable.Range(0, size * size).Select(a =>
        Both(a, (a / size * size) + ((a + 1) % size)) + Both(a, (a + size) % (size * size))));

    private static string Paley(int prime)
    {
        var squares = Enumerable.Range(1, prime - 1).Select(n => n * n % prime).ToHashSet();
        return Edges(prime, (a, b) => squares.Contains((a - b + prime) % prime));
    }
}
