using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Benchmarks.Engine;

/// <summary>How long it takes until a graph that was made to be hard is given up on, or, where it only looks hard, labeled.</summary>
internal static class PoisonBenchmark
{
    private const int Runs = 7;
    private const double MostMilliseconds = 100;

    /// <summary>False when a graph took longer than it may. The first run of each counts as well: an attacker's is the first.</summary>
    public static bool Run(TextWriter output)
    {
        var (fine, refused) = (true, 0);
        output.WriteLine($"{"poison graph, until it is over",-42}{"quads",8}{"first",10}{"median",10}");
        foreach (var (name, nquads) in PoisonGraphs.All)
        {
            var set = new QuadSet();
            NQuads.Read(Encoding.UTF8.GetBytes(nquads), set);
            var times = new double[Runs];
            var code = "labeled";
            for (var run = 0; run < Runs; run++)
            {
                var watch = Stopwatch.StartNew();
                try
                {
                    new Canonicalization().Run(set, HashAlgorithmName.SHA256);
                }
                catch (RdfException fault)
                {
                    code = fault.Code;
                }

                times[run] = watch.Elapsed.TotalMilliseconds;
            }

            var first = times[0];
            Array.Sort(times);
            var isInTime = Math.Max(first, times[Runs / 2]) <= MostMilliseconds;
            fine &= isInTime;
            refused += code == "labeled" ? 0 : 1;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-42}{set.Count,8}{first,7:N1} ms{times[Runs / 2],7:N1} ms  {code}{(isInTime ? "" : " TOO LATE")}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{refused} graphs refused; the goal is {MostMilliseconds:N0} ms each, {(fine ? "met" : "MISSED")}"));
        return fine;
    }
}
