using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SkillBadges.App.Telemetry;

/// <summary>
/// The meter and the activity source <c>SkillBadges</c>; docs/operations.md names every instrument. No tag and no name holds an id, an address or a word that somebody wrote: each tag has a few dozen
/// values known to the program.
/// </summary>
internal static class Signals
{
    public const string Name = "SkillBadges";

    private static readonly Meter meter = new(Name);

    // From a read of a row to a job of ten minutes.
    private static readonly InstrumentAdvice<double> seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600] };

    public static ActivitySource Activities { get; } = new(Name);

    public static Histogram<double> Seconds(string name, string what) => meter.CreateHistogram(name, "s", what, null, seconds);

    public static Counter<long> Count(string name, string unit, string what) => meter.CreateCounter<long>(name, unit, what);

    public static Gauge<long> Level(string name, string unit, string what) => meter.CreateGauge<long>(name, unit, what);

    public static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
