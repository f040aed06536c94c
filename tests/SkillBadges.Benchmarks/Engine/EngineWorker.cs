using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SkillBadges.Benchmarks.Engine;

/// <summary>
/// Runs one work for a while per line of standard input, and answers how often it ran per second, of the clock and of processor
/// time, and what it allocated; the same conversation as bench.mjs.
/// </summary>
internal static class EngineWorker
{
    public static void Run()
    {
        var prepared = new Dictionary<string, Action>();
        while (Console.ReadLine() is { } line)
        {
            using var request = JsonDocument.Parse(line);
            var work = request.RootElement.GetProperty("work").GetString()!;
            var badge = request.RootElement.GetProperty("badge").GetString()!;
            var name = $"{work} {badge}";
            if (!prepared.TryGetValue(name, out var run))
            {
                prepared[name] = run = OwnWork.Prepare(work, badge);
            }

            var (count, watch) = (0, Stopwatch.StartNew());
            var limit = request.RootElement.GetProperty("milliseconds").GetInt32();
            var (start, allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            do
            {
                run();
                count++;
            }
            while (watch.ElapsedMilliseconds < limit);
            var perSecond = count / watch.Elapsed.TotalSeconds;
            var perProcessorSecond = count / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            var each = (GC.GetAllocatedBytesForCurrentThread() - allocated) / count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"perSecond\":{perSecond},\"perProcessorSecond\":{perProcessorSecond},\"allocated\":{each}}}"));
        }
    }
}
