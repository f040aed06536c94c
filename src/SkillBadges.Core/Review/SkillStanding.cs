using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Review;

/// <summary>Where a learner stands in one skill of a badge by what the record says, before anybody makes a badge of it.</summary>
/// <param name="Level">By the scale's own policy; null when nothing counts.</param>
/// <param name="Entries">Those that count, in the order of the record.</param>
public sealed record SkillStanding(MasteryLevel? Level, ImmutableArray<MasteryEntry> Entries)
{
    /// <param name="badge">The version that is asked about; entries of other versions do not count.</param>
    /// <param name="competencyId">One of its skills.</param>
    /// <param name="chain">Entries of the learner's record at one record-keeper, in its order; at least those about the skill.</param>
    /// <param name="now">Entries that are no longer recent do not count.</param>
    public static SkillStanding Of(BadgeDefinition badge, string competencyId, IReadOnlyCollection<MasteryEntry> chain, DateTimeOffset now)
    {
        var corrected = chain.Select(entry => entry.Facts.Corrects).OfType<string>().ToHashSet(StringComparer.Ordinal);
        ImmutableArray<MasteryEntry> counting =
        [
            .. chain.Where(entry => entry.Facts.Competency.Badge == badge.Id && entry.Facts.Competency.CompetencyId == competencyId && entry.Facts.Effect != EntryEffect.Retracted && !corrected.Contains(entry.Id)
                && (entry.Facts.ValidUntil is not { } until || now < until) && CountsAlone(badge, entry.Facts.Assessor)),
        ];
        return new(badge.Scale.Scoring.Standing([.. counting.Select(entry => badge.Scale.Level(entry.Facts.Level.Code))]), counting);
    }

    // Where a supervisor signs beside a teacher, levels that they gave when sending work back are in the record and make no badge.
    private static bool CountsAlone(BadgeDefinition badge, Assessor assessor) => assessor.Capacity != ReviewerRole.Supervisor || badge.Review.Supervisor == SupervisorMode.Sole;
}
