using System.Collections.Immutable;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>CFRubric: how work on items of the framework is judged.</summary>
public sealed record CaseRubric(CaseIdentity Identity)
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    public ImmutableArray<CaseRubricCriterion> Criteria { get; init; } = [];
}

/// <summary>CFRubricCriterion: one thing that is judged.</summary>
public sealed record CaseRubricCriterion(CaseIdentity Identity)
{
    public string? Category { get; init; }

    public string? Description { get; init; }

    public CaseLink? Item { get; init; }

    public decimal? Weight { get; init; }

    public int? Position { get; init; }

    public string? RubricId { get; init; }

    public ImmutableArray<CaseCriterionLevel> Levels { get; init; } = [];
}

/// <summary>CFRubricCriterionLevel: what one level of it looks like.</summary>
public sealed record CaseCriterionLevel(CaseIdentity Identity)
{
    public string? Description { get; init; }

    public string? Quality { get; init; }

    public decimal? Score { get; init; }

    public string? Feedback { get; init; }

    public int? Position { get; init; }

    public string? RubricCriterionId { get; init; }
}

/// <summary>CFDefinitions: the lists that the other parts refer to.</summary>
public sealed record CaseDefinitions
{
    public ImmutableArray<CaseEntry> Concepts { get; init; } = [];

    public ImmutableArray<CaseEntry> Subjects { get; init; } = [];

    public ImmutableArray<CaseEntry> Licenses { get; init; } = [];

    public ImmutableArray<CaseEntry> ItemTypes { get; init; } = [];

    public ImmutableArray<CaseEntry> AssociationGroupings { get; init; } = [];
}

/// <summary>An entry of one of the lists; which of the further members it may have depends on the list.</summary>
public sealed record CaseEntry(CaseIdentity Identity, string Title)
{
    public string? Description { get; init; }

    /// <summary>Concepts, subjects, item types.</summary>
    public string? HierarchyCode { get; init; }

    /// <summary>Concepts.</summary>
    public string? Keywords { get; init; }

    /// <summary>Item types.</summary>
    public string? TypeCode { get; init; }

    /// <summary>Licenses.</summary>
    public string? LicenseText { get; init; }
}
