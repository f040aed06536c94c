using System.Globalization;
using SkillBadges.Credentials.Tests.Peers;

namespace SkillBadges.Benchmarks.Engine;

/// <summary>
/// The engine beside the peers in Node, in one run: pairs of measurements A B A B on the same cores, the median of their ratios.
/// Goals are judged by the clock, as a caller waits. The ratio of processor time is printed beside it: other work on the machine
/// disturbs it less, and it leaves out what Node waits for its own threads.
/// </summary>
internal sealed class PeerBenchmark : IDisposable
{
    private const int Pairs = 7;

    // Long, because on a busy machine the just-in-time compilers of both sides get little time in the background.
    private const int WarmUp = 4000;
    private const int Measured = 700;

    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-engine").FullName;
    private readonly Dictionary<Opponent, Worker> workers = [];
    private readonly HashSet<(Opponent, string, string)> warmed = [];

    /// <param name="only">Part of the names of the rows that are wanted; null for all of them, poison graphs and allocation included.</param>
    public static int Run(string? only)
    {
        bool IsWanted(string name) => only is null || name.Contains(only, StringComparison.Ordinal);
        var rows = EngineRow.All.Where(row => IsWanted(row.Name)).ToList();
        var (poison, allocation) = (IsWanted("poison"), IsWanted("allocation"));
        if (rows.Count == 0 && !poison && !allocation)
        {
            Console.Error.WriteLine($"No row is called {only}. There are: {string.Join(' ', EngineRow.All.Select(row => row.Name))} allocation poison");
            return 2;
        }

        if (rows.Count > 0 && !PeerInstallation.IsPossible)
        {
            Console.Error.WriteLine("The peers need node and npm.");
            return 1;
        }

        Hardware.Print(Console.Out);
        Console.WriteLine(Worker.Pinning);
        using var benchmark = new PeerBenchmark();
        benchmark.Measure(rows);
        if (allocation)
        {
            benchmark.PrintAllocation();
        }

        return poison && !PoisonBenchmark.Run(Console.Out) ? 1 : 0;
    }

    public void Dispose()
    {
        foreach (var worker in workers.Values)
        {
            worker.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private void Measure(List<EngineRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        PeerInstallation.Install();
        Console.WriteLine($"{"",-38}{"ours",12}{"other",12}{"ratio",9}{"(cpu)",9}  goal");
        foreach (var row in rows)
        {
            var badge = Badge(row.Kilobytes);
            Warm(Opponent.Limit, row.Work, badge);
            Warm(row.Against, row.OtherWork, badge);
            var (a, b) = (new Measurement[Pairs], new Measurement[Pairs]);
            for (var pair = 0; pair < Pairs; pair++)
            {
                a[pair] = WorkerOf(Opponent.Limit).Measure(row.Work, badge, Measured);
                b[pair] = WorkerOf(row.Against).Measure(row.OtherWork, badge, Measured);
            }

            Print(row, a, b);
        }
    }

    private void Warm(Opponent who, string work, string badge)
    {
        if (warmed.Add((who, work, badge)))
        {
            WorkerOf(who).Measure(work, badge, WarmUp);
        }
    }

    /// <summary>Limits are measured where our own works are.</summary>
    private Worker WorkerOf(Opponent who)
    {
        if (!workers.TryGetValue(who, out var worker))
        {
            workers[who] = worker = who switch
            {
                Opponent.Peer => Worker.Peer(),
                Opponent.RepairedPeer => Worker.RepairedPeer(keepsClones: false),
                Opponent.BestPeer => Worker.RepairedPeer(keepsClones: true),
                _ => Worker.Own(),
            };
        }

        return worker;
    }

    private static void Print(EngineRow row, Measurement[] a, Measurement[] b)
    {
        var ratio = Median(a.Zip(b, (ours, other) => ours.PerSecond / other.PerSecond));
        var processor = Median(a.Zip(b, (ours, other) => ours.PerProcessorSecond / other.PerProcessorSecond));
        var verdict = row.Goal == 0 ? "" : ratio >= row.Goal ? $"{row.Goal:0.#} met" : $"{row.Goal:0.#} MISSED";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Title,-38}{Median(a.Select(ours => ours.PerSecond)),10:N0}/s{Median(b.Select(other => other.PerSecond)),10:N0}/s{ratio,9:N2}{processor,9:N2}  {verdict}"));
    }

    private void PrintAllocation()
    {
        foreach (var size in (int[])[2, 6, 20])
        {
            var badge = Badge(size);
            var length = new FileInfo(badge).Length;
            var allocated = WorkerOf(Opponent.Limit).Measure("issueRdfc", badge, WarmUp).Allocated;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"allocated per issue, {size} KB: {allocated:N0} bytes, {(double)allocated / length:N2} times the document (goal: under 10)"));
        }
    }

    private string Badge(int kilobytes)
    {
        var path = Path.Combine(folder, $"badge-{kilobytes}.json");
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, SampleBadges.OfAbout(kilobytes * 1000));
        }

        return path;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
