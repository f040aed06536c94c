using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Engine;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.App;

/// <summary>The store that one word of the settings chooses: PostgreSQL where a database is named, else SQLite in the data folder; and where the files are, which is another word.</summary>
internal sealed class OpenedStore(IDocumentStore documents, IOutbox outbox, IWholeStore whole, IFileStore files, IPartialFiles partials, Func<ValueTask> close) : IAsyncDisposable
{
    public IDocumentStore Documents { get; } = documents;

    public IOutbox Outbox { get; } = outbox;

    public IWholeStore Whole { get; } = whole;

    public IFileStore Files { get; } = files;

    public IPartialFiles Partials { get; } = partials;

    /// <summary>Whether a setting names a database.</summary>
    public static bool IsConnection(string text) => PostgresStore.IsConnection(text);

    /// <exception cref="RefusedException"><c>settings.files-elsewhere</c>, and those of <see cref="SqliteStore.Open"/> and <see cref="PostgresStore.OpenAsync"/>.</exception>
    public static async Task<OpenedStore> OpenAsync(Settings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (settings.Database is { } database)
        {
            var postgres = await PostgresStore.OpenAsync(database, AllDocumentKinds.OfCore, clock, cancellationToken);
            try
            {
                var (files, partials) = await FilesAsync(settings, postgres, cancellationToken);
                return new(postgres, postgres, postgres, files, partials, postgres.DisposeAsync);
            }
            catch
            {
                await postgres.DisposeAsync();
                throw;
            }
        }

        var sqlite = SqliteStore.Open(settings.DataFolder, AllDocumentKinds.OfCore, clock, cancellationToken);
        return new(sqlite, sqlite, sqlite, FolderFileStore.Open(FilesOf(settings)), FolderPartialFiles.Open(UploadsOf(settings)), () =>
        {
            sqlite.Dispose();
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Names in a folder survive a power cut from now on.</summary>
    public static void MakeDurable(string folder) => DurableFolder.Sync(folder);

    public ValueTask DisposeAsync() => close();

    // Files that are elsewhere would be missing one by one, when somebody opens them; better at once.
    private static async Task<(IFileStore Files, IPartialFiles Partials)> FilesAsync(Settings settings, PostgresStore postgres, CancellationToken cancellationToken)
    {
        if (!settings.FilesInDatabase)
        {
            return await HoldsAsync(postgres.Files, cancellationToken)
                ? throw Refused.Conflict("settings.files-elsewhere", "The database holds files of evidence. Please start with the setting files at database, as before.")
                : (FolderFileStore.Open(FilesOf(settings)), FolderPartialFiles.Open(UploadsOf(settings)));
        }

        return Directory.Exists(FilesOf(settings)) && await HoldsAsync(FolderFileStore.Open(FilesOf(settings)), cancellationToken)
            ? throw Refused.Conflict("settings.files-elsewhere", $"{FilesOf(settings)} holds files of evidence, and the setting files names the database. An export taken with the old setting and imported with the new one moves them.")
            : (postgres.Files, postgres.PartialFiles);
    }

    private static async Task<bool> HoldsAsync(IFileStore files, CancellationToken cancellationToken)
    {
        await foreach (var _ in files.PutBeforeAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            return true;
        }

        return false;
    }

    private static string FilesOf(Settings settings) => Path.Combine(settings.DataFolder, "files");

    private static string UploadsOf(Settings settings) => Path.Combine(settings.DataFolder, "uploads");
}
