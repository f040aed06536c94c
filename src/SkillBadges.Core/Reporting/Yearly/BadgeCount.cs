using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Yearly;

/// <summary>
/// How many badges the schools below a state office awarded in a school year, by school and program. Only what <see cref="Suppression"/> leaves is kept: the records are the schools', and nobody at the
/// state office sees a small count.
/// </summary>
/// <param name="Year">In which the school year ends; it goes from July to June.</param>
/// <param name="Table">A row for each school below its district; a column for each program, which is the field of the badge.</param>
public sealed record BadgeCount(OrganizationId Organization, int Year, PublicTable Table, PersonId By, DateTimeOffset At)
{
    /// <summary>A year is not counted again before: two counts tell by their difference what each keeps back.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromDays(30);

    public string Id => IdOf(Organization, Year);

    public static string IdOf(OrganizationId organization, int year) => FormattableString.Invariant($"{organization.Value}/{year:d4}");
}

public static class BadgeCountDocuments
{
    public static readonly AccessPath<BadgeCount> ByOrganization = new AccessPath<BadgeCount>("organization").Equal("organization", count => count.Organization.Value).OrderBy("year", count => (long?)count.Year);

    public static readonly DocumentKind<BadgeCount> Kind = new("badge_count", count => count.Id) { Paths = [ByOrganization] };
}
