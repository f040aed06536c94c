using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Yearly;

/// <summary>What a school year came to, by school and program, frozen as it was counted. Published, it shows the public what <see cref="Suppression"/> leaves.</summary>
/// <param name="Year">In which the school year ends; it goes from July to June.</param>
public sealed record YearlyReport(string Id, OrganizationId Organization, int Year, ImmutableArray<CountTable> Tables, PersonId By, DateTimeOffset At)
{
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Another was published in its place: it is shown to the public no more.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    public bool IsPublic => PublishedAt is not null && WithdrawnAt is null;

    public DateOnly From => new SchoolYear(Year).From;

    public DateOnly Until => new SchoolYear(Year).Until;

    public IEnumerable<PublicTable> ForThePublic() => Tables.Select(table => Suppression.Of(table));

    /// <exception cref="RefusedException"><c>yearly-report.published</c>.</exception>
    public YearlyReport Publish(DateTimeOffset at) => PublishedAt is null ? this with { PublishedAt = at } : throw Refused.Conflict("yearly-report.published", "This report was published already.");
}

/// <summary>That somebody looked at the counts that the public does not see.</summary>
public sealed record YearlyReportReading(string Id, string Report, PersonId By, DateTimeOffset At);

public static class YearlyReportDocuments
{
    public static readonly AccessPath<YearlyReport> ByOrganization = new AccessPath<YearlyReport>("organization").Equal("organization", r => r.Organization.Value).OrderBy("at", r => r.At);

    /// <summary>One report of a year is public: two would tell by their difference what each keeps back.</summary>
    public static readonly AccessPath<YearlyReport> Public = new AccessPath<YearlyReport>("public").Equal("organization", r => r.IsPublic ? r.Organization.Value : null).Equal("year", r => (long?)r.Year).Unique();

    public static readonly DocumentKind<YearlyReport> Kind = new("yearly_report", r => r.Id) { Paths = [ByOrganization, Public] };

    public static readonly AccessPath<YearlyReportReading> ReadingsByReport = new AccessPath<YearlyReportReading>("report").Equal("report", r => r.Report).OrderBy("at", r => r.At);

    public static readonly DocumentKind<YearlyReportReading> Readings = new("yearly_report_reading", r => r.Id) { Paths = [ReadingsByReport] };
}
