using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>Where a framework's words come from.</summary>
public enum FrameworkSource
{
    /// <summary>A CASE package that somebody else publishes.</summary>
    Imported,

    /// <summary>Written here.</summary>
    Local,
}

/// <summary>A framework as it stands now. Its items are documents of their own, of one <see cref="Set"/>; the package is a file.</summary>
/// <param name="Id">The identifier of its CFDocument.</param>
/// <param name="Owner">Who keeps it here; null for one that the operator imported for everybody.</param>
/// <param name="Revision">From 1; grows with each change of content.</param>
/// <param name="Set">Which item documents are its current ones.</param>
/// <param name="Package">The package's bytes in the file store.</param>
public sealed record Framework(string Id, OrganizationId? Owner, FrameworkSource Source, int Revision, string Set, Sha256Digest Package, DateTimeOffset ChangedAt)
{
    public required string Uri { get; init; }

    public required string Title { get; init; }

    public required string Creator { get; init; }

    /// <summary>When its publisher last changed it.</summary>
    public DateTimeOffset LastChange { get; init; }

    public string? Version { get; init; }

    public string? AdoptionStatus { get; init; }

    public string? Language { get; init; }

    public ImmutableArray<string> Subjects { get; init; } = [];

    public int Items { get; init; }

    public int Associations { get; init; }

    public int Rubrics { get; init; }

    /// <summary>Whether it is its owner's alone for now (adoption status Private Draft).</summary>
    public bool IsPrivate => AdoptionStatus == CaseDocument.PrivateDraft;
}

/// <summary>One item, found by code, word, address or identifier.</summary>
/// <param name="Position">Its place in reading order, from 0: parents before their children, children by sequence number.</param>
/// <param name="Depth">How many ancestors stand above it on that way.</param>
public sealed record FrameworkItem(string Set, string Framework, string Identifier, string Uri, string Statement, int Position, int Depth)
{
    /// <summary>When its publisher last changed it.</summary>
    public DateTimeOffset LastChange { get; init; }

    public string? Code { get; init; }

    public string? Abbreviated { get; init; }

    public string? ItemType { get; init; }

    public string? Language { get; init; }

    public ImmutableArray<string> EducationLevels { get; init; } = [];

    /// <summary>Identifiers of the items right above it.</summary>
    public ImmutableArray<string> Parents { get; init; } = [];

    public string Id => IdOf(Set, Identifier);

    public static string IdOf(string set, string identifier) => $"{set}:{identifier}";
}

/// <summary>A statement of a framework that compares one of its items with another, perhaps of another framework.</summary>
public sealed record FrameworkLink(string Set, string Framework, string Association, string Origin, string Destination, bool IsReplacement)
{
    public string Id => $"{Set}:{Association}";
}
