using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

/// <summary>Letters and averages that a policy makes of native levels.</summary>
public sealed class GradeTests
{
    private static readonly MasteryScale scale = Scales.FourLevel();
    private static readonly string version = ScaleDocuments.VersionId(scale.Id, scale.Version);
    private static readonly Organization school = Organization.Found(OrganizationId.From("west"), "west", "West", OrganizationKind.HighSchool, null);
    private static readonly OrganizationId elsewhere = OrganizationId.From("east");
    private static readonly DateOnly today = new(2026, 11, 22);

    private static readonly GradeTerms terms = new(
        "Letters", "The board", [new("F", 0, Fails: true), new("C", 2), new("B", 3), new("A", 4)], [new(version, Levels("developing", "C", "proficient", "B", "advanced", "A"))],
        CountedSkills.Decided, CountedCourses.Own, WeighsByCredit: false, 2, GradeRounding.HalfUp, new(2026, 7, 1));

    [Fact]
    public void A_level_that_the_policy_leaves_out_has_no_letter_and_no_share_in_the_average()
    {
        var graded = Graded(terms, Badge("welding", "beginning", "proficient", "advanced"));

        Assert.Equal([null, "B", "A"], Letters(graded));
        Assert.Equal(("3.50", 2, 1), (graded.Grades!.Average!.Text, graded.Grades.Average.Counted, graded.Grades.Average.Left));
        Assert.Equal(1, graded.Grades.Unlettered);
    }

    [Fact]
    public void Levels_stay_as_they_are() =>
        Assert.Equal(["beginning", "advanced"], Graded(terms, Badge("welding", "beginning", "advanced")).Parts[0].Badges[0].Skills.Select(skill => skill.Level.Code));

    [Fact]
    public void Where_nothing_counts_there_is_no_average()
    {
        Assert.Null(Graded(terms, Badge("welding", "beginning")).Grades!.Average);
        Assert.Null(Graded(terms with { Skills = CountedSkills.None }, Badge("welding", "advanced")).Grades!.Average);
        Assert.Null(Graded(terms with { Letters = [.. terms.Letters.Select(letter => letter with { Points = null })] }, Badge("welding", "advanced")).Grades!.Average);
        Assert.Null(Graded(terms with { WeighsByCredit = true }, Badge("welding", "advanced")).Grades!.Average);
    }

    [Fact]
    public void A_policy_converts_the_versions_of_scales_that_it_names_and_no_other() =>
        Assert.Equal([null], Letters(Graded(terms with { Scales = [terms.Scales[0] with { Scale = $"{scale.Id}@99" }] }, Badge("welding", "advanced"))));

    [Fact]
    public void What_another_school_decided_is_not_the_policys_to_convert()
    {
        var graded = TranscriptGrades.Of(Transcript(new TranscriptPart(school.Id, "West", [Badge("welding", "proficient")]), new(elsewhere, "East", [Badge("nursing", "advanced")])), Policy(terms), "West", new HashSet<OrganizationId> { school.Id });

        Assert.Equal(["B", null], Letters(graded));
        Assert.Equal("3.00", graded.Grades!.Average!.Text);
    }

    [Fact]
    public void Skills_of_badges_that_were_not_earned_count_when_the_policy_says_so()
    {
        TranscriptBadge[] badges = [Badge("welding", "advanced"), Badge("nursing", "developing") with { EarnedOn = null }];

        Assert.Equal("3.00", Graded(terms, badges).Grades!.Average!.Text);
        Assert.Equal("4.00", Graded(terms with { Skills = CountedSkills.Earned }, badges).Grades!.Average!.Text);
    }

    [Fact]
    public void Skills_share_the_credits_of_their_badge_and_what_has_none_does_not_count()
    {
        var weighed = terms with { WeighsByCredit = true, Badges = [new("welding", 3), new("nursing", 1)] };

        Assert.Equal("3.75", Graded(weighed, Badge("welding", "advanced", "advanced", "advanced"), Badge("nursing", "proficient"), Badge("cooking", "developing")).Grades!.Average!.Text);
        Assert.Equal("4.00", Graded(weighed with { Rounding = GradeRounding.Down }, Badge("welding", "advanced", "advanced", "advanced")).Grades!.Average!.Text);
    }

    [Theory]
    [InlineData(GradeRounding.HalfUp, 1, "3.3")]
    [InlineData(GradeRounding.HalfEven, 1, "3.2")]
    [InlineData(GradeRounding.Down, 1, "3.2")]
    [InlineData(GradeRounding.HalfUp, 0, "3")]
    [InlineData(GradeRounding.HalfUp, 3, "3.250")]
    public void An_average_is_rounded_as_the_policy_says(GradeRounding rounding, int decimals, string text) =>
        Assert.Equal(text, Graded(terms with { Rounding = rounding, Decimals = decimals }, Badge("welding", "advanced", "proficient", "proficient", "proficient")).Grades!.Average!.Text);

    [Theory]
    [InlineData("grade-policy.not-monotone", "beginning", "B", "proficient", "C")]
    [InlineData("grade-policy.levels", "beginning", "Z", "proficient", "C")]
    [InlineData("grade-policy.levels", "expert", "A", "proficient", "C")]
    [InlineData("grade-policy.lowest-fails", "beginning", "F", "proficient", "C")]
    public void Policies_that_would_wrong_a_learner_are_refused(string code, params string[] levels) =>
        Assert.Equal(code, Assert.Throws<RefusedException>(() => Checked(terms with { Scales = [new(version, Levels(levels))] })).Code);

    [Fact]
    public void The_lowest_level_fails_for_a_stated_reason_alone() =>
        Assert.NotNull(Checked(terms with { Scales = [new(version, Levels("beginning", "F"))], LowestReason = "The state's rule." }));

    [Fact]
    public void Terms_that_say_nothing_clear_are_refused()
    {
        var cases = new (string Code, GradeTerms Terms)[]
        {
            ("grade-policy.name", terms with { Authority = " " }),
            ("grade-policy.letters", terms with { Letters = [new("A", 4), new("A", 4)] }),
            ("grade-policy.letters", terms with { Letters = [new("C", 3), new("B", 2), new("A", 4)] }),
            ("grade-policy.letters", terms with { Letters = [new("C", 2), new("B", 3), new("A", 4.0001m)] }),
            ("grade-policy.average", terms with { Decimals = 4 }),
            ("grade-policy.average", terms with { Badges = [new("welding", 0)] }),
            ("grade-policy.days", terms with { EffectiveTo = new(2026, 6, 30) }),
            ("scale.not-found", terms with { Scales = [new("no-such@1", Levels("beginning", "C"))] }),
        };

        Assert.All(cases, one => Assert.Equal(one.Code, Assert.Throws<RefusedException>(() => Checked(one.Terms)).Code));
        Assert.Equal(terms.Name, Checked(terms).Name);
    }

    private static GradeTerms Checked(GradeTerms asked) => asked.Checked(new Dictionary<string, MasteryScale> { [version] = scale });

    private static Transcript Graded(GradeTerms policy, params TranscriptBadge[] badges) =>
        TranscriptGrades.Of(Transcript(new TranscriptPart(school.Id, "West", [.. badges])), Policy(policy), "West", new HashSet<OrganizationId> { school.Id });

    private static Transcript Transcript(params TranscriptPart[] parts) =>
        new(PersonId.From("ada"), "Ada", school, today, [.. parts], new Dictionary<string, MasteryScale> { [scale.SnapshotHash.Hex] = scale }.ToImmutableSortedDictionary(StringComparer.Ordinal), 0);

    private static TranscriptBadge Badge(string slug, params string[] levels) => new(
        new(slug, 1), slug, scale.SnapshotHash, today, null, CredentialId.From(slug),
        [.. levels.Select((code, number) => (Level: scale.Level(code), number)).Select(at => new TranscriptSkill(string.Create(CultureInfo.InvariantCulture, $"Skill {at.number}"), new(at.Level.Code, at.Level.Ordinal, at.Level.Label, at.Level.Descriptor, true, true), today))], []);

    private static GradePolicy Policy(GradeTerms of) => new("key", 2, school.Id, of, PersonId.From("office"), default);

    private static ImmutableSortedDictionary<string, string> Levels(params string[] pairs) =>
        pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]).ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static IEnumerable<string?> Letters(Transcript transcript) => transcript.Parts.SelectMany(part => part.Badges).SelectMany(badge => badge.Skills).Select(skill => skill.Letter);
}
