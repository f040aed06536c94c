using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Ledger;

/// <summary>What a view of many learners needs of an entry, and nothing of its words: made from the entry alone.</summary>
/// <param name="Version">Of the badge.</param>
/// <param name="Level">Code of the native level.</param>
/// <param name="Corrects">Id of the entry that this one replaces or retracts.</param>
public sealed record LevelFact(
    string EntryId,
    long Sequence,
    string CompetencyId,
    int Version,
    ScaleReference Scale,
    string Level,
    int Ordinal,
    bool IsSufficient,
    int Attempt,
    DateTimeOffset DecidedAt,
    DateTimeOffset RecordedAt,
    EntryEffect Effect,
    string? Corrects,
    ClassSectionId? Section)
{
    public static LevelFact Of(MasteryEntry entry) => new(
        entry.Id,
        entry.Sequence,
        entry.Facts.Competency.CompetencyId,
        entry.Facts.Competency.Badge.Version,
        entry.Facts.Scale,
        entry.Facts.Level.Code,
        entry.Facts.Level.Ordinal,
        entry.Facts.Level.IsSufficient,
        entry.Facts.Attempt,
        entry.Facts.DecidedAt,
        entry.Facts.RecordedAt,
        entry.Facts.Effect,
        entry.Facts.Corrects,
        entry.Facts.Context?.Section);

    /// <summary>The facts that count: what was retracted or replaced does not, nor does the retraction.</summary>
    public static ImmutableArray<LevelFact> Standing(ImmutableArray<LevelFact> facts)
    {
        var (isWhole, isInOrder) = (true, true);
        for (var i = 0; i < facts.Length; i++)
        {
            isWhole &= facts[i].Corrects is null && facts[i].Effect != EntryEffect.Retracted;
            isInOrder &= i == 0 || !IsBefore(facts[i], facts[i - 1]);
        }

        if (isWhole)
        {
            // Nearly every sheet is as it was written: a class asks about thousands.
            return isInOrder ? facts : [.. InOrder(facts)];
        }

        var corrected = facts.Where(fact => fact.Corrects is not null).Select(fact => fact.Corrects).ToHashSet(StringComparer.Ordinal);
        return [.. InOrder(facts.Where(fact => fact.Effect != EntryEffect.Retracted && !corrected.Contains(fact.EntryId)))];
    }

    private static IEnumerable<LevelFact> InOrder(IEnumerable<LevelFact> facts) => facts.OrderBy(fact => fact.RecordedAt).ThenBy(fact => fact.Sequence);

    private static bool IsBefore(LevelFact one, LevelFact other) => one.RecordedAt < other.RecordedAt || (one.RecordedAt == other.RecordedAt && one.Sequence < other.Sequence);
}
