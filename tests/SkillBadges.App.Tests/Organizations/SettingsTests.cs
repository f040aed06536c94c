using System.Net;
using System.Text.Json.Nodes;
using SkillBadges.App.Organizations;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Organizations;

public sealed class SettingsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task What_nobody_set_is_what_the_product_comes_with()
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var anyone = await app.AsAsync(await app.PersonAsync(school.Id, Role.Teacher));

        var undo = (await ReadAsync(anyone, school)).Effective["undoMinutes"];

        Assert.Equal((10, null), (undo.Value.GetValue<int>(), undo.Origin));
    }

    [Fact]
    public async Task A_school_inherits_from_its_district_until_it_decides_otherwise()
    {
        var district = await app.OrganizationAsync(OrganizationKind.District);
        using var state = await app.AsAsync(await app.StateAdminAsync());
        using var founded = await state.PostAsync("/api/organizations", new { slug = $"s-{Guid.CreateVersion7():n}", name = "Westfield", kind = "highSchool", parent = district.Id.Value });
        var school = await founded.ReadAsync<OrganizationView>();
        using var districtAdmin = await app.AsAsync(await app.PersonAsync(district.Id, Role.OrganizationAdmin));
        using var schoolAdmin = await app.AsAsync(await app.PersonAsync(OrganizationId.From(school.Id), Role.OrganizationAdmin));

        using (await districtAdmin.PutJsonAsync($"/api/organizations/{district.Id.Value}/settings", new { undoMinutes = 3 }))
        {
            var inherited = (await ReadAsync(schoolAdmin, school.Id)).Effective["undoMinutes"];
            Assert.Equal((3, district.Id.Value, district.Name), (inherited.Value.GetValue<int>(), inherited.Origin, inherited.OriginName));
        }

        using var set = await schoolAdmin.PutJsonAsync($"/api/organizations/{school.Id}/settings", new { undoMinutes = 0 });
        var own = (await set.ReadAsync<SettingsView>()).Effective["undoMinutes"];
        Assert.Equal((0, school.Id), (own.Value.GetValue<int>(), own.Origin));

        using (await schoolAdmin.PutJsonAsync($"/api/organizations/{school.Id}/settings", new JsonObject()))
        {
            Assert.Equal(3, (await ReadAsync(schoolAdmin, school.Id)).Effective["undoMinutes"].Value.GetValue<int>());
        }
    }

    [Fact]
    public async Task Only_its_administrators_change_them_and_only_within_bounds()
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var teacher = await app.AsAsync(await app.PersonAsync(school.Id, Role.Teacher));
        using var elsewhere = await app.AsAsync(await app.PersonAsync((await app.OrganizationAsync(OrganizationKind.HighSchool)).Id, Role.OrganizationAdmin));
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));
        var address = $"/api/organizations/{school.Id.Value}/settings";

        using var byTeacher = await teacher.PutJsonAsync(address, new { undoMinutes = 0 });
        await byTeacher.RefusesAsync(403, "role.missing");
        using var byStranger = await elsewhere.PutJsonAsync(address, new { undoMinutes = 0 });
        await byStranger.RefusesAsync(403, "role.missing");
        foreach (var minutes in new[] { -1, 1441 })
        {
            using var outside = await admin.PutJsonAsync(address, new { undoMinutes = minutes });
            await outside.RefusesAsync(422, "setting.undo-minutes");
        }

        using var unknown = await admin.PutJsonAsync(address, new { undoMinute = 5 });
        await unknown.RefusesAsync(400, "request.unknown-member");
    }

    [Fact]
    public async Task Of_two_who_change_what_they_read_the_second_is_told_to_look_again()
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));
        var address = $"/api/organizations/{school.Id.Value}/settings";

        using var first = await admin.PutJsonAsync(address, new { undoMinutes = 1 }, ("If-Match", "\"v0\""));
        using var second = await admin.PutJsonAsync(address, new { undoMinutes = 2 }, ("If-Match", "\"v0\""));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("\"v1\"", first.Headers.ETag?.Tag);
        await second.RefusesAsync(412, "request.stale");
    }

    private static Task<SettingsView> ReadAsync(HttpClient client, Organization organization) => ReadAsync(client, organization.Id.Value);

    private static async Task<SettingsView> ReadAsync(HttpClient client, string organization)
    {
        using var answer = await client.GetAsync(new Uri($"/api/organizations/{organization}/settings", UriKind.Relative));
        return await answer.ReadAsync<SettingsView>();
    }
}
