using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Gradebook.Growth;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Definitions;
using SkillBadges.Core.Tests.Evidence;
using SkillBadges.Core.Tests.Ledger;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

public sealed class GrowthTests
{
    private static readonly BadgeDefinition badge = (Badges.Bench() with
    {
        Assessments = [new("bench-test", "Bench test", "In the tool room.", 50) { Competencies = ["drilling"] }],
        Competencies =
        [
            .. Badges.Bench().Competencies.Select(skill => skill with
            {
                Exemplars = [new("developing", "Not enough", "Rounded."), new("proficient", "A square edge", "See the corner.", "https://example.org/edge")],
                Extensions = [new("more", $"More {skill.Id}", "Go on.")],
            }),
        ],
    }).Publish(1);

    [Fact]
    public void A_gap_names_the_skill_the_level_and_what_to_do()
    {
        var gaps = GapView.Of("badge/bench-work", "Bench Work", [TargetBadge.Of(badge)], [], View(Entries.Facts("developing"), Entries.Facts(competency: "tapping"), Entries.Facts("developing", "measuring")));

        Assert.Equal((4, 2), (gaps.Skills, gaps.Reached));
        Assert.Equal(["filing", "drilling"], gaps.Gaps.Select(gap => gap.CompetencyId));
        Assert.Equal(("Developing", "Proficient"), (gaps.Gaps[0].Stands, gaps.Gaps[0].Required));
        Assert.Null(gaps.Gaps[1].Stands);
        Assert.Equal([("task", "Photos"), ("example", "A square edge")], gaps.Gaps[0].Steps.Select(step => (step.Kind, step.Title)));
        Assert.Equal([("task", "Photos"), ("assessment", "Bench test"), ("example", "A square edge")], gaps.Gaps[1].Steps.Select(step => (step.Kind, step.Title)));
    }

    [Fact]
    public void A_target_may_ask_more_than_the_badge_and_never_less()
    {
        var record = View([.. badge.Competencies.Select(skill => Entries.Facts(competency: skill.Id))]);
        int Left(string? minimum, params (string Skill, string Level)[] skills) => GapView.Of(
            "course/c", "WELD 1", [new(badge, minimum, skills.ToImmutableSortedDictionary(pair => pair.Skill, pair => pair.Level, StringComparer.Ordinal))], ["CPR"], record).Gaps.Length;

        Assert.Equal(0, Left(null));
        Assert.Equal(4, Left("advanced"));
        Assert.Equal(0, Left("beginning"));
        Assert.Equal(1, Left(null, ("drilling", "advanced")));
        Assert.Equal(0, Left("no-such-level"));
    }

    [Fact]
    public void A_level_of_another_scale_closes_no_gap()
    {
        var facts = Entries.Facts("advanced");

        Assert.Equal(4, GapView.Of("badge/bench-work", "Bench Work", [TargetBadge.Of(badge)], [], View(facts with { Scale = facts.Scale with { Id = "three-step" } })).Gaps.Length);
    }

    [Fact]
    public void Flags_follow_the_schools_thresholds()
    {
        var chain = Entries.Chain(Entries.Facts("developing"), Entries.Facts("developing", minute: 10), Entries.Facts("beginning", minute: 20));
        LearnerFlag[] At(int days, int weeks, int notYets) => [.. LearnerFlags.Of(Class(chain), new(weeks, notYets), Works.Monday.AddDays(days))];

        Assert.Empty(At(7 * 3, 4, 4));
        Assert.Equal([FlagKind.NoProgress], At(7 * 5, 4, 4).Select(flag => flag.Kind));
        var flag = Assert.Single(At(7 * 3, 4, 3));
        Assert.Equal((FlagKind.NotYet, "filing"), (flag.Kind, flag.CompetencyId));
        Assert.Contains("3 decisions", flag.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_reached_every_skill_at_proficient_is_ready_for_more_and_not_flagged_for_standing_still()
    {
        var chain = Entries.Chain([.. badge.Competencies.Select(skill => Entries.Facts(competency: skill.Id))]);

        var flag = Assert.Single(LearnerFlags.Of(Class(chain), new(4, 2), Works.Monday.AddYears(1)));

        Assert.Equal(FlagKind.ReadyForMore, flag.Kind);
        Assert.Equal(["More filing", "More drilling", "More tapping", "More measuring"], flag.Extensions.AsEnumerable());

        // Measuring asks for less than proficient: enough for the badge, and not yet what leads on.
        var enough = Entries.Chain([.. badge.Competencies.Select(skill => skill.Id == "measuring" ? Enough(Entries.Facts("developing", skill.Id)) : Entries.Facts(competency: skill.Id))]);
        Assert.Empty(LearnerFlags.Of(Class(enough), new(4, 2), Works.Monday.AddYears(1)));
    }

    [Fact]
    public void A_correction_takes_a_not_yet_out_of_the_count()
    {
        var chain = Entries.Chain(Entries.Facts("developing"), Entries.Facts("developing", minute: 10), Entries.Facts("proficient", corrects: "entry-2", minute: 20));

        Assert.Empty(LearnerFlags.Of(Class(chain), new(50, 2), Works.Monday.AddDays(1)));
    }

    [Fact]
    public void Two_rises_in_one_instant_keep_their_order()
    {
        var rises = View(Entries.Facts("beginning"), Entries.Facts("developing"), Entries.Facts("proficient"), Entries.Facts("developing"), Entries.Facts("proficient")).LevelUps;

        Assert.Equal([(null, "beginning"), ("beginning", "developing"), ("developing", "proficient")], rises.Select(up => (up.From?.Code, up.To.Code)));
    }

    private static MasteryFacts Enough(MasteryFacts facts) => facts with { Level = facts.Level with { IsSufficient = true } };

    private static ClassRecord Class(IEnumerable<MasteryEntry> chain) => ClassRecord.Of(
        new(ClassSectionId.From("class-1"), Entries.School, "Shop 1", Works.Monday),
        [new(Entries.Learner, "Ada")],
        [badge],
        [.. badge.Competencies.Select(skill => new SkillColumn(badge.Slug, skill.Id, skill.Name, badge.Scale.Id))],
        BadgeSheet.Of(chain),
        Snapshots,
        ScoringChoices.None);

    private static Dictionary<Sha256Digest, MasteryScale> Snapshots { get; } = new() { [Scales.FourLevel().SnapshotHash] = Scales.FourLevel() };

    private static GradebookView View(params MasteryFacts[] facts) => GradebookView.Of(Entries.Learner, Entries.Chain(facts), Snapshots, new Dictionary<OrganizationId, string>(), 0, ScoringChoices.None);
}
