using System.Diagnostics;
using System.Globalization;
using SkillBadges.Benchmarks.Load;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.Benchmarks.Storage;

/// <summary>
/// What the store does in a second on this machine, and how the time of a question grows with the number of documents, which it should not: SQLite, and PostgreSQL where a cluster is
/// named. Each question is a declared access path of one of the shapes that paths have.
/// </summary>
public static class StoreMeasures
{
    private const double Goal = 1.5;

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

    /// <param name="few">How many documents the small store holds.</param>
    /// <param name="many">How many the large one holds.</param>
    /// <param name="output">Where the table goes.</param>
    public static async Task RunAsync(int few, int many, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-measure-").FullName;
        try
        {
            await CommitsAsync(Path.Combine(folder, "commits"), output);
            using var small = Open(Path.Combine(folder, "few"));
            using var large = Open(Path.Combine(folder, "many"));
            await FillAsync("SQLite", small, few, output);
            await FillAsync("SQLite", large, many, output);
            await CompareAsync("SQLite", small, few, large, many, isOwnProcessor: true, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await using var one = await LoadSchema.CreateAsync();
        await using var other = await LoadSchema.CreateAsync();
        if (one is not null && other is not null)
        {
            await using var small = await PostgresStore.OpenAsync(one.Connection, [Plain, Clustered], TimeProvider.System, CancellationToken.None);
            await using var large = await PostgresStore.OpenAsync(other.Connection, [Plain, Clustered], TimeProvider.System, CancellationToken.None);
            await FillAsync("PostgreSQL", small, few, output);
            await FillAsync("PostgreSQL", large, many, output);
            await one.SettleAsync();
            await CompareAsync("PostgreSQL", small, few, large, many, isOwnProcessor: false, output);
        }
    }

    private static SqliteStore Open(string folder) => SqliteStore.Open(folder, [Plain, Clustered], TimeProvider.System, CancellationToken.None);

    private static async Task CompareAsync(string engine, IDocumentStore small, int few, IDocumentStore large, int many, bool isOwnProcessor, TextWriter output)
    {
        await output.WriteLineAsync($"{engine,-42} {$"us at {few:N0}",18} {$"us at {many:N0}",18} {"ratio",8}   goal {Goal:F1}; {(isOwnProcessor ? "processor time" : "by the clock")}");
        foreach (var ((name, slight), (_, heavy)) in QuestionsOf(small, few).Zip(QuestionsOf(large, many)))
        {
            var (fast, slow, ratio) = await CompareAsync(slight, heavy, isOwnProcessor);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-42} {fast,18:F1} {slow,18:F1} {ratio,8:F2}   {(ratio <= Goal ? "met" : "NOT met")}"));
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

    private static async Task FillAsync(string engine, IDocumentStore store, int count, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count).Chunk(1000), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (batch, cancellationToken) =>
            await store.CommitAsync(batch.Aggregate(new Changes(), (changes, i) => changes.Add(Plain, EntryOf(i)).Add(Clustered, EntryOf(i))), cancellationToken));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{engine}: {count:N0} x 2 documents in {watch.Elapsed.TotalSeconds:F1} s"));
    }

    private static (string Name, Func<int, Task> Ask)[] QuestionsOf(IDocumentStore store, int count)
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

    /// <summary>Microseconds for each, asked in turns so that both meet the same machine: medians of many turns, and the median of their ratios.</summary>
    private static async Task<(double First, double Second, double Ratio)> CompareAsync(Func<int, Task> first, Func<int, Task> second, bool isOwnProcessor)
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

        return (Middle(firsts), Middle(seconds), Middle([.. seconds.Zip(firsts, (slow, fast) => slow / fast)]));

        static double Middle(double[] values) => values.Order().ElementAt(turns / 2);

        // Another process does the work of PostgreSQL.
        TimeSpan Now() => isOwnProcessor ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);

        async Task<double> TimeAsync(Func<int, Task> ask, int start)
        {
            var before = Now();
            for (var i = 0; i < asked; i++)
            {
                await ask(start + i);
            }

            return (Now() - before).TotalMicroseconds / asked;
        }
    }

    private static string IdOf(int i) => string.Create(CultureInfo.InvariantCulture, $"0193{i:x12}");

    // About 1.5 KB, of which words repeat as in a description.
    private static Entry EntryOf(int i) => new(IdOf(i), $"l{i / 50}", $"b{i % 50}", i, string.Concat(Enumerable.Range(0, 60).Select(j => $"{(i * 31) + (j * 17)} shielded metal arc ")));
}
