using System.Collections.Immutable;

namespace SkillBadges.Core.Evidence;

public enum DecisionOutcome
{
    /// <summary>Every competency reached its level; the badge is issued.</summary>
    Approved,

    /// <summary>Not yet: the learner is told what is missing and may try again.</summary>
    Returned,

    /// <summary>Taken back within the school's undo window by who made it; the work waits again. Never asked for as a decision.</summary>
    Undone,
}

/// <summary>The level given to one competency, with an optional comment of up to 4,000 characters.</summary>
public sealed record CompetencyRating(string CompetencyId, string Level, string? Comment);

/// <summary>What an assessor decided about one attempt.</summary>
public sealed record Decision
{
    public const int MaxCommentLength = 4_000;

    public required string Id { get; init; }

    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Every competency of the badge when approved; those that were judged when returned.</summary>
    public required ImmutableArray<CompetencyRating> Ratings { get; init; }

    public required Assessor Assessor { get; init; }

    public DecisionContext? Context { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>To the learner; when returned, what is missing.</summary>
    public string? Comment { get; init; }

    /// <summary>The decision that this one takes the place of, and why.</summary>
    public string? Corrects { get; init; }

    public string? CorrectionReason { get; init; }

    /// <summary>Ids of the ratings or of the entries in the record that it sums up; null for one person's decision on the work itself.</summary>
    public ImmutableArray<string>? RestsOn { get; init; }
}
