using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;

namespace SkillBadges.Core.Tests.Sharing;

/// <summary>34 CFR 99.3, 99.5 and the table of minors' public pages, as a table.</summary>
public sealed class ConsentRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(12, "school", "organization", "guardian")]
    [InlineData(15, "school", "organization", "guardian")]
    [InlineData(17, "school", "organization", "guardian")]
    [InlineData(18, "school", "organization", "learner")]
    [InlineData(15, "college", "organization", "learner")]
    [InlineData(17, "college", "organization", "learner")]
    [InlineData(18, "college", "organization", "learner")]
    [InlineData(12, "school", "shareLink", "nobody")]
    [InlineData(15, "school", "shareLink", "learner guardian")]
    [InlineData(17, "school", "shareLink", "learner guardian")]
    [InlineData(18, "school", "shareLink", "learner")]
    [InlineData(12, "college", "shareLink", "nobody")]
    [InlineData(15, "college", "shareLink", "learner guardian")]
    [InlineData(17, "college", "publicPage", "learner guardian")]
    [InlineData(18, "college", "publicPage", "learner")]
    [InlineData(null, "school", "publicPage", "nobody")]
    [InlineData(null, "school", "organization", "guardian")]
    [InlineData(17, "school", "employerSearch", "nobody")]
    [InlineData(17, "college", "employerSearch", "nobody")]
    [InlineData(18, "school", "employerSearch", "learner")]
    [InlineData(18, "college", "employerSearch", "learner")]
    [InlineData(15, "school", "levelUpList", "guardian")]
    [InlineData(18, "school", "levelUpList", "learner")]
    public void Who_has_to_say_yes(int? age, string keeper, string recipient, string expected)
    {
        var passOn = age is { } years ? DateOnly.FromDateTime(Now.Date).AddYears(18 - years) : (DateOnly?)null;
        var school = Organization.Found(new("k"), "keeper", "Keeper", keeper == "college" ? OrganizationKind.College : OrganizationKind.HighSchool, null);
        var learner = Person.Named(new("p"), "A learner") with { RightsPassOn = passOn };

        var voices = ConsentRule.Voices(FamilyRights.HoldsRights(learner, school, Now), AgeBands.Of(passOn, school.DayOf(Now)), Enum.Parse<RecipientKind>(recipient, ignoreCase: true));

        Assert.Equal(expected, voices.IsEmpty ? "nobody" : string.Join(' ', voices).ToLowerInvariant());
    }

    [Theory]
    [InlineData("America/Denver", "2026-11-22T06:59:59Z", ConsentState.InForce)]
    [InlineData("America/Denver", "2026-11-22T07:00:00Z", ConsentState.Waiting)]
    [InlineData("America/New_York", "2026-11-22T05:00:00Z", ConsentState.Waiting)]
    [InlineData("Pacific/Honolulu", "2026-11-22T07:00:00Z", ConsentState.InForce)]
    public void A_guardians_yes_ends_with_the_eighteenth_birthday_where_the_record_is_kept(string zone, string instant, ConsentState expected)
    {
        var now = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        var school = Organization.Found(new("k"), "keeper", "Keeper", OrganizationKind.HighSchool, null).InTimeZone(zone);
        var learner = Person.Named(new("p"), "A learner") with { RightsPassOn = new(2026, 11, 22) };
        var consent = Given(ConsentVoice.Guardian, now.AddYears(-1));

        var needed = ConsentRule.Voices(FamilyRights.HoldsRights(learner, school, now), AgeBands.Of(learner.RightsPassOn, school.DayOf(now)), RecipientKind.Organization);

        Assert.Equal(expected, consent.StateAt(needed, now));
    }

    [Theory]
    [InlineData("2026-11-22", AgeBand.Adult)]
    [InlineData("2026-11-21", AgeBand.Teen)]
    [InlineData("2021-11-22", AgeBand.Teen)]
    [InlineData("2021-11-21", AgeBand.UnderThirteen)]
    public void The_band_follows_from_the_day_on_which_rights_pass(string today, AgeBand expected) =>
        Assert.Equal(expected, AgeBands.Of(new(2026, 11, 22), DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_withdrawal_is_for_good_and_keeps_what_was_said()
    {
        var withdrawn = Given(ConsentVoice.Learner, Now).Withdraw(new(new("p"), Now.AddDays(1), null));

        Assert.Equal(ConsentState.Withdrawn, withdrawn.StateAt([ConsentVoice.Learner], Now.AddDays(1)));
        Assert.Single(withdrawn.Grants);
        Assert.Equal("consent.withdrawn", Assert.Throws<RefusedException>(() => withdrawn.Give(new(ConsentVoice.Guardian, new("g"), Now.AddDays(2), null))).Code);
        Assert.Equal("consent.withdrawn", Assert.Throws<RefusedException>(() => withdrawn.Withdraw(new(new("p"), Now.AddDays(2), null))).Code);
    }

    [Fact]
    public void A_consent_about_some_badges_says_nothing_of_others_nor_of_all()
    {
        var scope = new RecordScope(new("k"), [RecordKind.Levels], ["smaw-fillet"]);

        Assert.True(scope.Covers(new("k"), RecordKind.Levels, "smaw-fillet"));
        Assert.False(scope.Covers(new("k"), RecordKind.Levels, "wall-framing"));
        Assert.False(scope.Covers(new("k"), RecordKind.Levels, null));
        Assert.False(scope.Covers(new("k"), RecordKind.Evidence, "smaw-fillet"));
        Assert.False(scope.Covers(new("other"), RecordKind.Levels, "smaw-fillet"));
    }

    private static Consent Given(ConsentVoice voice, DateTimeOffset at) => new Consent(
        new("c"), new("p"), new(new(new("k"), [RecordKind.Levels], []), "A job", new(RecipientKind.Organization, new("o")), at.AddYears(2)), at).Give(new(voice, new("g"), at, null));
}
