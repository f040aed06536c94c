using System.Collections.Immutable;

namespace SkillBadges.Core.Storage;

/// <summary>A question along one access path, as a value. Made by <see cref="AccessPath{T}.Where"/>.</summary>
public sealed record DocumentQuery<T>(AccessPath<T> Path)
    where T : class
{
    public const int MaxFirstValues = 500;

    public const int MaxLimit = 5000;

    /// <summary>Values of the first column, one or up to <see cref="MaxFirstValues"/>; empty when the path has no equality column.</summary>
    public required ImmutableArray<IndexValue> First { get; init; }

    /// <summary>Values of the further equality columns.</summary>
    public required ImmutableArray<IndexValue> Rest { get; init; }

    /// <summary>Lowest order value, included.</summary>
    public IndexValue Lowest { get; init; }

    /// <summary>Order values end before this one.</summary>
    public IndexValue Before { get; init; }

    /// <summary>Order texts begin with this.</summary>
    public string? Prefix { get; init; }

    public bool IsDescending { get; init; }

    public int Limit { get; init; } = 50;

    /// <summary>Where the page before ended, as <see cref="Page{T}.Next"/> gave it.</summary>
    public string? Cursor { get; init; }

    public DocumentQuery<T> From(IndexValue lowest) => this with { Lowest = lowest };

    public DocumentQuery<T> To(IndexValue before) => this with { Before = before };

    public DocumentQuery<T> StartingWith(string prefix) => this with { Prefix = prefix };

    public DocumentQuery<T> Descending() => this with { IsDescending = true };

    public DocumentQuery<T> Take(int limit) =>
        limit is > 0 and <= MaxLimit ? this with { Limit = limit } : throw Refused.Invalid("paging.limit", $"A page holds 1 to {MaxLimit} items.");

    public DocumentQuery<T> After(string? cursor) => this with { Cursor = cursor };
}

/// <summary>A page of an answer; <see cref="Next"/> is null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<Read<T>> Items, string? Next)
    where T : class
{
    public IEnumerable<T> Documents => Items.Select(item => item.Document);
}
