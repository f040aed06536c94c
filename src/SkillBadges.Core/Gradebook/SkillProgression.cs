using System.Collections.Immutable;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Gradebook;

/// <summary>The moment at which a skill stood higher than ever before.</summary>
/// <param name="From">Code of the height before; null where there was no evidence yet.</param>
/// <param name="To">Code of the level that stood from then on.</param>
public sealed record LevelRise(string EntryId, long Sequence, string? From, string To, DateTimeOffset DecidedAt, DateTimeOffset RecordedAt);

/// <summary>How one skill of one learner went at one record-keeper, on one scale.</summary>
/// <param name="Standing">The decision whose level stands; null where none counts.</param>
/// <param name="Rises">In the order in which they were recorded, also within one day.</param>
/// <param name="NotYets">How many of the last decisions in a row were below what the badge asks for.</param>
public sealed record SkillProgression(LevelFact? Standing, ImmutableArray<LevelRise> Rises, int NotYets)
{
    public static SkillProgression None { get; } = new(null, [], 0);

    public DateTimeOffset? LastRise => Rises is [.., var last] ? last.RecordedAt : null;

    /// <summary>Computes it from the decisions that count; a change of policy changes what is shown and nothing else.</summary>
    /// <param name="standing">As <see cref="LevelFact.Standing"/> gives them: of one skill and one scale, in their order.</param>
    /// <param name="policy">How the history is read.</param>
    public static SkillProgression Of(ImmutableArray<LevelFact> standing, ScoringPolicy policy)
    {
        if (standing.IsEmpty)
        {
            return None;
        }

        if (standing is [var only])
        {
            // Most skills were decided once, and any policy reads one decision as it is.
            return new(only, [new(only.EntryId, only.Sequence, null, only.Level, only.DecidedAt, only.RecordedAt)], only.IsSufficient ? 0 : 1);
        }

        ImmutableArray<MasteryLevel> levels = [.. standing.Select(fact => new MasteryLevel(fact.Level, fact.Ordinal, fact.Level, ""))];
        var rises = ImmutableArray.CreateBuilder<LevelRise>();
        MasteryLevel? highest = null;
        MasteryLevel? stands = null;
        for (var i = 0; i < standing.Length; i++)
        {
            stands = policy.Standing(levels[..(i + 1)])!;
            if (highest is null || stands.Ordinal > highest.Ordinal)
            {
                rises.Add(new(standing[i].EntryId, standing[i].Sequence, highest?.Code, stands.Code, standing[i].DecidedAt, standing[i].RecordedAt));
                highest = stands;
            }
        }

        return new(standing.Last(fact => fact.Level == stands!.Code), rises.ToImmutable(), standing.Reverse().TakeWhile(fact => !fact.IsSufficient).Count());
    }
}
