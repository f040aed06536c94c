using System.Collections.Immutable;

namespace SkillBadges.Core.OneRoster.Files;

/// <summary>How a cell is written.</summary>
public enum ColumnForm
{
    /// <summary>Words for people.</summary>
    Text,

    /// <summary>Words of machines that nobody is shown: kept out of what is stored.</summary>
    Opaque,

    /// <summary>A sourcedId; with <see cref="RosterColumn.Refers"/> that of a record of another file.</summary>
    Id,

    /// <summary>sourcedIds with commas between them.</summary>
    Ids,

    /// <summary><c>YYYY-MM-DD</c>.</summary>
    Date,

    /// <summary>ISO 8601 with a time zone.</summary>
    Instant,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A word of <see cref="RosterColumn.Words"/>.</summary>
    Word,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>Four digits.</summary>
    Year,

    /// <summary>Pairs <c>{left:right}</c> with commas between them.</summary>
    Pairs,

    /// <summary>Words with commas between them.</summary>
    Texts,
}

/// <summary>A column of a file of OneRoster 1.2.</summary>
public sealed record RosterColumn(string Name, ColumnForm Form)
{
    public bool IsRequired { get; init; }

    /// <summary>The file whose records an id names.</summary>
    public string? Refers { get; init; }

    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Whether a file may come without this column: two readings of the standard are about, with and without it.</summary>
    public bool MayBeMissing { get; init; }

    public bool HoldsIds => Form is ColumnForm.Id or ColumnForm.Ids;
}

/// <summary>A file of a pack: its name without <c>.csv</c>, and its columns in their order.</summary>
public sealed record RosterFile(string Name, ImmutableArray<RosterColumn> Columns)
{
    public string FileName => $"{Name}.csv";

    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Length; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        throw new ArgumentException($"{Name} has no column {column}.", nameof(column));
    }
}
