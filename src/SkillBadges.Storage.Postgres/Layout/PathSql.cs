using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;

namespace SkillBadges.Storage.Postgres.Layout;

/// <summary>What makes a path in the database.</summary>
internal static class PathSql
{
    /// <summary>The table of a path apart.</summary>
    public static string CreateTable(this PathTable path) =>
        $"CREATE TABLE {path.Name} ({path.ColumnDefinitions(type => $"{TypeOf(type)} NOT NULL")}, id text COLLATE \"C\" NOT NULL, PRIMARY KEY ({path.Key})); CREATE INDEX {path.NameOfIds} ON {path.Name} (id)";

    /// <summary>The index of an inline path; <paramref name="online"/> lets others write meanwhile.</summary>
    public static string CreateIndex(this PathTable path, bool online) =>
        $"CREATE {(path.Path.IsUnique ? "UNIQUE " : "")}INDEX {(online ? "CONCURRENTLY " : "")}{path.Name} ON {path.KindTable} ({path.Key}) WHERE {path.Present}";

    public static string Insert(this PathTable path) =>
        $"INSERT INTO {path.Name} VALUES ({string.Join(", ", Enumerable.Range(1, path.Columns.Length + 1).Select(n => $"${n}"))})";

    public static string Delete(this PathTable path) => $"DELETE FROM {path.Name} WHERE id = $1";

    public static string ColumnsSql(this PathTable path) => path.ColumnDefinitions(TypeOf);

    // Texts lie by code point, whatever the language of the cluster.
    private static string TypeOf(IndexType type) => type == IndexType.Text ? "text COLLATE \"C\"" : "bigint";
}
