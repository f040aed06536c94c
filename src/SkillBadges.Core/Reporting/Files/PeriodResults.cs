using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>What stands of a learner's skills that were decided in a period; pure.</summary>
public static class PeriodResults
{
    /// <summary>
    /// For each skill with a decision recorded in the period, the entry whose level stood at its end under the school's policy. What was corrected since counts as corrected: a mistake is not
    /// reported. What stands because another issuer's word counts is not reported: nobody taught it here.
    /// </summary>
    /// <param name="chain">All entries of one record-keeper and learner.</param>
    /// <param name="scales">Scale snapshots by digest.</param>
    /// <param name="scoring">How the record-keeper reads histories.</param>
    /// <param name="from">The first instant of the period.</param>
    /// <param name="until">The first instant after it.</param>
    public static IReadOnlyList<MasteryEntry> Of(
        IReadOnlyCollection<MasteryEntry> chain, IReadOnlyDictionary<Sha256Digest, MasteryScale> scales, ScoringChoices scoring, DateTimeOffset from, DateTimeOffset until)
    {
        var byId = chain.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        var standing = LevelFact.Standing([.. chain.Select(LevelFact.Of)]);
        return
        [
            .. standing.Where(fact => fact.RecordedAt < until)
                .GroupBy(fact => (byId[fact.EntryId].Facts.Competency.Badge.Slug, fact.CompetencyId, fact.Scale.Id))
                .Where(group => group.Any(fact => from <= fact.RecordedAt))
                .Select(group => SkillProgression.Of([.. group], scoring.For(byId[group.First().EntryId].RecordKeeper, scales[group.Last().Scale.Digest])).Standing)
                .OfType<LevelFact>().Select(fact => byId[fact.EntryId]).Where(entry => entry.Facts.Recognized is null)
                .OrderBy(entry => entry.Facts.Competency.Uri, StringComparer.Ordinal).ThenBy(entry => entry.Facts.Scale.Id, StringComparer.Ordinal),
        ];
    }
}
