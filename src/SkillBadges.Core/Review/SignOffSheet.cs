using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Review;

/// <summary>The last time that somebody saw the skill.</summary>
public sealed record LastSeen(ObservationId Observation, string Level, DateTimeOffset At, PersonId By, string? Note);

/// <summary>A student's line.</summary>
/// <param name="Version">Of the badge: that of the student's open work, else the current one.</param>
/// <param name="Level">Code of the level that the record gives now; null when nothing counts.</param>
/// <param name="Waiting">Turned-in work on the badge that waits for a decision.</param>
/// <param name="IsWorking">Whether there is a draft.</param>
public sealed record SheetLine(PersonId Learner, string Name, BadgeVersionId Version, string? Level, bool IsReached, LastSeen? Seen, SubmissionId? Waiting, bool IsWorking)
{
    /// <param name="person">The student.</param>
    /// <param name="badge">The version that an observation would be of.</param>
    /// <param name="competencyId">The skill.</param>
    /// <param name="entries">What the school's record says of the student about the skill, in its order.</param>
    /// <param name="open">The student's open work on the badge there.</param>
    /// <param name="now">The instant of looking.</param>
    public static SheetLine Of(Person person, BadgeDefinition badge, string competencyId, IReadOnlyCollection<MasteryEntry> entries, Submission? open, DateTimeOffset now)
    {
        var standing = SkillStanding.Of(badge, competencyId, entries, now);
        var corrected = entries.Select(entry => entry.Facts.Corrects).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var seen = entries.Where(entry => entry.Facts is { Provenance: { Source: Observation.Source, DecisionId: not null }, Effect: not EntryEffect.Retracted } && !corrected.Contains(entry.Id)).MaxBy(entry => entry.Facts.DecidedAt);
        return new(
            person.Id,
            person.DisplayName,
            badge.Id,
            standing.Level?.Code,
            standing.Level is { } level && badge.Satisfies(competencyId, level.Code),
            seen is null ? null : new(ObservationId.From(seen.Facts.Provenance.DecisionId!), seen.Facts.Level.Code, seen.Facts.DecidedAt, seen.Facts.Assessor.Person, seen.Notes?.Comment),
            open is { State: SubmissionState.Submitted } ? open.Id : null,
            open is { State: SubmissionState.Draft });
    }
}

/// <summary>One skill of one badge for a whole class, or for all interns of a supervisor: what an assessor with a phone in hand wants to know before they look.</summary>
/// <param name="School">Whose record it is.</param>
/// <param name="Section">The class; null when it is of a supervisor's interns.</param>
/// <param name="Badge">The current version.</param>
/// <param name="Lines">By name.</param>
public sealed record SignOffSheet(OrganizationId School, ClassSection? Section, BadgeDefinition Badge, Competency Competency, ImmutableArray<SheetLine> Lines);
