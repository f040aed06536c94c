using System.Collections.Immutable;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>
/// A competency framework as CASE exchanges it (1EdTech Competencies and Academic Standards Exchange 1.0, 2017-07-07, and 1.1, 2025-01-24): a CFPackage.
/// Identifiers are UUIDs in lower case. Members that neither version names are not kept.
/// </summary>
public sealed record CasePackage(CaseDocument Document)
{
    public ImmutableArray<CaseItem> Items { get; init; } = [];

    public ImmutableArray<CaseAssociation> Associations { get; init; } = [];

    public CaseDefinitions? Definitions { get; init; }

    public ImmutableArray<CaseRubric> Rubrics { get; init; } = [];
}

/// <summary>What every part of a package has.</summary>
/// <param name="Identifier">A UUID in lower case; the same wherever the framework is published.</param>
/// <param name="Uri">Where it is published.</param>
/// <param name="LastChange">When it last changed.</param>
public sealed record CaseIdentity(string Identifier, string Uri, DateTimeOffset LastChange);

/// <summary>A reference to a part, of this package or of another: LinkURI and LinkGenURI.</summary>
/// <param name="Identifier">As the publisher wrote it, UUIDs in lower case.</param>
public sealed record CaseLink(string Title, string Identifier, string Uri, string? TargetType = null);

/// <summary>CFDocument: what the framework is and whose.</summary>
public sealed record CaseDocument(CaseIdentity Identity, string Creator, string Title)
{
    public string? FrameworkType { get; init; }

    /// <summary><c>1.1</c>, or null in packages of 1.0.</summary>
    public string? CaseVersion { get; init; }

    public string? OfficialSourceUrl { get; init; }

    public string? Publisher { get; init; }

    public string? Description { get; init; }

    public ImmutableArray<string> Subjects { get; init; } = [];

    public ImmutableArray<CaseLink> SubjectLinks { get; init; } = [];

    public string? Language { get; init; }

    public string? Version { get; init; }

    /// <summary>One of <see cref="AdoptionStatuses"/>, or null.</summary>
    public string? AdoptionStatus { get; init; }

    public DateOnly? StatusStart { get; init; }

    public DateOnly? StatusEnd { get; init; }

    public CaseLink? License { get; init; }

    public string? Notes { get; init; }

    public CaseLink? Package { get; init; }

    public const string PrivateDraft = "Private Draft";

    public static readonly ImmutableArray<string> AdoptionStatuses = [PrivateDraft, "Draft", "Adopted", "Deprecated"];
}

/// <summary>CFItem: one statement of what somebody knows or can do, or a heading above some.</summary>
public sealed record CaseItem(CaseIdentity Identity, string FullStatement)
{
    public string? AlternativeLabel { get; init; }

    public string? ItemType { get; init; }

    public string? HumanCodingScheme { get; init; }

    public string? ListEnumeration { get; init; }

    public string? AbbreviatedStatement { get; init; }

    public ImmutableArray<string> ConceptKeywords { get; init; } = [];

    public CaseLink? ConceptKeywordsLink { get; init; }

    public string? Notes { get; init; }

    public ImmutableArray<string> Subjects { get; init; } = [];

    public ImmutableArray<CaseLink> SubjectLinks { get; init; } = [];

    public string? Language { get; init; }

    public ImmutableArray<string> EducationLevels { get; init; } = [];

    public CaseLink? ItemTypeLink { get; init; }

    public CaseLink? License { get; init; }

    public CaseLink? Document { get; init; }

    public DateOnly? StatusStart { get; init; }

    public DateOnly? StatusEnd { get; init; }
}

/// <summary>CFAssociation: how two parts stand to each other, read from origin to destination: the origin <c>isChildOf</c> the destination.</summary>
public sealed record CaseAssociation(CaseIdentity Identity, string Type, CaseLink Origin, CaseLink Destination)
{
    public const string ChildOf = "isChildOf";
    public const string ExactMatchOf = "exactMatchOf";
    public const string ReplacedBy = "replacedBy";

    /// <summary>Place among the children of a destination.</summary>
    public int? SequenceNumber { get; init; }

    public CaseLink? Grouping { get; init; }

    public string? Notes { get; init; }

    /// <summary>The words of 1.0, the one that 1.1 adds; others begin with <c>ext:</c>.</summary>
    public static readonly ImmutableArray<string> Types =
        [ChildOf, "isPeerOf", "isPartOf", ExactMatchOf, "precedes", "isRelatedTo", ReplacedBy, "exemplar", "hasSkillLevel", "isTranslationOf"];
}
