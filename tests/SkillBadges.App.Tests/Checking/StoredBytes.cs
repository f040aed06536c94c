using SkillBadges.Core.Storage;
using SQLitePCL;

namespace SkillBadges.App.Tests.Checking;

/// <summary>What a disk or a hand does behind the back of the store: another body, and no index that knows of it.</summary>
internal static class StoredBytes
{
    public static void Replace(string dataFolder, DocumentKind kind, string id, byte[] json) => ReplaceAll(dataFolder, [(kind, id, json)]);

    public static void ReplaceAll(string dataFolder, IEnumerable<(DocumentKind Kind, string Id, byte[] Json)> bodies)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Path.Combine(dataFolder, "store.db"), out var database));
        using (database)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, "BEGIN"));
            foreach (var (kind, id, json) in bodies)
            {
                Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(database, $"UPDATE d_{kind.Name} SET body = ?1 WHERE id = ?2", out var update));
                using (update)
                {
                    raw.sqlite3_bind_blob(update, 1, StoredBody.Pack(json));
                    raw.sqlite3_bind_text(update, 2, id);
                    Assert.Equal(raw.SQLITE_DONE, raw.sqlite3_step(update));
                    Assert.Equal(1, raw.sqlite3_changes(database));
                }
            }

            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, "COMMIT"));
        }
    }
}
