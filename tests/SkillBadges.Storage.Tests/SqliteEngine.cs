using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.Storage.Tests;

/// <summary>SQLite in a temporary folder.</summary>
public sealed class SqliteEngine : ITestedEngine
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("skillbadges-store-").FullName;

    public Task<OpenedStore> OpenAsync(IReadOnlyList<DocumentKind> kinds, TimeProvider clock)
    {
        var store = SqliteStore.Open(Folder, kinds, clock, CancellationToken.None);
        return Task.FromResult(new OpenedStore(store, store, store, () =>
        {
            store.Dispose();
            return ValueTask.CompletedTask;
        }));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
