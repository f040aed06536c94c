using System.Security.Cryptography;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.Storage.Tests;

/// <summary>Real processes, killed for real.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-crash-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_acknowledged_commit_is_there_and_whole_after_a_kill()
    {
        var acknowledged = new List<string>();
        for (var round = 0; round < 5; round++)
        {
            acknowledged.AddRange(await CommitUntilKilledAsync(RandomNumberGenerator.GetInt32(1, 400)));
        }

        using var store = SqliteStore.Open(folder, Samples.Kinds, TimeProvider.System, CancellationToken.None);
        Assert.True(acknowledged.Count > 5);
        Assert.All(acknowledged, id => Assert.True(ChildProcess.IsWhole(store, id), id));

        // What was written but not told is whole as well: as many samples as turns, messages and rows of a tag.
        var samples = await CountAsync(Samples.Kind, Samples.ByLearner.Where("ana"));
        Assert.InRange(samples, acknowledged.Count, 100_000);
        Assert.Equal(samples, await CountAsync(Samples.Turns, Samples.ByGroup.Where("g")));
        Assert.Equal(samples, await CountAsync(Samples.Kind, Samples.ByTag.Where("b", "ana")));
        Assert.Equal(samples, await store.CountAsync(100_000, CancellationToken.None));

        Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query)
            where T : class =>
            store.CountAsync(kind, query, 100_000, CancellationToken.None);
    }

    private async Task<List<string>> CommitUntilKilledAsync(int count)
    {
        using var child = ChildProcess.Start(["commit", folder]);
        var told = new List<string>();
        while (told.Count < count)
        {
            told.Add(await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await child.StandardError.ReadToEndAsync()));
        }

        child.Kill();

        // What was told between the decision and the kill counts too; a line that broke off does not.
        var rest = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        told.AddRange(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return told;
    }
}
