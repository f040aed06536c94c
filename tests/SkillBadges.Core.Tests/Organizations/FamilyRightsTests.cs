using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Organizations;

public sealed class FamilyRightsTests
{
    private static readonly Organization School = Organization.Found(OrganizationId.From("school"), "school", "School", OrganizationKind.HighSchool, null) with { TimeZone = "America/Denver" };

    private static readonly Organization College = School with { Id = OrganizationId.From("college"), Kind = OrganizationKind.College };

    private static readonly Person Learner = Person.Named(PersonId.From("learner"), "Maya") with { RightsPassOn = new(2026, 11, 21) };

    [Theory]
    [InlineData("2026-11-20T12:00:00Z", true)]
    [InlineData("2026-11-21T06:59:59Z", true)] // still the 20th in Denver
    [InlineData("2026-11-21T07:00:00Z", false)]
    [InlineData("2027-01-01T00:00:00Z", false)]
    public void Rights_in_a_schools_record_pass_on_the_day_as_it_begins_there(string now, bool holds) =>
        Assert.Equal(holds, FamilyRights.HoldsRights(Learner, School, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void What_a_college_keeps_is_the_learners_own_at_any_age() =>
        Assert.False(FamilyRights.HoldsRights(Learner with { RightsPassOn = null }, College, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Without_a_day_the_family_keeps_the_rights() =>
        Assert.True(FamilyRights.HoldsRights(Learner with { RightsPassOn = null }, School, new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));
}
