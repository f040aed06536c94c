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
        var few = await QuestionsAsync(Path.Combine(folder, "few"), 1_000, output);
        var many = await QuestionsAsync(Path.Combine(folder, "many"), most, output);
        foreach (var (name, microseconds) in many)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-42} {few[name],9:F1} us at 1,000 {microseconds,9:F1} us at {most:N0}   ratio {microseconds / few[name]:F2}"));
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

    private static async Task<Dictionary<string, double>> QuestionsAsync(string folder, int count, TextWriter output)
    {
        using var store = SqliteStore.Open(folder, [Plain, Clustered], TimeProvider.System, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        foreach (var batch in Enumerable.Range(0, count).Chunk(1000))
        {
            await store.CommitAsync(batch.Aggregate(new Changes(), (changes, i) => changes.Add(Plain, EntryOf(i)).Add(Clustered, EntryOf(i))), CancellationToken.None);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count:N0} x 2 documents in {watch.Elapsed.TotalSeconds:F1} s, {new FileInfo(store.File).Length / 1e6:N0} MB"));
        var learners = Math.Max(1, count / 50);
        string[] classMap = [.. Enumerable.Range(0, 500).Select(i => $"l{(long)i * 7919 % learners}").Distinct()];
        return new()
        {
            ["one by id"] = await TimeAsync(i => store.FindAsync(Plain, IdOf((int)((long)i * 7919 % count)), CancellationToken.None)),
            ["20 of one learner, index"] = await TimeAsync(i => store.QueryAsync(Plain, ByLearner.Where(Learner(i)).Take(20), CancellationToken.None)),
            ["20 of one learner, clustered"] = await TimeAsync(i => store.QueryAsync(Clustered, InChain.Where(Learner(i)).Take(20), CancellationToken.None)),
            ["20 newest of a badge"] = await TimeAsync(i => store.QueryAsync(Plain, ByBadge.Where($"b{i % 50}").Take(20).Descending(), CancellationToken.None)),
            ["10 of a word"] = await TimeAsync(i => store.QueryAsync(Plain, ByWord.Where($"v{i % 89}").Take(10), CancellationToken.None)),
            ["count of a badge up to 20"] = await TimeAsync(i => store.CountAsync(Plain, ByBadge.Where($"b{i % 50}"), 20, CancellationToken.None)),
            [$"count over up to 500 learners, up to 500"] = await TimeAsync(_ => store.CountAsync(Plain, ByLearner.WhereAny(classMap), 500, CancellationToken.None)),
        };

        string Learner(int i) => $"l{(long)i * 7919 % learners}";
    }

    private static async Task<double> TimeAsync(Func<int, Task> ask)
    {
        for (var i = 0; i < 200; i++)
        {
            await ask(i);
        }

        var watch = Stopwatch.StartNew();
        var asked = 0;
        for (; watch.ElapsedMilliseconds < 1000; asked++)
        {
            await ask(asked);
        }

        return watch.Elapsed.TotalMicroseconds / asked;
    }

    private static string IdOf(int i) => string.Create(CultureInfo.InvariantCulture, $"0193{i:x12}");

    // About 1.5 KB, of which words repeat as in a description.
    private static Entry EntryOf(int i) => new(IdOf(i), $"l{i / 50}", $"b{i % 50}", i, string.Concat(Enumerable.Range(0, 60).Select(j => $"{(i * 31) + (j * 17)} shielded metal arc ")));
}
