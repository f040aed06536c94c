using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.App;

/// <summary>The store that one word of the settings chooses: PostgreSQL where a database is named, else SQLite in the data folder.</summary>
internal sealed class OpenedStore(IDocumentStore documents, IOutbox outbox, IWholeStore whole, Func<ValueTask> close) : IAsyncDisposable
{
    public IDocumentStore Documents { get; } = documents;

    public IOutbox Outbox { get; } = outbox;

    public IWholeStore Whole { get; } = whole;

    /// <summary>Whether a setting names a database.</summary>
    public static bool IsConnection(string text) => PostgresStore.IsConnection(text);

    /// <exception cref="RefusedException">Those of <see cref="SqliteStore.Open"/> and <see cref="PostgresStore.OpenAsync"/>.</exception>
    public static async Task<OpenedStore> OpenAsync(Settings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (settings.Database is { } database)
        {
            var postgres = await PostgresStore.OpenAsync(database, AllDocumentKinds.OfCore, clock, cancellationToken);
            return new(postgres, postgres, postgres, postgres.DisposeAsync);
        }

        var sqlite = SqliteStore.Open(settings.DataFolder, AllDocumentKinds.OfCore, clock, cancellationToken);
        return new(sqlite, sqlite, sqlite, () =>
        {
            sqlite.Dispose();
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Names in a folder survive a power cut from now on.</summary>
    public static void MakeDurable(string folder) => DurableFolder.Sync(folder);

    public ValueTask DisposeAsync() => close();
}
