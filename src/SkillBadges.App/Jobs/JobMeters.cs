using System.Diagnostics;
using System.Diagnostics.Metrics;
using SkillBadges.App.Telemetry;

namespace SkillBadges.App.Jobs;

/// <summary>What jobs tell of themselves.</summary>
internal static class JobMeters
{
    private static readonly Histogram<double> messages = Signals.Seconds("skillbadges.outbox.duration", "How long the work of a message took, by topic and outcome.");

    private static readonly Histogram<double> waits = Signals.Seconds("skillbadges.outbox.wait", "From when a message was due to when its work began, by topic.");

    private static readonly Histogram<double> sweeps = Signals.Seconds("skillbadges.sweep.duration", "How long a sweep of this node took, by name and outcome.");

    private static readonly Histogram<double> runs = Signals.Seconds("skillbadges.job.duration", "How long a node worked at a long job, until it ended or was interrupted, by topic and outcome.");

    public static Activity? BeginMessage(string topic) => Signals.Activities.StartActivity($"outbox {topic}", ActivityKind.Consumer);

    public static Activity? BeginSweep(string name) => Signals.Activities.StartActivity($"sweep {name}");

    public static Activity? BeginRun(string topic) => Signals.Activities.StartActivity($"job {topic}");

    public static void Waited(string topic, TimeSpan time) => waits.Record(Math.Max(0, time.TotalSeconds), Signals.Tag("topic", topic));

    public static void Handled(string topic, bool isDone, TimeSpan time) => messages.Record(time.TotalSeconds, Signals.Tag("topic", topic), Outcome(isDone));

    public static void Swept(string name, bool isDone, TimeSpan time) => sweeps.Record(time.TotalSeconds, Signals.Tag("name", name), Outcome(isDone));

    public static void Ran(string topic, bool isDone, TimeSpan time) => runs.Record(time.TotalSeconds, Signals.Tag("topic", topic), Outcome(isDone));

    private static KeyValuePair<string, object?> Outcome(bool isDone) => Signals.Tag("outcome", isDone ? "done" : "failed");
}
