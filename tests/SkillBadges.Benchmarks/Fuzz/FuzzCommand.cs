using System.Diagnostics;
using System.Globalization;

namespace SkillBadges.Benchmarks.Fuzz;

/// <summary>
/// <c>fuzz PARSER|all COUNT [SEED]</c>: every input is accepted or refused by name, within 2 s and 256 MB more than before, and nothing false is accepted. Prints one line a
/// parser and the inputs that broke a promise; the exit code says whether there were any.
/// </summary>
internal static class FuzzCommand
{
    private const int MostPrinted = 5;
    private const int MostShown = 1024;
    private const long MostBytes = 256L * 1024 * 1024;

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(2);

    public static int Run(string[] args)
    {
        var targets = FuzzTargets.All();
        if (args.Length < 2 || !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || (args[0] != "all" && targets.All(target => target.Name != args[0])))
        {
            Console.Error.WriteLine($"fuzz all|{string.Join('|', targets.Select(target => target.Name))} COUNT [SEED]");
            return 2;
        }

        var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
        Console.WriteLine($"{"parser",-10} {"inputs",9} {"accepted",9} {"refused",9} {"codes",6} {"slowest",10} {"most memory",12} {"broken",7} {"per second",11}");
        return targets.Where(target => args[0] == "all" || target.Name == args[0]).Select(target => Try(target, count, seed)).ToList().TrueForAll(held => held) ? 0 : 1;
    }

    private static bool Try(FuzzTarget target, int count, int seed)
    {
        var run = new FuzzRun(target);
        foreach (var (what, make) in target.Hostile)
        {
            var input = make();
            run.StartMemory();
            run.Feed(what, input);
            run.MeasureMemory(what, input);
        }

        run.StartMemory();
        var random = new Random(seed);
        var mutator = new Mutator(random, target.Tokens);
        for (var i = 0; i < count; i++)
        {
            var input = mutator.Mutate(target.Seeds[random.Next(target.Seeds.Count)], target.Seeds[random.Next(target.Seeds.Count)]);
            if (target.Repair is not null && random.Next(2) == 0)
            {
                input = target.Repair(random, input);
            }

            run.Feed($"mutation {i} of seed {seed}", input);
        }

        run.MeasureMemory("all mutations", []);
        run.Print();
        return run.Broken == 0;
    }

    /// <summary>Counts and limits of one parser's run.</summary>
    private sealed class FuzzRun(FuzzTarget target)
    {
        private readonly SortedDictionary<string, int> refused = new(StringComparer.Ordinal);
        private readonly Stopwatch all = Stopwatch.StartNew();
        private int inputs;
        private int accepted;
        private TimeSpan slowest;
        private string slowestWhat = "";
        private long memoryBefore;
        private long mostBytes;
        private string mostBytesWhat = "";

        public int Broken { get; private set; }

        public void Feed(string what, byte[] input)
        {
            inputs++;
            var took = Once(what, input);
            if (took > longest)
            {
                // A busy machine can stop us for that long; an input that is slow is slow again.
                took = Once(what, input);
            }

            (slowest, slowestWhat) = took > slowest ? (took, what) : (slowest, slowestWhat);
            if (took > longest)
            {
                Break(what, input, $"took {took.TotalSeconds:F1} s");
            }
        }

        /// <summary>Forgets the most memory that the process ever held (proc(5), clear_refs), so that the next reading is of what follows.</summary>
        public void StartMemory()
        {
            GC.Collect();
            File.WriteAllText("/proc/self/clear_refs", "5");
            memoryBefore = ResidentPeak();
        }

        public void MeasureMemory(string what, byte[] input)
        {
            var bytes = ResidentPeak() - memoryBefore;
            (mostBytes, mostBytesWhat) = bytes > mostBytes ? (bytes, what) : (mostBytes, mostBytesWhat);
            if (bytes > MostBytes)
            {
                Break(what, input, $"took {bytes >> 20} MB");
            }
        }

        public void Print()
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{target.Name,-10} {inputs,9} {accepted,9} {refused.Values.Sum(),9} {refused.Count,6} {slowest.TotalMilliseconds,7:F1} ms {mostBytes / 1048576.0,9:F1} MB {Broken,7} {inputs / all.Elapsed.TotalSeconds,11:F0}"));
            Console.WriteLine($"           slowest: {slowestWhat}; most memory: {mostBytesWhat}");
            Console.WriteLine($"           {string.Join(", ", refused.Select(code => $"{code.Key} {code.Value}"))}");
        }

        private static long ResidentPeak() =>
            long.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;

        private TimeSpan Once(string what, byte[] input)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                accepted += target.Read(input) ? 1 : 0;
            }
            catch (FalseAcceptException wrong)
            {
                Break(what, input, "false accept: " + wrong.Message);
            }
            catch (Exception fault)
            {
                // Catching everything is the point: what is no refusal is a crash.
                if (target.Refusals(fault) is { } code)
                {
                    refused[code] = refused.GetValueOrDefault(code) + 1;
                }
                else
                {
                    Break(what, input, $"crash: {fault}");
                }
            }

            return Stopwatch.GetElapsedTime(start);
        }

        private void Break(string what, byte[] input, string how)
        {
            if (++Broken <= MostPrinted)
            {
                Console.Error.WriteLine($"{target.Name}, {what}: {how}\n  {Convert.ToBase64String(input, 0, Math.Min(input.Length, MostShown))}");
            }
        }
    }
}
