using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Mastery;

public sealed class CrosswalkTests
{
    private static readonly DateOnly start = new(2026, 8, 1);
    private static readonly OrganizationId giver = OrganizationId.From("giver");
    private static readonly OrganizationId receiver = OrganizationId.From("receiver");
    private static readonly MasteryScale four = Scales.FourLevel();
    private static readonly MasteryScale letters = MasteryScale.Create(
        "letters", 1, "Letters", "A to F.", [.. "FDCBA".Select((letter, index) => new MasteryLevel($"{letter}", index + 1, $"{letter}", "A letter."))], "C", ScoringPolicy.Latest);

    private static readonly Crosswalk none = new(CrosswalkId.From("c"), "four-level@1", "letters@1", CrosswalkPurpose.TranscriptLetter, giver, receiver);

    [Fact]
    public void What_is_proposed_converts_nothing_until_both_sides_said_yes()
    {
        var proposed = Proposed(Terms());
        Assert.Null(proposed.EquivalentOn("proficient", start));
        Assert.Null(proposed.Approve(1, By(giver, "again"), start).EquivalentOn("proficient", start));
        Assert.Equal(new Equivalence(none.Id, 1, "proficient", "B", "B"), Agreed(Terms()).EquivalentOn("proficient", start));
    }

    [Fact]
    public void The_reverse_is_not_implied() => Assert.Null(Agreed(Terms()).EquivalentOn("B", start));

    [Fact]
    public void It_holds_inside_its_dates_only()
    {
        var agreed = Agreed(Terms() with { EffectiveTo = start.AddDays(10) });
        Assert.Equal([false, true, true, false], new[] { -1, 0, 10, 11 }.Select(day => agreed.EquivalentOn("advanced", start.AddDays(day)) is not null));
    }

    [Fact]
    public void A_level_without_a_pair_and_one_that_is_not_there_have_no_equivalent()
    {
        var agreed = Agreed(Terms());
        Assert.Null(agreed.EquivalentOn("beginning", start));
        Assert.Null(agreed.EquivalentOn("expert", start));
        Assert.Null(agreed.EquivalentOn(null, start));
    }

    [Fact]
    public void A_range_stays_a_range()
    {
        var terms = Terms() with { Pairs = [new("beginning"), new("developing", "D", "C"), new("proficient", "B"), new("advanced", "A")], Note = "Developing lies between two letters." };
        Assert.Equal(("D", "C"), Agreed(terms).EquivalentOn("developing", start) is { } range ? (range.Lowest, range.Highest) : default);
    }

    [Fact]
    public void A_new_wording_changes_no_day_that_is_over_and_the_old_one_is_kept()
    {
        var revised = Agreed(Terms()).Propose(Terms() with { Pairs = [new("beginning"), new("developing", "C"), new("proficient", "A"), new("advanced", "A")], Note = "Both are A." }, four, letters, By(receiver));
        Assert.Equal("B", revised.EquivalentOn("proficient", start.AddDays(30))!.Lowest);
        revised = revised.Approve(2, By(giver), start.AddDays(30));
        Assert.Equal(["B", "B", "A"], new[] { 0, 30, 31 }.Select(day => revised.EquivalentOn("proficient", start.AddDays(day))!.Lowest));
        Assert.Equal([1, 2], revised.Revisions.Select(revision => revision.Number));
    }

    [Fact]
    public void An_end_leaves_the_days_before_as_they_were()
    {
        var ended = Agreed(Terms()).End(start.AddDays(20), By(giver), start.AddDays(20));
        Assert.NotNull(ended.EquivalentOn("proficient", start.AddDays(20)));
        Assert.Null(ended.EquivalentOn("proficient", start.AddDays(21)));
        Assert.Equal("crosswalk.past-day", CodeOf(() => ended.End(start.AddDays(19), By(giver), start.AddDays(20))));
    }

    [Fact]
    public void Two_districts_may_say_the_opposite()
    {
        var lenient = Agreed(Terms() with { Pairs = [new("beginning"), new("developing", "C"), new("proficient", "A"), new("advanced", "A")], Note = "Competent is an A." });
        Assert.Equal(("A", "B"), (lenient.EquivalentOn("proficient", start)!.Lowest, Agreed(Terms()).EquivalentOn("proficient", start)!.Lowest));
    }

    [Fact]
    public void A_policy_of_one_organization_takes_the_yes_of_two_of_its_people()
    {
        var own = none with { Receiver = giver };
        var proposed = own.Propose(Terms(), four, letters, By(giver, "one"));
        Assert.Equal("crosswalk.second-person", CodeOf(() => proposed.Approve(1, By(giver, "one"), start)));
        Assert.NotNull(proposed.Approve(1, By(giver, "two"), start).EquivalentOn("proficient", start));
    }

    [Fact]
    public void Others_have_no_say_one_person_does_not_speak_for_both_sides_and_yes_is_said_to_the_last_wording()
    {
        var proposed = Proposed(Terms());
        Assert.Equal("crosswalk.not-a-party", CodeOf(() => proposed.Approve(1, By(OrganizationId.From("other")), start)));
        Assert.Equal("crosswalk.second-person", CodeOf(() => proposed.Approve(1, By(receiver, "giver"), start)));
        Assert.Equal("crosswalk.revision-stale", CodeOf(() => proposed.Propose(Terms(), four, letters, By(giver)).Approve(1, By(receiver), start)));
        Assert.Equal("crosswalk.not-agreed", CodeOf(() => proposed.End(start, By(giver), start)));
    }

    public static TheoryData<string, CrosswalkTerms> BadTerms => new()
    {
        { "crosswalk.pairs", Terms() with { Pairs = [new("beginning"), new("developing", "C"), new("proficient", "B")] } },
        { "crosswalk.pairs", Terms() with { Pairs = [new("beginning"), new("developing", "C"), new("proficient", "B"), new("proficient", "A")] } },
        { "crosswalk.pairs", Terms() with { Pairs = [new("beginning"), new("developing", "C", "D"), new("proficient", "B"), new("advanced", "A")] } },
        { "scale.unknown-level", Terms() with { Pairs = [new("beginning"), new("developing", "E"), new("proficient", "B"), new("advanced", "A")] } },
        { "crosswalk.not-monotone", Terms() with { Pairs = [new("beginning"), new("developing", "A"), new("proficient", "B"), new("advanced", "A")] } },
        { "crosswalk.not-monotone", Terms() with { WithoutEvidence = "C", Pairs = [new("beginning", "D"), new("developing", "C"), new("proficient", "B"), new("advanced", "A")] } },
        { "crosswalk.failing-mark", Terms() with { Pairs = [new("beginning", "F"), new("developing", "C"), new("proficient", "B"), new("advanced", "A")] } },
        { "crosswalk.failing-mark", Terms() with { Pairs = [new("beginning", "F", "D"), new("developing", "D"), new("proficient", "B"), new("advanced", "A")] } },
        { "crosswalk.failing-mark", Terms() with { FailingUpTo = "D", Pairs = [new("beginning", "D"), new("developing", "C"), new("proficient", "B"), new("advanced", "A")] } },
        { "crosswalk.failing-mark", Terms() with { WithoutEvidence = "F" } },
        { "crosswalk.note", Terms() with { Note = null } },
        { "crosswalk.terms", Terms() with { Document = " " } },
        { "crosswalk.terms", Terms() with { Document = "a\u202Eb" } },
        { "crosswalk.terms", Terms() with { EffectiveTo = start.AddDays(-1) } },
        { "crosswalk.terms", Terms() with { DocumentAddress = "javascript:alert(1)" } },
    };

    [Theory]
    [MemberData(nameof(BadTerms))]
    public void Terms_that_break_a_rule_are_refused(string code, CrosswalkTerms terms) => Assert.Equal(code, CodeOf(() => Proposed(terms)));

    [Fact]
    public void A_failing_mark_for_the_lowest_level_takes_a_reason_which_is_kept()
    {
        var terms = Terms() with { Pairs = [new("beginning", "F"), new("developing", "C"), new("proficient", "B"), new("advanced", "A")], FailingReason = "The state's form has no other mark." };
        Assert.Equal("F", Agreed(terms).EquivalentOn("beginning", start)!.Lowest);
        Assert.Equal("The state's form has no other mark.", Agreed(terms).Revisions[0].Terms.FailingReason);
    }

    [Fact]
    public void A_crosswalk_survives_being_stored()
    {
        var text = JsonSerializer.Serialize(Agreed(Terms()).End(start.AddDays(9), By(giver), start), DocumentJson.Options);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<Crosswalk>(text, DocumentJson.Options), DocumentJson.Options));
    }

    private static readonly Gen<int[]> targets =
        from lows in Gen.Choose(-1, 4).ArrayOf(4)
        from highs in Gen.Choose(0, 4).ArrayOf(4)
        select (int[])[.. lows, .. highs];

    /// <summary>Every crosswalk that can be written down between four levels and five letters is accepted exactly when a second reading of the rules says so.</summary>
    [Fact]
    public void Of_all_crosswalks_only_those_pass_that_never_fall_and_never_fail_the_lowest_level() => Prop.ForAll(Arb.ToArbitrary(targets), drawn =>
    {
        var ends = Enumerable.Range(0, 4).Where(level => drawn[level] >= 0).Select(level => (Level: level, Low: drawn[level], High: Math.Max(drawn[level], drawn[level + 4]))).ToArray();
        var terms = Terms() with { Pairs = [.. Enumerable.Range(0, 4).Select(level => Pair(level, drawn[level], drawn[level + 4]))] };
        var falls = ends.Any(one => ends.Any(other => one.Level < other.Level && (other.Low < one.Low || other.High < one.High)));
        var fails = ends.Any(one => one is { Level: 0, Low: 0 });
        Assert.Equal(falls || fails, !Passes(terms));
        Assert.Equal(falls, !Passes(terms with { FailingReason = "A reason." }));
    }).QuickCheckThrowOnFailure();

    private static CrosswalkPair Pair(int level, int low, int high) =>
        new(four.Levels[level].Code, low < 0 ? null : letters.Levels[low].Code, low >= 0 && high > low ? letters.Levels[high].Code : null);

    private static bool Passes(CrosswalkTerms terms)
    {
        try
        {
            Proposed(terms);
            return true;
        }
        catch (RefusedException refused) when (refused.Code is "crosswalk.not-monotone" or "crosswalk.failing-mark")
        {
            return false;
        }
    }

    private static CrosswalkTerms Terms() =>
        new([new("beginning"), new("developing", "C"), new("proficient", "B"), new("advanced", "A")], "Resolution 12", start) { Note = "Beginning says not yet and has no letter." };

    private static Crosswalk Proposed(CrosswalkTerms terms) => none.Propose(terms, four, letters, By(giver));

    private static Crosswalk Agreed(CrosswalkTerms terms) => Proposed(terms).Approve(1, By(receiver), start);

    private static AgreementApproval By(OrganizationId organization, string? person = null) => new(organization, PersonId.From(person ?? organization.Value), new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero));

    private static string CodeOf(Action act) => Assert.ThrowsAny<RefusedException>(act).Code;
}
