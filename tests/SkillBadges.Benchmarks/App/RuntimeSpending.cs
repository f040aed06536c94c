using System.Globalization;
using System.Runtime;

namespace SkillBadges.Benchmarks.App;

/// <summary>What the runtime itself took: what was allocated, how long collections held everything up, and how long it compiled.</summary>
internal readonly record struct RuntimeSpending(long Allocated, TimeSpan Paused, int Collections, TimeSpan Compiled)
{
    public static RuntimeSpending SoFar() => new(GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), GC.CollectionCount(0), JitInfo.GetCompilationTime());

    public static RuntimeSpending operator -(RuntimeSpending later, RuntimeSpending earlier) =>
        new(later.Allocated - earlier.Allocated, later.Paused - earlier.Paused, later.Collections - earlier.Collections, later.Compiled - earlier.Compiled);

    public string Of(int pieces) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Allocated / 1000.0 / pieces:N0} KB allocated for each; {Collections:N0} collections that held everything up for {Paused.TotalSeconds:F1} s; {Compiled.TotalSeconds:F1} s of compiling; {(GCSettings.IsServerGC ? "server's" : "workstation's")} collector");
}
