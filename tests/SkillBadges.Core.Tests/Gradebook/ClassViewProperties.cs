using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Definitions;
using SkillBadges.Core.Tests.Evidence;
using SkillBadges.Core.Tests.Ledger;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

/// <summary>What holds of every view of a class whatever was decided, corrected and retracted.</summary>
public sealed class ClassViewProperties
{
    private static readonly DateTimeOffset Later = Works.Monday.AddYears(3);

    private static readonly Arbitrary<(LedgerStep[] History, ScoringPolicy Policy)> histories =
        (from history in RandomLedger.Histories from policy in RandomLedger.Policies select (history, policy)).ToArbitrary();

    [Fact]
    public void A_class_map_says_what_a_bookkeeper_reads_from_the_ledger_alone() => Holds((ledger, policy) =>
    {
        var map = ClassMap.Of(Record(ledger, policy), Later, 6);
        return map.Rows.All(row => map.Columns.Zip(row.Levels).All(pair =>
            pair.Second == RandomLedger.Standing(ledger, row.Learner, pair.First.Column.Badge, pair.First.Column.CompetencyId, policy)));
    });

    [Fact]
    public void The_spread_of_a_column_counts_each_learner_once() => Holds((ledger, policy) =>
        ClassMap.Of(Record(ledger, policy), Later, 6).Columns.All(column => column.NoEvidence + column.Levels.Sum(level => level.Count) == RandomLedger.Learners));

    [Fact]
    public void Sheets_that_grew_in_any_steps_are_those_made_from_the_whole_ledger() => Holds((ledger, _) =>
    {
        var grown = new Dictionary<string, BadgeSheet>(StringComparer.Ordinal);
        foreach (var entry in ledger)
        {
            var id = BadgeSheet.IdOf(entry.RecordKeeper, entry.Learner, entry.Facts.Competency.Badge.Slug);
            grown[id] = grown.GetValueOrDefault(id, new(entry.RecordKeeper, entry.Learner, entry.Facts.Competency.Badge.Slug, [])).With([entry]);
        }

        return BadgeSheet.Of(ledger).All(sheet => sheet.Facts.SequenceEqual(grown[BadgeSheet.IdOf(sheet.RecordKeeper, sheet.Learner, sheet.Badge)].Facts)) && grown.Count == BadgeSheet.Of(ledger).Count;
    });

    [Fact]
    public void A_record_and_a_map_agree_and_rises_go_up() => Holds((ledger, policy) =>
    {
        var map = ClassMap.Of(Record(ledger, policy), Later, 6);
        return map.Rows.All(row =>
        {
            var view = View(ledger, row.Learner, policy);
            return map.Columns.Zip(row.Levels).All(pair => view.Lines.FirstOrDefault(line => line.Competency.Badge.Slug == pair.First.Column.Badge && line.Competency.CompetencyId == pair.First.Column.CompetencyId)?.Standing?.Code == pair.Second)
                && view.LevelUps.Max(up => (DateTimeOffset?)Entry(ledger, up).Facts.RecordedAt) == row.LastMovedAt
                && view.LevelUps.GroupBy(up => up.Competency.Uri).All(ups => ups.Zip(ups.Skip(1)).All(pair => pair.Second.From!.Code == pair.First.To.Code && pair.Second.To.Ordinal > pair.First.To.Ordinal));
        });
    });

    [Fact]
    public void Another_policy_changes_what_stands_and_no_history() => Holds((ledger, policy) => Enumerable.Range(0, RandomLedger.Learners).All(number =>
    {
        var (one, other) = (View(ledger, RandomLedger.Learner(number), policy), View(ledger, RandomLedger.Learner(number), policy, HighestAtTheSchool));
        return one.Lines.Sum(line => line.History.Length) == ledger.Count(entry => entry.Learner == RandomLedger.Learner(number))
            && one.Lines.SelectMany(line => line.History.Select(decided => (decided.EntryId, decided.Level, decided.IsStanding))).SequenceEqual(other.Lines.SelectMany(line => line.History.Select(decided => (decided.EntryId, decided.Level, decided.IsStanding))))
            && other.Lines.All(line => line.Standing?.Code == RandomLedger.Standing(ledger, RandomLedger.Learner(number), line.Competency.Badge.Slug, line.Competency.CompetencyId, ScoringPolicy.Highest));
    }));

    [Fact]
    public void Each_learner_is_in_one_group_with_a_reason_and_the_same_groups_come_again() => Holds((ledger, policy) =>
    {
        var shuffled = Record(ledger.Reverse(), policy, reversed: true);
        foreach (var kind in Enum.GetValues<GroupKind>())
        {
            for (var size = 2; size <= 4; size++)
            {
                var grouping = Grouping.Of(Record(ledger, policy), kind, size);
                var members = grouping.Groups.SelectMany(group => group.Members).ToList();
                if (members.Count != RandomLedger.Learners || members.DistinctBy(member => member.Learner).Count() != RandomLedger.Learners || members.Exists(member => member.Why.Length == 0)
                    || grouping.Groups.Any(group => group.Members.Length > size || group.Members.IsEmpty)
                    || !Flat(grouping).SequenceEqual(Flat(Grouping.Of(shuffled, kind, size))))
                {
                    return false;
                }
            }
        }

        return true;
    });

    // Without these, the properties above could hold because nothing ever happens.
    [Fact]
    public void Histories_do_hold_corrections_that_change_what_stands()
    {
        var changing = 0;
        Prop.ForAll(histories, drawn =>
        {
            var ledger = RandomLedger.Record(drawn.History, Scales.FourLevel());
            changing += ledger.Any(entry => entry.Facts.Effect == EntryEffect.Superseded) && ledger.Any(entry => entry.Facts.Effect == EntryEffect.Retracted) ? 1 : 0;
        }).Check(Config.Quick.WithMaxTest(300).WithReplay(5, 9));
        Assert.True(changing >= 30, $"{changing} of 300 histories.");
    }

    private static IEnumerable<(int, PersonId, string)> Flat(Grouping grouping) => grouping.Groups.SelectMany(group => group.Members.Select(member => (group.Number, member.Learner, member.Why)));

    private static void Holds(Func<IReadOnlyList<MasteryEntry>, ScoringPolicy, bool> law) =>
        Prop.ForAll(histories, drawn => law(RandomLedger.Record(drawn.History, Scales.FourLevel(drawn.Policy)), drawn.Policy)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static MasteryEntry Entry(IEnumerable<MasteryEntry> ledger, LevelUp up) => ledger.Single(entry => entry.Id == up.EntryId);

    private static GradebookView View(IEnumerable<MasteryEntry> ledger, PersonId learner, ScoringPolicy policy, ScoringChoices? choices = null) => GradebookView.Of(
        learner, ledger.Where(entry => entry.Learner == learner), Snapshots(policy), new Dictionary<OrganizationId, string>(), 0, choices ?? ScoringChoices.None);

    private static ScoringChoices HighestAtTheSchool { get; } = new(new Dictionary<OrganizationId, IReadOnlyList<SettingLayer>>
    {
        [Entries.School] = [new(null, new() { Scoring = ImmutableSortedDictionary<string, string>.Empty.Add("four-level", "highest") })],
    });

    private static Dictionary<Sha256Digest, MasteryScale> Snapshots(ScoringPolicy policy) => new() { [Scales.FourLevel(policy).SnapshotHash] = Scales.FourLevel(policy) };

    internal static ImmutableArray<BadgeDefinition> TwoBadges => [.. RandomLedger.Badges.Select(slug => (Badges.Bench() with { Slug = slug }).Publish(1))];

    private static ClassRecord Record(IEnumerable<MasteryEntry> ledger, ScoringPolicy policy, bool reversed = false)
    {
        var learners = Enumerable.Range(0, RandomLedger.Learners).Select(number => new ClassLearner(RandomLedger.Learner(number), $"Name {number}"));
        var sheets = BadgeSheet.Of(ledger);
        return ClassRecord.Of(
            new(ClassSectionId.From("class-1"), Entries.School, "Shop 1", Works.Monday),
            reversed ? learners.Reverse() : learners,
            TwoBadges,
            [.. TwoBadges.SelectMany(badge => badge.Competencies.Select(skill => new SkillColumn(badge.Slug, skill.Id, skill.Name, badge.Scale.Id)))],
            reversed ? sheets.Reverse() : sheets,
            Snapshots(policy),
            ScoringChoices.None);
    }
}
