using System.Diagnostics;
using System.Globalization;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Benchmarks.App;

/// <summary>
/// How long the views of the record take, against the limits that were promised, when the ledger holds few entries and when it holds many; the ratio
/// should stay near 1.
/// </summary>
public static class GradebookMeasures
{
    private const int Reads = 400;

    // So many that the highest hundredth is more than one of them; before them enough for the runtime to have compiled what is asked often, as in a server that has run for a minute.
    private const int Asks = 300;
    private const int Before = 60;
    private const double Goal = 1.5;

    /// <summary>The record of one learner at two sizes of the ledger, in pairs.</summary>
    public static async Task RunAsync(int few, int many, TextWriter output) => await InFoldersAsync(async (one, other) =>
    {
        using var small = await SeededGradebook.FillAsync(one, few);
        using var large = await SeededGradebook.FillAsync(other, many);
        await CompareAsync(small, large, few, many, output);
    });

    /// <summary>Every view of the record, at two sizes of the ledger, and the limits.</summary>
    public static async Task ViewsAsync(int few, int many, TextWriter output) => await InFoldersAsync(async (one, other) =>
    {
        var watch = Stopwatch.StartNew();
        using var small = await SeededGradebook.FillAsync(one, few);
        using var large = await SeededGradebook.FillAsync(other, many);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"filled in {watch.Elapsed.TotalSeconds:F0} s, {new FileInfo(large.Store.File).Length / 1e6:N0} MB among {many:N0} entries"));
        await CompareAsync(small, large, few, many, output);
        await LimitsAsync(large, output);
    });

    /// <summary>The same over stores that are kept: filled the first time, so that a later run measures alone.</summary>
    public static async Task ViewsAsync(int few, int many, string folder, TextWriter output)
    {
        using var small = await SeededGradebook.FillAsync(Path.Combine(folder, $"{few}"), few);
        using var large = await SeededGradebook.FillAsync(Path.Combine(folder, $"{many}"), many);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(large.Store.File).Length / 1e6:N0} MB among {many:N0} entries"));
        await CompareAsync(small, large, few, many, output);
        await LimitsAsync(large, output);
    }

    private static async Task InFoldersAsync(Func<string, string, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-measure-").FullName;
        try
        {
            await measure(Path.Combine(folder, "few"), Path.Combine(folder, "many"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(SeededGradebook small, SeededGradebook large, int few, int many, TextWriter output)
    {
        // In pairs, so that what else the machine does meets both.
        var ratios = new List<double>();
        var times = (Few: new List<double>(), Many: new List<double>());
        for (var pair = 0; pair < 7; pair++)
        {
            var a = Middle((await ReadsAsync(small)).Microseconds);
            var b = Middle((await ReadsAsync(large)).Microseconds);
            times.Few.Add(a);
            times.Many.Add(b);
            ratios.Add(b / a);
        }

        await output.WriteLineAsync($"{"gradebook of 60 entries, median of 400 reads",-48} {"microseconds",12}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  among {few,12:N0} entries {Middle(times.Few),32:F0}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  among {many,12:N0} entries {Middle(times.Many),32:F0}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  median of 7 ratios {Middle(ratios),36:F2}   goal under {Goal:F1}: {(Middle(ratios) < Goal ? "met" : "NOT met")}"));
    }

    private static async Task LimitsAsync(SeededGradebook seeded, TextWriter output)
    {
        var store = seeded.Store;
        var views = new ClassViews(new Commits(store, TimeProvider.System), new(store, new(store, TimeProvider.System), TimeProvider.System), new(store, TimeProvider.System), TimeProvider.System);
        var eight = new ClassQuestion([.. SeededGradebook.Badges.Take(8)], []);
        var reads = new List<Asked>();
        for (var round = 0; round < 10; round++)
        {
            reads.Add(await ReadsAsync(seeded));
        }

        await LimitAsync($"gradebook of 60 entries among {seeded.Learners * (long)SeededGradebook.PerLearner:N0}", new([.. reads.SelectMany(one => one.Microseconds)], reads.Average(one => one.Processor)), 20, output);
        await LimitAsync(
            "class map, 200 learners x 40 skills",
            await TimedAsync(Asks, async _ =>
            {
                var map = await views.MapAsync(SeededGradebook.Teacher, SeededGradebook.Section, eight, 6, CancellationToken.None);
                Require(map.Rows.Length == SeededGradebook.InClass && map.Columns.Length == 40 && map.Rows.All(row => !row.Levels.Contains(null)));
            }),
            100,
            output);
        foreach (var kind in Enum.GetValues<GroupKind>())
        {
            await LimitAsync(
                $"200 learners x 40 skills in groups, {kind}",
                await TimedAsync(Asks, async _ =>
                {
                    var (grouping, _) = await views.GroupAsync(SeededGradebook.Teacher, SeededGradebook.Section, eight, kind, 4, CancellationToken.None);
                    Require(grouping.Groups.Sum(group => group.Members.Length) == SeededGradebook.InClass);
                }),
                100,
                output);
        }

        await LimitAsync(
            "learners to look at, 200 x 60 skills",
            await TimedAsync(Asks, async _ => Require((await views.FlagsAsync(SeededGradebook.Teacher, SeededGradebook.Section, ClassQuestion.Everything, CancellationToken.None)).Count > 0)),
            100,
            output);
    }

    private static Task LimitAsync(string what, Asked asked, double milliseconds, TextWriter output)
    {
        var (microseconds, processor) = asked;
        var (median, high) = (Middle(microseconds) / 1000, microseconds.Order().ElementAt((int)Math.Ceiling(microseconds.Count * 0.99) - 1) / 1000);
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{what,-48} processor {processor,6:F2} ms   median {median,7:F2} ms   p99 {high,7:F2} ms of {microseconds.Count}   {high / milliseconds:F2} of the limit of {milliseconds:F0} ms: {(high < milliseconds ? "met" : "NOT met")}"));
    }

    private static Task<Asked> ReadsAsync(SeededGradebook seeded)
    {
        var store = seeded.Store;
        var reading = new GradebookReading(store, new Authority(store, TimeProvider.System), new FamilyRights(store, TimeProvider.System), InstanceAddress.Parse("http://localhost:5080"), TimeProvider.System);
        return TimedAsync(Reads, async i =>
        {
            var learner = SeededGradebook.Learner((long)i * 7919 % seeded.Learners);
            var view = await reading.ForFamilyAsync(new Actor(learner), learner, CancellationToken.None);
            Require(view.Lines.Length == SeededGradebook.PerLearner);
        });
    }

    private static async Task<Asked> TimedAsync(int times, Func<int, Task> ask)
    {
        for (var i = 0; i < Before; i++)
        {
            await ask(i);
        }

        var (measured, used) = (new List<double>(times), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask(i + Before);
            measured.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return new(measured, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds / times);
    }

    /// <param name="Microseconds">Of each, by the clock.</param>
    /// <param name="Processor">Milliseconds of the process's processors for one, which what else the machine does disturbs less.</param>
    private sealed record Asked(List<double> Microseconds, double Processor);

    private static void Require(bool isAsExpected)
    {
        if (!isAsExpected)
        {
            throw new InvalidOperationException("The view is not what was seeded.");
        }
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
