using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Transfers.Placing;

/// <summary>What a person decided about a skill that a student brought along.</summary>
public enum PlacingOutcome
{
    /// <summary>It counts here as it stands.</summary>
    Accepted,

    /// <summary>The student is asked to show more.</summary>
    ShowMore,

    NotCounted,
}

/// <summary>A counselor's recorded decision about one carried entry (R21). Deciding again adds to the history; the last one holds.</summary>
/// <param name="Id">Of the carried entry.</param>
public sealed record CoursePlacement(string Id, OrganizationId School, PersonId Learner, PlacingOutcome Outcome, string? Note, PersonId DecidedBy, DateTimeOffset DecidedAt)
{
    public const int MaxNoteLength = 1_000;

    /// <summary>What was decided before, latest first.</summary>
    public System.Collections.Immutable.ImmutableArray<CoursePlacement> Earlier { get; init; } = [];

    /// <exception cref="RefusedException"><c>course-placement.note</c>.</exception>
    public static CoursePlacement Decide(CoursePlacement? before, string entry, OrganizationId school, PersonId learner, PlacingOutcome outcome, string? note, PersonId by, DateTimeOffset at) =>
        new(entry, school, learner, outcome, DisplayText.Optional(note, MaxNoteLength, "course-placement.note"), by, at) { Earlier = before is null ? [] : [before with { Earlier = [] }, .. before.Earlier.Take(49)] };
}

public static class CoursePlacementDocuments
{
    public static readonly DocumentKind<CoursePlacement> Kind = new("course_placement", p => p.Id);
}
