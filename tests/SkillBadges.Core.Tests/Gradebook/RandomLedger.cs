using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Ledger;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

/// <summary>One thing that happened in a class: a decision, its correction or its retraction; minutes may be none, so that several share an instant.</summary>
internal sealed record LedgerStep(int Learner, string Badge, string Skill, string Level, EntryEffect Effect, int Minutes, int Earlier);

/// <summary>Histories of a class as chance has them, and the entries that a school would have recorded.</summary>
internal static class RandomLedger
{
    public const int Learners = 5;

    public static readonly string[] Levels = [.. Scales.FourLevel().Levels.Select(level => level.Code)];

    public static readonly string[] Badges = ["bench-work", "lathe-work"];

    public static readonly string[] Skills = ["filing", "drilling", "tapping", "measuring"];

    public static readonly Gen<ScoringPolicy> Policies = Gen.Elements(ScoringPolicy.Latest, ScoringPolicy.Highest, ScoringPolicy.ModeOfLast(3));

    public static readonly Gen<LedgerStep[]> Histories = Gen.Choose(0, 60).SelectMany(count => (
        from learner in Gen.Choose(0, Learners - 1)
        from badge in Gen.Elements(Badges)
        from skill in Gen.Elements(Skills)
        from level in Gen.Elements(Levels)
        from effect in Gen.Frequency((6, Gen.Constant(EntryEffect.Asserted)), (2, Gen.Constant(EntryEffect.Superseded)), (1, Gen.Constant(EntryEffect.Retracted)))
        from minutes in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(1, 60 * 24 * 20)))
        from earlier in Gen.Choose(0, 100)
        select new LedgerStep(learner, badge, skill, level, effect, minutes, earlier)).ArrayOf(count));

    public static PersonId Learner(int number) => PersonId.From($"learner-{number}");

    /// <summary>The drafts of a history, in order; what is corrected is some earlier entry of the learner in the same skill.</summary>
    /// <param name="history">What happened.</param>
    /// <param name="scale">The scale of every decision.</param>
    /// <param name="append">Records one and gives the entry back.</param>
    public static async Task<IReadOnlyList<MasteryEntry>> RecordAsync(IEnumerable<LedgerStep> history, MasteryScale scale, Func<PersonId, MasteryFacts, Task<MasteryEntry>> append)
    {
        var (entries, minute) = (new List<MasteryEntry>(), 0);
        foreach (var step in history)
        {
            minute += step.Minutes;
            var before = entries.Where(entry => entry.Learner == Learner(step.Learner) && entry.Facts.Competency.CompetencyId == step.Skill && entry.Facts.Competency.Badge.Slug == step.Badge).ToList();
            var corrected = step.Effect == EntryEffect.Asserted || before.Count == 0 ? null : before[step.Earlier % before.Count];
            var facts = Entries.Facts(step.Level, step.Skill, corrected?.Id, minute);
            entries.Add(await append(Learner(step.Learner), facts with
            {
                Effect = corrected is null ? EntryEffect.Asserted : step.Effect,
                Competency = facts.Competency with { Badge = new(step.Badge, 1), Uri = $"http://localhost:5080/achievements/{step.Badge}/1#{step.Skill}" },
                Scale = new(scale.Id, scale.Version, scale.SnapshotHash),
            }));
        }

        return entries;
    }

    /// <summary>The entries alone, without a store.</summary>
    public static IReadOnlyList<MasteryEntry> Record(IEnumerable<LedgerStep> history, MasteryScale scale)
    {
        var last = new Dictionary<PersonId, MasteryEntry>();
        var count = 0;
        return RecordAsync(history, scale, (learner, facts) => Task.FromResult(
            last[learner] = MasteryEntry.Append(last.GetValueOrDefault(learner), $"entry-{++count}", Entries.School, learner, facts, new("Pat Teacher", null, null, []), "salt"))).Result;
    }

    /// <summary>What stands, as somebody reads it who knows no more than the rules: for each learner, badge and skill.</summary>
    public static string? Standing(IEnumerable<MasteryEntry> ledger, PersonId learner, string badge, string skill, ScoringPolicy policy)
    {
        var all = ledger.ToList();
        var counting = new List<MasteryEntry>();
        foreach (var entry in all.Where(entry => entry.Learner == learner && entry.Facts.Competency.Badge.Slug == badge && entry.Facts.Competency.CompetencyId == skill))
        {
            if (entry.Facts.Effect != EntryEffect.Retracted && all.TrueForAll(other => other.Facts.Corrects != entry.Id))
            {
                counting.Add(entry);
            }
        }

        return (counting.Count, policy.Method) switch
        {
            (0, _) => null,
            (_, ScoringMethod.Latest) => counting[^1].Facts.Level.Code,
            (_, ScoringMethod.Highest) => Levels[counting.Max(entry => Array.IndexOf(Levels, entry.Facts.Level.Code))],
            _ => Mode([.. counting.TakeLast(policy.Count).Select(entry => entry.Facts.Level.Code)]),
        };
    }

    private static string Mode(List<string> last)
    {
        var most = Levels.Max(level => last.Count(code => code == level));
        last.Reverse();
        return last.First(code => last.Count(other => other == code) == most);
    }
}
