using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Engine;
using SkillBadges.Storage.Sqlite.Layout;

namespace SkillBadges.Storage.Sqlite;

/// <summary>
/// A change made ready on the caller's thread: the body packed, the index rows computed, everything refused that can be
/// refused without looking.
/// </summary>
internal sealed class PreparedChange
{
    private readonly KindTable table;
    private readonly Change change;
    private readonly DocumentRows? rows;

    public PreparedChange(KindTable table, Change change)
    {
        this.table = table;
        this.change = change;
        StorableText.RequireId(change.Id);
        rows = change.Document is { } document ? new(table, document, change.Body, change.BodyVersion) : null;
    }

    /// <summary>What frees a value comes before what takes one.</summary>
    public int Order => change.Type switch { ChangeType.Require => 0, ChangeType.Remove => 1, ChangeType.Replace => 2, _ => 3 };

    public void Apply(Connection connection)
    {
        try
        {
            switch (change.Type)
            {
                case ChangeType.Add:
                    rows!.Insert(connection, change.Id, change.AsStored?.Version ?? 1);
                    break;
                case ChangeType.Replace:
                    rows!.Update(connection, change.Id, RequireVersion(connection));
                    break;
                case ChangeType.Remove:
                    RequireVersion(connection);
                    Delete(connection);
                    break;
                default:
                    RequireVersion(connection);
                    break;
            }
        }
        catch (SqliteException fault) when (fault.IsUniqueViolation)
        {
            throw new NotUniqueException(table.Kind.Name, ViolatedPath(fault));
        }
    }

    /// <summary>The paths, as bits, that a replacement has to write.</summary>
    private ulong RequireVersion(Connection connection)
    {
        using var stored = connection.Prepare(table.VersionOf);
        return stored.Bind(1, change.Id).Step() && stored.Number(0) == change.ReadVersion
            ? rows?.ChangedPaths(stored) ?? 0
            : throw new VersionConflictException(table.Kind.Name, change.Id);
    }

    private void Delete(Connection connection)
    {
        using (var delete = connection.Prepare(table.Delete))
        {
            delete.Bind(1, change.Id).Run();
        }

        foreach (var path in table.Paths.Where(path => path.IsApart))
        {
            IndexRows.Replace(connection, path, change.Id, []);
        }
    }

    /// <summary>SQLite says "UNIQUE constraint failed: table.column, table.column"; null means the id.</summary>
    private string? ViolatedPath(SqliteException fault)
    {
        var list = fault.Message[(fault.Message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];
        var columns = list.Split(", ").Select(name => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]).ToArray();
        return columns.Contains("id") ? null : table.Paths.First(path => path.Columns.Contains(columns[0])).Path.Name;
    }
}
