using System.Diagnostics;
using System.Text.Json;
using SkillBadges.Credentials.Tests.Peers;

namespace SkillBadges.Benchmarks.Engine;

/// <summary>A process that is told by lines what to run and for how long; all of them share the same two cores where there are more and taskset is there.</summary>
internal sealed class Worker : IDisposable
{
    private static readonly bool canPin = PeerInstallation.IsOnPath("taskset");
    private static readonly string? cores = canPin && Environment.ProcessorCount > 2
        ? $"{Environment.ProcessorCount - 2},{Environment.ProcessorCount - 1}"
        : null;

    private readonly Process process;

    private Worker(string program, params string[] arguments)
    {
        process = cores is null
            ? PeerInstallation.Start(program, arguments)
            : PeerInstallation.Start("taskset", ["-c", cores, program, .. arguments]);
    }

    public static string Pinning => cores is not null ? $"all pinned to cores {cores}"
        : canPin ? $"not pinned: no more than {Environment.ProcessorCount} processors"
        : "not pinned: taskset is not there";

    public static Worker Own() => new("dotnet", Path.Combine(AppContext.BaseDirectory, "SkillBadges.Benchmarks.dll"), "engine-worker");

    public static Worker Peer() => new("node", "bench.mjs");

    /// <summary>The peer with jsonld.js issue 414 repaired; and, if wanted, with what else its cache of contexts misses.</summary>
    public static Worker RepairedPeer(bool keepsClones) =>
        keepsClones ? new("env", "KEEP_CLONES=1", "node", "--require", "./repair.cjs", "bench.mjs") : new("node", "--require", "./repair.cjs", "bench.mjs");

    public Measurement Measure(string work, string badge, int milliseconds)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(new { work, badge, milliseconds }));
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The worker ended at {work}.");
        using var answer = JsonDocument.Parse(line);
        return new Measurement(
            answer.RootElement.GetProperty("perSecond").GetDouble(),
            answer.RootElement.GetProperty("perProcessorSecond").GetDouble(),
            answer.RootElement.TryGetProperty("allocated", out var allocated) ? allocated.GetInt64() : 0);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(5000);
        process.Dispose();
    }
}

/// <summary>How often a work ran per second of the clock, and of processor time; bytes allocated each time, where known.</summary>
internal readonly record struct Measurement(double PerSecond, double PerProcessorSecond, long Allocated);
