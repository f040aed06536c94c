using SkillBadges.Core;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite;

/// <summary>A consistent copy of a store while it is in use. Files are not in it: they never change, so they can be copied after it.</summary>
public static class SqliteBackup
{
    /// <summary>Writes a copy that is whole, checked and durable when this returns; it opens as <c>store.db</c> of another folder.</summary>
    /// <exception cref="RefusedException"><c>backup.exists</c> when the file is there already; <c>storage.full</c>; <c>backup.damaged</c> when the copy, hence likely the store, fails its check.</exception>
    public static void Write(string storeFile, string backupFile)
    {
        if (File.Exists(backupFile))
        {
            throw Refused.Conflict("backup.exists", "There is a file of that name already; it was left alone.");
        }

        var half = $"{Path.GetFullPath(backupFile)}.{NewId.Random()}.half";
        try
        {
            using (var store = Connection.ForReading(storeFile))
            {
                // It writes another file, which a connection that only reads may not.
                store.Execute("PRAGMA query_only = OFF");
                using var copy = store.Prepare("VACUUM INTO ?1");
                copy.Bind(1, half).Step();
            }

            Check(half);
            using (var written = new FileStream(half, FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }

            File.Move(half, backupFile, overwrite: false);
            DurableFolder.Sync(Path.GetDirectoryName(half)!);
        }
        catch (SqliteException full) when (full.IsDiskFull)
        {
            throw full.AsFull();
        }
        finally
        {
            File.Delete(half);
        }
    }

    private static void Check(string file)
    {
        using var copy = Connection.ForReading(file);
        using var check = copy.Prepare("PRAGMA quick_check(1)");
        if (!check.Step() || check.Text(0) != "ok")
        {
            throw new RefusedException(RefusalKind.Conflict, "backup.damaged", "The copy is not whole; the store itself may be damaged.");
        }
    }
}
