using System.Diagnostics;
using System.Globalization;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.Benchmarks.Storage;

/// <summary>
/// What the SQLite store does in a second on this machine, and how the time of a question grows with the number of
/// documents, which it should not.
/// </summary>
public static class StoreMeasures
{
    private static readonly AccessPath<Entry> ByLearner = new AccessPath<Entry>("learner").Equal("learner", e => e.Learner).OrderBy("at", e => e.At);
    private static readonly AccessPath<Entry> ByBadge = new AccessPath<Entry>("badge").Equal("badge", e => e.Badge).OrderBy("at", e => e.At);
    private static readonly AccessPath<Entry> ByWord = new AccessPath<Entry>("word").Each("word", e => e.Words).OrderBy("at", e => e.At);
    private static readonly DocumentKind<Entry> Plain = new("plain", e => e.Id) { Paths = [ByLearner, ByBadge, ByWord] };
    private static readonly AccessPath<Entry> InChain = new AccessPath<Entry>("chain").Equal("learner", e => e.Learner).OrderBy("at", e => e.At);
    private static readonly DocumentKind<Entry> Clustered = new("clustered", e => e.Id) { Paths = [InChain], ClusteredBy = InChain };

    private sealed record Entry(string Id, string Learner, string Badge, long At, string Text)
    {
        public string[] Words => [$"w{At % 997}", $"v{At % 89}"];
    }

    /// <param name="most">How many documents the large store holds.</param>
    public static async Task RunAsync(int most, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-measure-").FullName;
        try
        {
            await RunAsync(folder, most, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder, int most, TextWriter output)
    {
        await CommitsAsync(Path.Combine(folder, "commits"), output);
        using var small = await FilledAsync(Path.Combine(folder, "few"), 1_000, output);
        using var large = await FilledAsync(Path.Combine(folder, "many"), most, output);
        foreach (var ((name, few), (_, many)) in QuestionsOf(small, 1_000).Zip(QuestionsOf(large, most)))
        {
            var (fast, slow) = await CompareAsync(few, many);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-42} {fast,9:F1} us at 1,000 {slow,9:F1} us at {most:N0}   ratio {slow / fast:F2}"));
        }
    }

    private static async Task CommitsAsync(string folder, TextWriter output)
    {
        using var store = SqliteStore.Open(folder, [Plain, Clustered], TimeProvider.System, CancellationToken.None);
        var next = 0;
        foreach (var writers in new[] { 1, 8, 64, 256 })
        {
            var watch = Stopwatch.StartNew();
            var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
            {
                var count = 0;
                for (; watch.ElapsedMilliseconds < 3000; count++)
                {
                    await store.CommitAsync(new Changes().Add(Plain, EntryOf(Interlocked.Increment(ref next))), CancellationToken.None);
                }

                return count;
            })));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"commits, {writers,3} writers {counts.Sum() / watch.Elapsed.TotalSeconds,30:N0} /s"));
        }
    }

    private static async Task<SqliteStore> FilledAsync(string folder, int count, TextWriter output)
    {
        var store = SqliteStore.Open(folder, [Plain, Clustered], TimeProvider.System, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        foreach (var batch in Enumerable.Range(0, count).Chunk(1000))
        {
            await store.CommitAsync(batch.Aggregate(new Changes(), (changes, i) => changes.Add(Plain, EntryOf(i)).Add(Clustered, EntryOf(i))), CancellationToken.None);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count:N0} x 2 documents in {watch.Elapsed.TotalSeconds:F1} s, {new FileInfo(store.File).Length / 1e6:N0} MB"));
        return store;
    }

    private static (string Name, Func<int, Task> Ask)[] QuestionsOf(SqliteStore store, int count)
    {
        var learners = Math.Max(1, count / 50);
        string[] classMap = [.. Enumerable.Range(0, 500).Select(i => $"l{(long)i * 7919 % learners}").Distinct().Take(20)];
        return
        [
            ("one by id", i => store.FindAsync(Plain, IdOf((int)((long)i * 7919 % count)), CancellationToken.None)),
            ("20 of one learner, index", i => store.QueryAsync(Plain, ByLearner.Where(Learner(i)).Take(20), CancellationToken.None)),
            ("20 of one learner, clustered", i => store.QueryAsync(Clustered, InChain.Where(Learner(i)).Take(20), CancellationToken.None)),
            ("20 newest of a badge", i => store.QueryAsync(Plain, ByBadge.Where($"b{i % 50}").Take(20).Descending(), CancellationToken.None)),
            ("10 of a word", i => store.QueryAsync(Plain, ByWord.Where($"v{i % 89}").Take(10), CancellationToken.None)),
            ("count of a badge up to 20", i => store.CountAsync(Plain, ByBadge.Where($"b{i % 50}"), 20, CancellationToken.None)),
            ("count of 20 learners", _ => store.CountAsync(Plain, ByLearner.WhereAny(classMap), 5000, CancellationToken.None)),
        ];

        string Learner(int i) => $"l{(long)i * 7919 % learners}";
    }

    /// <summary>Microseconds of processor time for each, asked in turns so that both meet the same machine; the median of many turns.</summary>
    private static async Task<(double First, double Second)> CompareAsync(Func<int, Task> first, Func<int, Task> second)
    {
        const int turns = 21;
        const int asked = 500;
        double[] firsts = new double[turns], seconds = new double[turns];
        await TimeAsync(first, 0);
        await TimeAsync(second, 0);
        for (var turn = 0; turn < turns; turn++)
        {
            firsts[turn] = await TimeAsync(first, turn * asked);
            seconds[turn] = await TimeAsync(second, turn * asked);
        }

        return (firsts.Order().ElementAt(turns / 2), seconds.Order().ElementAt(turns / 2));

        static async Task<double> TimeAsync(Func<int, Task> ask, int start)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < asked; i++)
            {
                await ask(start + i);
            }

            return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / asked;
        }
    }

    private static string IdOf(int i) => string.Create(CultureInfo.InvariantCulture, $"0193{i:x12}");

    // About 1.5 KB, of which words repeat as in a description.
    private static Entry EntryOf(int i) => new(IdOf(i), $"l{i / 50}", $"b{i % 50}", i, string.Concat(Enumerable.Range(0, 60).Select(j => $"{(i * 31) + (j * 17)} shielded metal arc ")));
}
