using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Definitions.Articulations;

public sealed class ArticulationTests
{
    private static readonly DateOnly start = new(2026, 8, 1);
    private static readonly DateTimeOffset now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrganizationId school = OrganizationId.From("school");
    private static readonly OrganizationId college = OrganizationId.From("college");
    private static readonly Articulation none = new(ArticulationId.From("a"), ArticulatedKind.Badge, "bench-work", school, college);

    [Fact]
    public void What_is_proposed_counts_for_nothing_until_both_sides_said_yes()
    {
        var proposed = none.Propose(Terms(), By(school));
        Assert.Null(proposed.HoldingOn(start));
        Assert.Null(proposed.Approve(1, By(school), start).HoldingOn(start));
        Assert.Equal(1, proposed.Approve(1, By(college), start).HoldingOn(start)!.Number);
    }

    [Fact]
    public void It_holds_inside_its_dates_only()
    {
        var agreed = none.Propose(Terms() with { To = start.AddDays(10) }, By(school)).Approve(1, By(college), start);
        Assert.Equal([false, true, true, false], new[] { -1, 0, 10, 11 }.Select(day => agreed.HoldingOn(start.AddDays(day)) is not null));
    }

    [Fact]
    public void A_new_wording_changes_no_day_that_is_over_and_what_was_earned_before_counts_as_it_was_promised()
    {
        var agreed = none.Propose(Terms(), By(school)).Approve(1, By(college), start);
        var revised = agreed.Propose(Terms() with { Credits = 1 }, By(college));
        Assert.Equal(3, revised.HoldingOn(start.AddDays(30))!.Terms.Credits);
        revised = revised.Approve(2, By(school), start.AddDays(30));
        Assert.Equal([3m, 3m, 1m], new[] { 5, 30, 31 }.Select(day => revised.HoldingOn(start.AddDays(day))!.Terms.Credits));
        Assert.Equal(3, ArticulationCredit.ForBadge(revised, Earned("proficient", start.AddDays(5)))!.Revision.Terms.Credits);
        Assert.Equal(1, ArticulationCredit.ForBadge(revised, Earned("proficient", start.AddDays(40)))!.Revision.Terms.Credits);
    }

    [Fact]
    public void An_end_takes_back_nothing()
    {
        var ended = none.Propose(Terms(), By(school)).Approve(1, By(college), start).End(start.AddDays(20), By(college), start.AddDays(20));
        Assert.NotNull(ArticulationCredit.ForBadge(ended, Earned("proficient", start.AddDays(20))));
        Assert.Null(ArticulationCredit.ForBadge(ended, Earned("proficient", start.AddDays(21))));
        Assert.Equal("articulation.past-day", CodeOf(() => ended.End(start.AddDays(19), By(school), start.AddDays(20))));
    }

    [Fact]
    public void Levels_are_asked_for_overall_and_by_competency()
    {
        var terms = Terms() with { MinimumLevel = "proficient", CompetencyLevels = ImmutableSortedDictionary<string, string>.Empty.Add("filing", "advanced") };
        Assert.False(terms.AreMet(Badge, Levels("proficient")));
        Assert.True(terms.AreMet(Badge, Levels("advanced")));
        Assert.False(Terms().AreMet(Badge, Levels("developing")));
        Assert.False((Terms() with { Versions = [2] }).AreMet(Badge, Levels("advanced")));
        Assert.False((Terms() with { MinimumLevel = "expert" }).AreMet(Badge, Levels("advanced")));
    }

    [Fact]
    public void A_stack_counts_on_the_day_on_which_its_last_badge_was_earned()
    {
        var stack = new BadgeStack { Slug = "shop", Name = "Shop", Description = "Both.", Badges = [new("bench-work"), new("turning", "advanced")], Certificates = [] }.Publish(1);
        var agreed = (none with { Kind = ArticulatedKind.Stack, Slug = "shop" }).Propose(Terms() with { To = start.AddDays(10) }, By(school)).Approve(1, By(college), start);
        var turning = (Badges.Bench() with { Slug = "turning" }).Publish(1);
        var bench = Earned("proficient", start.AddDays(2));
        Assert.Null(ArticulationCredit.ForStack(agreed, stack, [bench, new(turning, Levels("proficient"), start.AddDays(3))]));
        Assert.Equal(start.AddDays(9), ArticulationCredit.ForStack(agreed, stack, [bench, new(turning, Levels("proficient"), start.AddDays(3)), new(turning, Levels("advanced"), start.AddDays(9))])!.EarnedOn);
        Assert.Null(ArticulationCredit.ForStack(agreed, stack, [bench, new(turning, Levels("advanced"), start.AddDays(11))]));
    }

    [Fact]
    public void Others_have_no_say_and_yes_is_said_to_the_last_wording()
    {
        var proposed = none.Propose(Terms(), By(school));
        Assert.Equal("articulation.not-a-party", CodeOf(() => proposed.Approve(1, By(OrganizationId.From("other")), start)));
        Assert.Equal("articulation.revision-stale", CodeOf(() => proposed.Propose(Terms(), By(school)).Approve(1, By(college), start)));
        Assert.Equal("articulation.not-agreed", CodeOf(() => proposed.End(start, By(school), start)));
    }

    public static TheoryData<ArticulationTerms> BadTerms =>
    [
        Terms() with { Credits = 0 }, Terms() with { Credits = 61 }, Terms() with { Credits = 1.3m }, Terms() with { Fee = -1 }, Terms() with { Fee = 0.001m }, Terms() with { To = start.AddDays(-1) },
        Terms() with { Versions = [0] }, Terms() with { MinimumLevel = "" }, Terms() with { CourseCode = " " }, Terms() with { CourseTitle = "a\u202Eb" },
    ];

    [Theory]
    [MemberData(nameof(BadTerms))]
    public void Terms_that_cannot_be_kept_are_refused(ArticulationTerms terms) => Assert.Equal("articulation.terms", CodeOf(() => none.Propose(terms, By(school))));

    [Fact]
    public void An_agreement_survives_being_stored()
    {
        var agreed = none.Propose(Terms() with { Versions = [1], Conditions = "Enroll." }, By(school)).Approve(1, By(college), start).End(start.AddDays(9), By(school), start);
        var text = JsonSerializer.Serialize(agreed, DocumentJson.Options);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<Articulation>(text, DocumentJson.Options), DocumentJson.Options));
    }

    // One step of a history: days that pass, who acts, what they do, and the dates of what they propose.
    private sealed record Step(int Days, bool BySchool, int Deed, int From, int Length);

    private static readonly Gen<Step> steps =
        from days in Gen.Choose(0, 5)
        from bySchool in Gen.Elements(true, false)
        from deed in Gen.Choose(0, 4)
        from first in Gen.Choose(-10, 20)
        from length in Gen.Choose(-1, 30)
        select new Step(days, bySchool, deed, first, length);

    [Fact]
    public void Whatever_is_agreed_or_ended_later_a_day_that_is_over_keeps_its_promise() => Histories((before, after, today) =>
    {
        if (before.WasAgreed)
        {
            Assert.All(Enumerable.Range(-40, 41), day => Assert.Equal(before.HoldingOn(today.AddDays(day))?.Number, after.HoldingOn(today.AddDays(day))?.Number));
        }
    });

    [Fact]
    public void Nothing_ever_holds_without_the_yes_of_both_sides_or_outside_its_dates() => Histories((_, after, today) =>
    {
        foreach (var day in Enumerable.Range(-40, 100).Select(today.AddDays))
        {
            if (after.HoldingOn(day) is { } held)
            {
                Assert.Equal([college, school], held.Approvals.Select(approval => approval.Organization).Distinct().OrderBy(side => side.Value));
                Assert.True(held.Terms.From <= day && day <= (held.Terms.To ?? DateOnly.MaxValue), "The day lies outside the dates.");
            }
        }
    });

    private static void Histories(Action<Articulation, Articulation, DateOnly> holds) => Prop.ForAll(Arb.ToArbitrary(steps.ArrayOf()), history =>
    {
        var (articulation, today) = (none, start);
        foreach (var step in history)
        {
            today = today.AddDays(step.Days);
            var after = Apply(articulation, step, today);
            holds(articulation, after, today);
            articulation = after;
        }
    }).QuickCheckThrowOnFailure();

    private static Articulation Apply(Articulation articulation, Step step, DateOnly today)
    {
        var by = By(step.BySchool ? school : college);
        try
        {
            return step.Deed switch
            {
                0 or 1 => articulation.Propose(Terms() with { From = today.AddDays(step.From), To = step.Length < 0 ? null : today.AddDays(step.From + step.Length) }, by),
                2 or 3 => articulation.Approve(articulation.Revisions.Length, by, today),
                _ => articulation.End(today.AddDays(step.From), by, today),
            };
        }
        catch (RefusedException)
        {
            // A refused deed changes nothing.
            return articulation;
        }
    }

    private static string CodeOf(Func<Articulation> deed) => Assert.Throws<RefusedException>(deed).Code;

    private static BadgeDefinition Badge { get; } = Badges.Bench().Publish(1);

    private static EarnedBadge Earned(string level, DateOnly day) => new(Badge, Levels(level), day);

    private static Dictionary<string, string> Levels(string level) => Badge.Competencies.ToDictionary(competency => competency.Id, _ => level);

    private static ArticulationTerms Terms() => new("WELD 1010", "Shielded Metal Arc Welding", 3, start);

    private static AgreementApproval By(OrganizationId organization) => new(organization, PersonId.From("registrar"), now);
}
