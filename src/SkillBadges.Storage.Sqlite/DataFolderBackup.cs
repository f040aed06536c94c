using SkillBadges.Core;
using SkillBadges.Storage.Sqlite.Engine;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Storage.Sqlite;

/// <summary>A copy of a whole data folder, store and files, that another process can start on.</summary>
public static class DataFolderBackup
{
    /// <summary>Copies the documents as they were at one moment and the files after them. The folder may be in use by its process meanwhile.</summary>
    /// <param name="data">A data folder: <c>store.db</c> and <c>files/</c>.</param>
    /// <param name="target">A folder that does not exist yet; it has this name only once it is whole and durable.</param>
    /// <param name="cancellationToken">Stops between two pieces of a file; nothing is left behind.</param>
    /// <exception cref="RefusedException"><c>backup.no-data</c>, <c>backup.inside-data</c>, <c>backup.exists</c>, <c>backup.damaged</c> or <c>storage.full</c>.</exception>
    public static async Task<FilesCopied> WriteAsync(string data, string target, CancellationToken cancellationToken)
    {
        var (from, to) = (Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)), Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)));
        var store = Path.Combine(from, "store.db");
        if (!File.Exists(store))
        {
            throw Refused.Invalid("backup.no-data", $"There is no data in {from}; name the data folder with --data.");
        }

        if ($"{to}{Path.DirectorySeparatorChar}".StartsWith($"{from}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        {
            throw Refused.Invalid("backup.inside-data", "A backup inside the data folder is lost with it. Choose a folder elsewhere, best on another disk.");
        }

        if (Path.Exists(to))
        {
            throw Refused.Conflict("backup.exists", $"{target} is there already; it was left alone.");
        }

        var half = $"{to}.{NewId.Random()}.half";
        try
        {
            DurableFolder.Create(half);
            SqliteBackup.Write(store, Path.Combine(half, "store.db"));
            var files = await FolderFileBackup.WriteAsync(Path.Combine(from, "files"), Path.Combine(half, "files"), cancellationToken);
            Directory.Move(half, to);
            DurableFolder.Sync(Path.GetDirectoryName(to)!);
            return files;
        }
        finally
        {
            if (Directory.Exists(half))
            {
                Directory.Delete(half, recursive: true);
            }
        }
    }
}
