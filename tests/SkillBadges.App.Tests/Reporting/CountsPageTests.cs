using System.Net;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Reporting;

/// <summary>What a state office sees of the badges that schools award: counts, and no small one.</summary>
[Collection(DistrictCollection.Name)]
public sealed class CountsPageTests(TestDistrict district)
{
    [Fact]
    public async Task Badges_are_counted_by_school_and_program_without_what_is_small_and_not_again_at_once()
    {
        var app = district.App;
        var office = await app.OrganizationAsync(OrganizationKind.StateOffice);
        var (large, small) = (await SchoolAsync(office.Id, "Large High"), await SchoolAsync(office.Id, "Small High"));
        var now = app.Clock.Now();
        await AwardAsync(large, 23, now, AwardState.Issued);
        await AwardAsync(large, 4, now, AwardState.Revoked);
        await AwardAsync(large, 5, now.AddYears(-2), AwardState.Issued);
        await AwardAsync(small, 3, now, AwardState.Issued);
        using var admin = await PageVisitor.OfAsync(app, await app.PersonAsync(office.Id, Role.StateAdmin));
        using var registrar = await PageVisitor.OfAsync(app, district.WestRegistrar);
        var page = $"/office/{office.Id}/counts";
        var year = office.DayOf(now) is { Month: >= 7 } day ? day.Year + 1 : office.DayOf(now).Year;
        Assert.Contains("No school year is counted yet", await admin.OpenAsync(page), StringComparison.Ordinal);

        var counted = await admin.SendAsync(page, "count", ("Counted", $"{year}"));
        Assert.Contains("Large High", counted, StringComparison.Ordinal);
        Assert.DoesNotContain("<td>3</td>", counted, StringComparison.Ordinal);
        Assert.DoesNotContain("<td>27</td>", counted, StringComparison.Ordinal);
        var kept = (await district.Store.GetAsync(Core.Reporting.Yearly.BadgeCountDocuments.Kind, $"{office.Id}/{year:d4}", "count", default)).Document;
        Assert.Null(kept.Table.Rows.Single(row => row.Name == "Small High").Counts[^1]);
        // With the large school's count and the sum the small one's would be known: one of both is kept back.
        Assert.Contains(null, kept.Table.Rows.Where(row => row.Name != "Small High").Select(row => row.Counts[^1]));

        Assert.Contains("/problems/badge-count.too-soon", await admin.SendAsync(page, "count", ("Counted", $"{year}")), StringComparison.Ordinal);
        Assert.Contains("/problems/yearly-report.year", await admin.SendAsync(page, "count", ("Counted", $"{year + 1}")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await registrar.TryAsync(page)).Status);
    }

    private async Task<OrganizationId> SchoolAsync(OrganizationId above, string name)
    {
        var school = Organization.Found(OrganizationId.New(district.App.Clock.Now()), $"test-{Guid.NewGuid():N}", name, OrganizationKind.HighSchool, above);
        await district.Store.CommitAsync(new Changes().Add(OrganizationDocuments.Kind, school), default);
        return school.Id;
    }

    private async Task AwardAsync(OrganizationId school, int count, DateTimeOffset at, AwardState state)
    {
        var like = (await district.ApprovedAsync((await district.LearnerAsync()).Person)).Answer.Award!.Id;
        var award = (await district.Store.GetAsync(AwardDocuments.Kind, like, "award", default)).Document;
        var changes = new Changes();
        for (var number = 0; number < count; number++)
        {
            changes.Add(AwardDocuments.Kind, award with { Id = AwardId.New(at), Learner = PersonId.New(at), Organization = school, AwardedAt = at, State = state, Credential = new($"urn:uuid:{Guid.NewGuid()}") });
        }

        await district.Store.CommitAsync(changes, default);
    }
}
