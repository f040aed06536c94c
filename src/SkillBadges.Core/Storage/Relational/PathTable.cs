namespace SkillBadges.Core.Storage.Relational;

/// <summary>
/// How one access path lies in a relational engine: columns of the kind's table under one partial index, or, when it has a
/// multi-valued column, a table of its own in the order of the path. Column <c>c</c> of path <c>p</c> is <c>p__c</c>.
/// </summary>
public sealed class PathTable
{
    public PathTable(string kindTable, string kindName, AccessPath path, bool isCluster)
    {
        Path = path;
        IsCluster = isCluster;
        Columns = [.. path.Columns.Select(column => StoredName.Join($"{StoredName.Require(path.Name)}__{StoredName.Require(column.Name)}"))];
        Name = $"p_{kindName}__{path.Name}";
        StoredName.Join(NameOfIds);
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

    /// <summary>Whether the rows of the kind lie in the order of this path, where the engine can do that.</summary>
    public bool IsCluster { get; }

    public string[] Columns { get; }

    /// <summary>Name of the index, or of the table when <see cref="IsApart"/>.</summary>
    public string Name { get; }

    /// <summary>Name of the index by which a path apart finds the rows of one document.</summary>
    public string NameOfIds => $"{Name}__id";

    public string KindTable { get; }

    /// <summary>Whether the path has a table of its own.</summary>
    public bool IsApart => Path.IsMultiValued;

    /// <summary>What the store remembers of the path; another text means that it must be built anew.</summary>
    public string Declaration => string.Join(' ', [
        .. Path.Columns.Select((column, i) => $"{(i == 0 && IsApart ? "each " : i == Columns.Length - 1 && Path.HasOrder ? "order " : "")}{column.Name}:{column.Type}"),
        .. Path.IsUnique ? (string[])["unique"] : [],
        $"revision:{Path.Revision}"]);

    /// <summary>The columns that lie in order: the id last, unless the rest alone may occur once only.</summary>
    public string Key => string.Join(", ", Path.IsUnique ? Columns : [.. Columns, "id"]);

    /// <summary>The values of a unique path order its rows by themselves. Without an order column they are all given, and at most one row is there.</summary>
    public bool HasIdInOrder => !Path.IsUnique || !Path.HasOrder;

    /// <summary>The condition of the partial index: a document with an absent value is not on the path.</summary>
    public string Present => string.Join(" AND ", Columns.Select(column => $"{column} IS NOT NULL"));

    /// <summary>The columns with the engine's type of each.</summary>
    public string ColumnDefinitions(Func<IndexType, string> type) => string.Join(", ", Columns.Select((column, i) => $"{column} {type(Path.Columns[i].Type)}"));

    /// <summary>The row of a document on a path that has one at most; empty when it is not on the path.</summary>
    public IndexValue[] RowOf(object document) => Path.RowsOf(document) is [var row, ..] ? row : [];
}
