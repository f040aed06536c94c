using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Sharing.Shares;

/// <summary>The entries whose levels stand, one for each skill, under the scoring of its own scale: what somebody outside is told of a record.</summary>
public static class StandingLevels
{
    /// <param name="entries">Of one or more chains.</param>
    /// <param name="scales">Scale snapshots by digest.</param>
    public static IReadOnlyList<MasteryEntry> Of(IReadOnlyCollection<MasteryEntry> entries, IReadOnlyDictionary<Sha256Digest, MasteryScale> scales)
    {
        var corrected = entries.Select(entry => entry.Facts.Corrects).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. entries
                .Where(entry => entry.Facts.Effect != EntryEffect.Retracted && !corrected.Contains(entry.Id))
                .GroupBy(entry => (entry.RecordKeeper, entry.Facts.Competency.Badge.Slug, entry.Facts.Competency.CompetencyId, entry.Facts.Scale.Id))
                .Select(skill => Standing([.. skill.OrderBy(entry => entry.Facts.RecordedAt).ThenBy(entry => entry.Sequence)], scales))
                .OrderBy(entry => entry.Facts.Competency.Uri, StringComparer.Ordinal),
        ];
    }

    private static MasteryEntry Standing(IReadOnlyList<MasteryEntry> decided, IReadOnlyDictionary<Sha256Digest, MasteryScale> scales)
    {
        var scoring = scales[decided[^1].Facts.Scale.Digest].Scoring;
        var level = scoring.Standing([.. decided.Select(entry => new MasteryLevel(entry.Facts.Level.Code, entry.Facts.Level.Ordinal, entry.Facts.Level.Label, entry.Facts.Level.Descriptor))]);
        return decided.Last(entry => entry.Facts.Level.Code == level!.Code);
    }
}
