using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Sqlite.Layout;

/// <summary>
/// How one access path lies in the file: columns of the kind's table under one partial index, or, when it has a
/// multi-valued column, a table of its own in the order of the path. Column <c>c</c> of path <c>p</c> is <c>p__c</c>.
/// </summary>
internal sealed class PathTable
{
    public PathTable(string kindTable, string kindName, AccessPath path, bool isCluster)
    {
        Path = path;
        IsCluster = isCluster;
        Columns = [.. path.Columns.Select(column => $"{SqlName.Require(path.Name)}__{SqlName.Require(column.Name)}")];
        Name = $"p_{kindName}__{path.Name}";
        KindTable = kindTable;
        if (Columns.Length == 0)
        {
            throw new InvalidOperationException($"Access path {path.Name} of {kindName} has no column.");
        }

        if (isCluster && path.IsMultiValued)
        {
            throw new InvalidOperationException($"{kindName} cannot be clustered by {path.Name}, which is multi-valued.");
        }
    }

    public AccessPath Path { get; }

    /// <summary>Whether the rows of the kind lie in the order of this path.</summary>
    public bool IsCluster { get; }

    public string[] Columns { get; }

    /// <summary>Name of the index, or of the table when <see cref="IsApart"/>.</summary>
    public string Name { get; }

    public string KindTable { get; }

    /// <summary>Whether the path has a table of its own.</summary>
    public bool IsApart => Path.IsMultiValued;

    /// <summary>What the file remembers of the path; another text means that it must be built anew.</summary>
    public string Declaration => string.Join(' ', [
        .. Path.Columns.Select((column, i) => $"{(i == 0 && IsApart ? "each " : i == Columns.Length - 1 && Path.HasOrder ? "order " : "")}{column.Name}:{column.Type}"),
        .. Path.IsUnique ? (string[])["unique"] : [],
        $"revision:{Path.Revision}"]);

    /// <summary>Where the columns are read.</summary>
    public string Source => IsApart ? Name : KindTable;

    public static string TypeOf(IndexType type) => type == IndexType.Text ? "TEXT" : "INTEGER";

    /// <summary>Makes the index or the table; a table apart can be filled at once, an index is best made over filled columns.</summary>
    public string Create => IsApart
        ? $"CREATE TABLE {Name} ({ColumnDefinitions(" NOT NULL")}, id TEXT NOT NULL, PRIMARY KEY ({Key})) WITHOUT ROWID; CREATE INDEX {Name}__id ON {Name} (id)"
        : $"CREATE {(Path.IsUnique ? "UNIQUE " : "")}INDEX {Name} ON {KindTable} ({Key}) WHERE {Present}";

    /// <summary>The columns that lie in order: the id last, unless the rest alone may occur once only.</summary>
    public string Key => string.Join(", ", Path.IsUnique ? Columns : [.. Columns, "id"]);

    public string ColumnDefinitions(string suffix) =>
        string.Join(", ", Columns.Select((column, i) => $"{column} {TypeOf(Path.Columns[i].Type)}{suffix}"));

    private string Present => string.Join(" AND ", Columns.Select(column => $"{column} IS NOT NULL"));
}
