using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;

namespace SkillBadges.Storage.Sqlite.Layout;

/// <summary>What makes a path in the file.</summary>
internal static class PathSql
{
    /// <summary>The index or the table; a table apart can be filled at once, an index is best made over filled columns.</summary>
    public static string Create(this PathTable path) => path.IsApart
        ? $"CREATE TABLE {path.Name} ({path.ColumnDefinitions(type => $"{TypeOf(type)} NOT NULL")}, id TEXT NOT NULL, PRIMARY KEY ({path.Key})) WITHOUT ROWID; CREATE INDEX {path.NameOfIds} ON {path.Name} (id)"
        : $"CREATE {(path.Path.IsUnique ? "UNIQUE " : "")}INDEX {path.Name} ON {path.KindTable} ({path.Key}) WHERE {path.Present}";

    /// <summary>The columns of an inline path; those by which rows lie on disk are never empty.</summary>
    public static string ColumnsSql(this PathTable path) => path.ColumnDefinitions(type => $"{TypeOf(type)}{(path.IsCluster ? " NOT NULL" : "")}");

    private static string TypeOf(IndexType type) => type == IndexType.Text ? "TEXT" : "INTEGER";
}
