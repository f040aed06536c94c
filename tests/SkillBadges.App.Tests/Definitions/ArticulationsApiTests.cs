using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Definitions;

[Collection(DistrictCollection.Name)]
public sealed class ArticulationsApiTests(TestDistrict district)
{
    [Fact]
    public async Task A_school_proposes_a_college_agrees_and_the_page_says_what_the_badge_counts_for_until_it_ends()
    {
        const string badge = "wall-framing";
        var college = (await district.App.OrganizationAsync(OrganizationKind.College)).Id;
        using var school = await district.AsAsync(district.WestRegistrar);
        using var registrar = await district.AsAsync(await district.App.PersonAsync(college, Role.Registrar));
        using var anyone = district.App.Anonymous();
        var today = DateOnly.FromDateTime(district.App.Clock.GetUtcNow().UtcDateTime);
        var terms = new { courseCode = "CNST 1100", courseTitle = "Framing", credits = 2.5, from = today.AddDays(-30), minimumLevel = "proficient", fee = 25 };

        using var proposed = await school.PostAsJsonAsync("/api/articulations", new { organizationId = district.West.Value, kind = "badge", slug = badge, schoolId = district.West.Value, collegeId = college.Value, terms });
        Assert.Equal(HttpStatusCode.Created, proposed.StatusCode);
        var address = proposed.Headers.Location!.OriginalString;
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
        Assert.DoesNotContain("CNST 1100", await anyone.GetStringAsync(new Uri($"/badges/{badge}", UriKind.Relative)), StringComparison.Ordinal);

        // The school cannot say yes for the college.
        Assert.Equal(HttpStatusCode.Forbidden, (await school.PostAsJsonAsync($"{address}/approvals", new { organizationId = college.Value, revision = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await registrar.PostAsJsonAsync($"{address}/approvals", new { organizationId = college.Value, revision = 1 })).StatusCode);
        Assert.Contains("2.5 credits of CNST 1100 (Framing)", await anyone.GetStringAsync(new Uri($"/badges/{badge}", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(1, (await anyone.GetFromJsonAsync<JsonObject>($"/api/articulations?badge={badge}"))!["items"]![0]!["holding"]!["number"]!.GetValue<int>());

        var unknown = await school.PostAsJsonAsync($"{address}/revisions", new { organizationId = district.West.Value, terms = new { courseCode = "C", courseTitle = "C", credits = 1, from = today, minimumLevel = "expert" } });
        Assert.Equal("scale.unknown-level", (await unknown.Content.ReadFromJsonAsync<JsonObject>())!["code"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await registrar.PostAsJsonAsync($"{address}/end", new { organizationId = college.Value, lastDay = today.AddDays(400) })).StatusCode);
    }
}
