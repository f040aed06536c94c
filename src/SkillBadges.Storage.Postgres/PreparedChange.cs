using Npgsql;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres.Engine;
using SkillBadges.Storage.Postgres.Layout;

namespace SkillBadges.Storage.Postgres;

/// <summary>A change made ready before the transaction begins: the body packed, the index rows computed, the statements written.</summary>
internal sealed class PreparedChange
{
    private readonly KindTable table;
    private readonly Change change;
    private readonly byte[] body;

    public PreparedChange(KindTable table, Change change)
    {
        this.table = table;
        this.change = change;
        StorableText.RequireId(change.Id);
        body = change.Document is null ? [] : change.Body;
    }

    public string KindName => table.Kind.Name;

    public string Id => change.Id;

    /// <summary>Whether there is something to lock and a version to compare.</summary>
    public bool WasRead => change.Type != ChangeType.Add;

    public bool Writes => change.Type != ChangeType.Require;

    /// <summary>What frees a value comes before what takes one.</summary>
    public int Order => change.Type switch { ChangeType.Remove => 1, ChangeType.Replace => 2, _ => 3 };

    public NpgsqlBatchCommand Lock => Commands.Command(Writes ? table.LockToWrite : table.LockShared).With(change.Id);

    public void RequireVersion(long? stored)
    {
        if (stored != change.ReadVersion)
        {
            throw new VersionConflictException(table.Kind.Name, change.Id);
        }
    }

    public IEnumerable<NpgsqlBatchCommand> Statements => change.Type switch
    {
        ChangeType.Add => [Row(table.Insert), .. MovedIn(), .. AddApart()],
        ChangeType.Replace => [Row(table.Update), .. DeleteApart(), .. AddApart()],
        ChangeType.Remove => [Commands.Command(table.Delete).With(change.Id), .. DeleteApart()],
        _ => [],
    };

    /// <summary>The index says which path is full; the primary key of the kind's table means the id.</summary>
    public static NotUniqueException NotUnique(PostgresException fault, IEnumerable<KindTable> kinds)
    {
        foreach (var kind in kinds)
        {
            if (fault.TableName == kind.Table || kind.Apart.Any(path => path.Name == fault.TableName))
            {
                return new(kind.Kind.Name, kind.Paths.FirstOrDefault(path => path.Name == fault.ConstraintName || path.Name == fault.TableName)?.Path.Name);
            }
        }

        return new(fault.TableName ?? "outbox", null);
    }

    private NpgsqlBatchCommand Row(string sql)
    {
        var command = Commands.Command(sql).With(change.Id).With(change.BodyVersion).With(body);
        foreach (var path in table.Inline)
        {
            var row = path.RowOf(change.Document!);
            for (var i = 0; i < path.Columns.Length; i++)
            {
                command.With(row.Length == 0 ? default : row[i], path.Path.Columns[i].Type);
            }
        }

        return command;
    }

    // A document of another store keeps its version.
    private IEnumerable<NpgsqlBatchCommand> MovedIn() => change.AsStored is { Version: not 1 } stored ? [Commands.Command(table.SetVersion).With(change.Id).With(stored.Version)] : [];

    private IEnumerable<NpgsqlBatchCommand> AddApart() => table.Apart.SelectMany(path => IndexRows.Insert(path, change.Id, path.Path.RowsOf(change.Document!)));

    private IEnumerable<NpgsqlBatchCommand> DeleteApart() => table.Apart.Select(path => Commands.Command(path.Delete()).With(change.Id));
}
