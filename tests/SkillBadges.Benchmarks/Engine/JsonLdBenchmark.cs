using System.Diagnostics;
using System.Security.Cryptography;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Benchmarks.Engine;

/// <summary>From JSON to quads and on to canonical N-Quads, on one core, for badges of three sizes.</summary>
internal static class JsonLdBenchmark
{
    private const int Rounds = 7;

    public static void Run()
    {
        Console.WriteLine($"{"bytes",8} {"quads",6} {"to quads",18} {"to canonical N-Quads",24} {"allocated",12}");
        foreach (var size in (int[])[2_000, 6_000, 20_000])
        {
            var json = SampleBadges.OfAbout(size);
            var set = new QuadSet();
            var canonicalization = new Canonicalization();
            void ToQuads() => JsonLdProcessor.ToQuads(json, JsonLdOptions.Default, set);
            void ToCanonical()
            {
                JsonLdProcessor.ToQuads(json, JsonLdOptions.Default, set);
                canonicalization.Run(set, HashAlgorithmName.SHA256);
            }

            var quads = Median(ToQuads);
            var canonical = Median(ToCanonical);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                ToCanonical();
            }

            var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
            Console.WriteLine($"{json.Length,8} {set.Count,6} {Rate(quads),18} {Rate(canonical),24} {allocated,10} B");
        }
    }

    private static string Rate(double perSecond) => $"{perSecond:N0}/s {1e6 / perSecond:N1} µs";

    /// <summary>Runs per second of processor time, so that a busy machine matters less: the median of several rounds, after warming.</summary>
    private static double Median(Action work)
    {
        var rates = new double[Rounds];
        for (var round = -15; round < Rounds; round++)
        {
            var (count, watch, start) = (0, Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            while (watch.ElapsedMilliseconds < 200)
            {
                for (var i = 0; i < 50; i++)
                {
                    work();
                }

                count += 50;
            }

            if (round >= 0)
            {
                rates[round] = count / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            }
        }

        Array.Sort(rates);
        return rates[Rounds / 2];
    }
}
