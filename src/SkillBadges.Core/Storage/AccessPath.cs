namespace SkillBadges.Core.Storage;

/// <summary>A column of an access path.</summary>
public sealed record IndexColumn(string Name, IndexType Type);

/// <summary>
/// A declared way to find documents, as an adapter sees it: columns in the order of one compound index, the document's
/// id last. What is not declared cannot be asked.
/// </summary>
public abstract class AccessPath(string name)
{
    public string Name { get; } = name;

    /// <summary>The multi-valued column if there is one, the equality columns, then the order column.</summary>
    public abstract IReadOnlyList<IndexColumn> Columns { get; }

    /// <summary>Whether the first column has one index row per value.</summary>
    public abstract bool IsMultiValued { get; }

    public abstract bool HasOrder { get; }

    /// <summary>Whether the columns, without the id, may occur once only.</summary>
    public abstract bool IsUnique { get; }

    /// <summary>Raised when the same document is to have other values than before, so that stores fill the path anew.</summary>
    public abstract int Revision { get; }

    /// <summary>The index rows of a document: none when a value is absent, else one, or one per distinct value.</summary>
    public abstract IReadOnlyList<IndexValue[]> RowsOf(object document);
}

/// <summary>
/// Declares an access path: <c>new AccessPath&lt;Submission&gt;("learner").Equal("learner", s =&gt; s.Learner.Value).OrderBy("updated", s =&gt; s.UpdatedAt)</c>.
/// Names are lower-case words joined by underscores; they become names of columns and indexes.
/// </summary>
public sealed class AccessPath<T>(string name) : AccessPath(name)
    where T : class
{
    private readonly List<IndexColumn> columns = [];
    private readonly List<Func<T, IndexValue>> readers = [];
    private Func<T, IEnumerable<string>>? each;
    private bool ordered;
    private bool unique;
    private int revision = 1;

    public override IReadOnlyList<IndexColumn> Columns => columns;

    public override bool IsMultiValued => each is not null;

    public override bool HasOrder => ordered;

    public override bool IsUnique => unique;

    public override int Revision => revision;

    /// <summary>How many values a query must give: all columns but the order.</summary>
    public int EqualityCount => columns.Count - (ordered ? 1 : 0);

    /// <summary>One index row for each distinct value; must come first.</summary>
    public AccessPath<T> Each(string column, Func<T, IEnumerable<string>> values)
    {
        if (columns.Count > 0)
        {
            throw new InvalidOperationException("The multi-valued column of an access path comes first.");
        }

        each = values;
        return Add(column, IndexType.Text, null);
    }

    public AccessPath<T> Equal(string column, Func<T, string?> value) => Add(column, IndexType.Text, document => IndexValue.Of(value(document)));

    public AccessPath<T> Equal(string column, Func<T, long?> value) => Add(column, IndexType.Number, document => IndexValue.Of(value(document)));

    public AccessPath<T> OrderBy(string column, Func<T, string?> value) => Order(column, IndexType.Text, document => IndexValue.Of(value(document)));

    public AccessPath<T> OrderBy(string column, Func<T, long?> value) => Order(column, IndexType.Number, document => IndexValue.Of(value(document)));

    public AccessPath<T> OrderBy(string column, Func<T, DateTimeOffset?> value) => Order(column, IndexType.Number, document => IndexValue.Of(value(document)));

    /// <summary>The columns may occur once among all documents that have them: a real unique index.</summary>
    public AccessPath<T> Unique()
    {
        unique = true;
        return this;
    }

    /// <summary>To be raised by one when a column is computed in another way than before.</summary>
    public AccessPath<T> Revised(int number)
    {
        revision = number;
        return this;
    }

    /// <summary>Documents whose equality columns have exactly these values, in the order of the path.</summary>
    public DocumentQuery<T> Where(params IndexValue[] values)
    {
        if (values.Length != EqualityCount)
        {
            throw new ArgumentException($"Access path {Name} takes {EqualityCount} values.", nameof(values));
        }

        return values.Length == 0
            ? new(this) { First = [], Rest = [] }
            : new(this) { First = [values[0]], Rest = [.. values[1..]] };
    }

    /// <summary>As <see cref="Where"/>, with up to 500 values for the first column; the answer is in order of that value first.
    /// A document with several of the values, along a multi-valued path, is there once for each.</summary>
    public DocumentQuery<T> WhereAny(IReadOnlyCollection<string> firsts, params IndexValue[] rest)
    {
        var distinct = firsts.Distinct(StringComparer.Ordinal).Select(IndexValue.Of).ToArray();
        if (distinct.Length > DocumentQuery<T>.MaxFirstValues || rest.Length != EqualityCount - 1)
        {
            throw new ArgumentException($"Access path {Name} takes up to {DocumentQuery<T>.MaxFirstValues} first values and {EqualityCount - 1} more.", nameof(firsts));
        }

        return new(this) { First = [.. distinct], Rest = [.. rest] };
    }

    public override IReadOnlyList<IndexValue[]> RowsOf(object document)
    {
        var typed = (T)document;
        var single = readers.Select(read => read(typed)).ToArray();
        if (single.Any(value => value.IsAbsent))
        {
            return [];
        }

        return each is null
            ? [single]
            : [.. each(typed).Distinct(StringComparer.Ordinal).Select(value => (IndexValue[])[IndexValue.Of(value), .. single])];
    }

    private AccessPath<T> Order(string column, IndexType type, Func<T, IndexValue> value)
    {
        Add(column, type, value);
        ordered = true;
        return this;
    }

    private AccessPath<T> Add(string column, IndexType type, Func<T, IndexValue>? value)
    {
        if (ordered)
        {
            throw new InvalidOperationException("The order column of an access path comes last.");
        }

        columns.Add(new(column, type));
        if (value is not null)
        {
            readers.Add(value);
        }

        return this;
    }
}
