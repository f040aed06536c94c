using System.Globalization;
using SkillBadges.Credentials.Tests.Peers;

namespace SkillBadges.Benchmarks.Engine;

/// <summary>
/// The engine beside the peers in Node, in one run: pairs of measurements A B A B on the same cores, the median of their ratios.
/// Goals are judged by the clock, as a caller waits. The ratio of processor time is printed beside it: other work on the machine
/// disturbs it less, and it leaves out what Node waits for its own threads.
/// </summary>
internal static class PeerBenchmark
{
    private const int Pairs = 5;

    // Long, because on a busy machine the just-in-time compilers of both sides get little time in the background.
    private const int WarmUp = 5000;
    private const int Measured = 700;

    public static int Run()
    {
        if (!PeerInstallation.IsPossible)
        {
            Console.Error.WriteLine("The peers need node and npm.");
            return 1;
        }

        PeerInstallation.Install();
        var folder = Directory.CreateTempSubdirectory("skillbadges-engine");
        try
        {
            Hardware.Print(Console.Out);
            Console.WriteLine(Worker.Pinning);
            using var ours = Worker.Own();
            using var peer = Worker.Peer();
            using var repaired = Worker.RepairedPeer(keepsClones: false);
            using var best = Worker.RepairedPeer(keepsClones: true);
            var badges = new Dictionary<int, string>();
            foreach (var size in (int[])[2, 6, 20])
            {
                badges[size] = Path.Combine(folder.FullName, $"badge-{size}.json");
                File.WriteAllBytes(badges[size], SampleBadges.OfAbout(size * 1000));
            }

            Console.WriteLine($"{"",-38}{"ours",12}{"peer",12}{"ratio",9}{"(cpu)",9}  goal");
            Compare("issue eddsa-rdfc-2022, 6 KB", "issueRdfc", badges[6], ours, peer, 100);
            Compare("  peer with jsonld.js 414 repaired", "issueRdfc", badges[6], ours, repaired, 35);
            Compare("  and its clones kept (no goal)", "issueRdfc", badges[6], ours, best, 0);
            CompareToLimit("  physical limit", "issueRdfc", "limitIssue", badges[6], ours, 0.5);
            Compare("issue eddsa-rdfc-2022, 2 KB", "issueRdfc", badges[2], ours, peer, 80);
            Compare("issue eddsa-rdfc-2022, 20 KB", "issueRdfc", badges[20], ours, peer, 100);
            Compare("verify eddsa-rdfc-2022, 6 KB", "verifyRdfc", badges[6], ours, peer, 70);
            Compare("  peer with jsonld.js 414 repaired", "verifyRdfc", badges[6], ours, repaired, 20);
            Compare("  and its clones kept (no goal)", "verifyRdfc", badges[6], ours, best, 0);
            CompareToLimit("  physical limit", "verifyRdfc", "limitVerify", badges[6], ours, 0);
            Compare("JSON to canonical N-Quads, 6 KB", "canonize", badges[6], ours, peer, 200);
            Compare("issue eddsa-jcs-2022, 6 KB", "issueJcs", badges[6], ours, peer, 10);
            CompareToLimit("  physical limit", "issueJcs", "limitIssueJcs", badges[6], ours, 0);
            Compare("verify eddsa-jcs-2022, 6 KB", "verifyJcs", badges[6], ours, peer, 3.5);
            CompareToLimit("  physical limit", "verifyJcs", "limitVerifyJcs", badges[6], ours, 0);
            Compare("issue VC-JWT ES256, 6 KB", "issueJwt", badges[6], ours, peer, 8);
            Compare("verify VC-JWT ES256, 6 KB", "verifyJwt", badges[6], ours, peer, 2.5);
            Compare("status list of 10M bits, one flip", "flipStatus", badges[6], ours, peer, 30);
            PrintAllocation(badges, ours);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static void Compare(string title, string work, string badge, Worker ours, Worker other, double goal)
    {
        ours.Measure(work, badge, WarmUp);
        other.Measure(work, badge, WarmUp);
        Report(title, goal, () => ours.Measure(work, badge, Measured), () => other.Measure(work, badge, Measured));
    }

    private static void CompareToLimit(string title, string work, string limit, string badge, Worker ours, double goal)
    {
        ours.Measure(limit, badge, WarmUp);
        Report(title, goal, () => ours.Measure(work, badge, Measured), () => ours.Measure(limit, badge, Measured));
    }

    private static void Report(string title, double goal, Func<Measurement> first, Func<Measurement> second)
    {
        var (a, b) = (new Measurement[Pairs], new Measurement[Pairs]);
        for (var pair = 0; pair < Pairs; pair++)
        {
            (a[pair], b[pair]) = (first(), second());
        }

        var ratio = Median(a.Zip(b, (ours, other) => ours.PerSecond / other.PerSecond));
        var processor = Median(a.Zip(b, (ours, other) => ours.PerProcessorSecond / other.PerProcessorSecond));
        var verdict = goal == 0 ? "" : ratio >= goal ? $"{goal:0.#} met" : $"{goal:0.#} MISSED";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title,-38}{Median(a.Select(ours => ours.PerSecond)),10:N0}/s{Median(b.Select(other => other.PerSecond)),10:N0}/s{ratio,9:N2}{processor,9:N2}  {verdict}"));
    }

    private static void PrintAllocation(Dictionary<int, string> badges, Worker ours)
    {
        foreach (var (size, badge) in badges)
        {
            var length = new FileInfo(badge).Length;
            var allocated = ours.Measure("issueRdfc", badge, WarmUp).Allocated;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"allocated per issue, {size} KB: {allocated:N0} bytes, {(double)allocated / length:N2} times the document (goal: under 10)"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
