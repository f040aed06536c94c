using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SkillBadges.App.Jobs;

/// <summary>What jobs tell whoever listens to the meter and the activity source <c>SkillBadges</c>; docs/operations.md names each.</summary>
internal static class JobMeters
{
    public const string Name = "SkillBadges";

    private static readonly Meter Meter = new(Name);

    private static readonly ActivitySource Source = new(Name);

    private static readonly Histogram<double> Messages = Meter.CreateHistogram<double>("skillbadges.outbox.duration", "s", "How long the work of a message took, by topic and outcome.");

    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("skillbadges.outbox.wait", "s", "From when a message was due to when its work began, by topic.");

    private static readonly Histogram<double> Sweeps = Meter.CreateHistogram<double>("skillbadges.sweep.duration", "s", "How long a sweep of this node took, by name and outcome.");

    public static Activity? BeginMessage(string topic) => Source.StartActivity($"outbox {topic}", ActivityKind.Consumer);

    public static Activity? BeginSweep(string name) => Source.StartActivity($"sweep {name}");

    public static void Waited(string topic, TimeSpan time) => Waits.Record(Math.Max(0, time.TotalSeconds), new KeyValuePair<string, object?>("topic", topic));

    public static void Handled(string topic, bool isDone, TimeSpan time) =>
        Messages.Record(time.TotalSeconds, new KeyValuePair<string, object?>("topic", topic), new KeyValuePair<string, object?>("outcome", isDone ? "done" : "failed"));

    public static void Swept(string name, bool isDone, TimeSpan time) =>
        Sweeps.Record(time.TotalSeconds, new KeyValuePair<string, object?>("name", name), new KeyValuePair<string, object?>("outcome", isDone ? "done" : "failed"));
}
