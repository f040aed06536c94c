using Npgsql;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Postgres.Engine;

namespace SkillBadges.Storage.Postgres.Layout;

/// <summary>The rows of a document in a path that has a table of its own.</summary>
internal static class IndexRows
{
    public static IEnumerable<NpgsqlBatchCommand> Insert(PathTable path, string id, IReadOnlyList<IndexValue[]> rows) =>
        rows.Select(row => row.Aggregate(Commands.Command(path.Insert()), (command, value) => command.With(value)).With(id));
}
