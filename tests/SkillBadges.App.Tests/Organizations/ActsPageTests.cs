using System.Net;
using System.Net.Http.Json;
using SkillBadges.App.Layout;
using SkillBadges.App.Organizations.Office;
using SkillBadges.App.Tests.Definitions;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Organizations;

/// <summary>Who did what: definitions, agreements, policies, periods and settings, with what each line is about.</summary>
[Collection(DistrictCollection.Name)]
public sealed class ActsPageTests(TestDistrict district)
{
    private readonly TestApp app = district.App;

    [Fact]
    public async Task What_is_signed_published_taken_back_and_retired_is_told_with_the_badge()
    {
        var workshop = await Workshop.OpenAsync(app);
        using var lead = PageVisitor.Of(app, workshop.LeadAdmin);
        using var college = PageVisitor.Of(app, workshop.CollegeAdmin);
        await workshop.PostAsync<object>(workshop.LeadAdmin, "committee-votes", Workshop.Vote);
        await workshop.SignAndPublishAsync();
        var signed = (await workshop.ReadAsync()).SignOffs.First(one => one.OrganizationId == workshop.College.Value);
        await workshop.PostAsync<object>(workshop.CollegeAdmin, $"sign-offs/{signed.Id}/withdrawals", new { reason = "The course changed." });
        await workshop.PostAsync<object>(workshop.LeadAdmin, "retirements", new { reason = "Nobody asks for it." });

        var acts = await lead.OpenAsync($"/office/{workshop.Lead}/acts");
        var badge = $": <a href=\"/badges/{workshop.Slug}\"><bdi>SMAW Plate: Fillet Welds 1F to 3F";
        Assert.All((string[])["Recorded a vote of a committee", "Signed a badge", "Retired a badge"], words => Assert.Contains($"{words}{badge}</bdi>", acts, StringComparison.Ordinal));
        Assert.Contains($"Published a badge{badge} 1</bdi>", acts, StringComparison.Ordinal);
        var theirs = await college.OpenAsync($"/office/{workshop.College}/acts");
        Assert.Contains($"Took a sign-off of a badge back{badge}</bdi>", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("Published a badge", theirs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_settings_says_which_and_saving_the_same_again_is_none()
    {
        var school = (await app.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        using var program = await app.AsAsync(await app.PersonAsync(school, Role.OrganizationAdmin));
        using var page = PageVisitor.Of(app, program);
        for (var time = 0; time < 2; time++)
        {
            using var set = await program.PutJsonAsync($"/api/organizations/{school}/settings", new { reviewDays = 9, attempts = new Dictionary<string, object> { ["smaw-fillet"] = new { limit = 3 } } });
            Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        }

        var told = await page.OpenAsync($"/office/{school}/acts");
        Assert.Contains("Changed the settings: How often a student may try, Days until turned-in work is due", told, StringComparison.Ordinal);
        Assert.Equal(2, told.Split("Changed the settings").Length);
    }

    [Fact]
    public async Task A_badge_taken_back_says_whose_it_was_to_who_keeps_the_records()
    {
        var admin = await app.PersonAsync(district.West, Role.OrganizationAdmin);
        using var program = await app.AsAsync(admin);
        using var page = PageVisitor.Of(app, program);
        var acts = $"/office/{district.West}/acts?by={admin}";
        var learner = await district.LearnerAsync();
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;
        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync($"/api/awards/{award}/revocations", new { reason = "A mistake." })).StatusCode);

        var named = $"<a href=\"/badges/{TestDistrict.Badge}\"><bdi>{district.Definition.Name}</bdi></a>";
        Assert.Contains($"Took a badge back: {named} · <bdi>Ada Lovelace</bdi>", Spaced(await page.OpenAsync(acts)), StringComparison.Ordinal);
        using var state = await PageVisitor.OfAsync(app, await app.StateAdminAsync());
        var seen = Spaced(await state.OpenAsync(acts));
        Assert.Contains($"Took a badge back: {named}", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("· <bdi>", seen, StringComparison.Ordinal);
        learner.Client.Dispose();
    }

    [Fact]
    public async Task Agreements_policies_and_periods_are_told_by_name()
    {
        var (school, college) = ((await app.OrganizationAsync(OrganizationKind.HighSchool)).Id, (await app.OrganizationAsync(OrganizationKind.College)).Id);
        using var program = await app.AsAsync(await app.PersonAsync(school, Role.OrganizationAdmin));
        using var other = await app.AsAsync(await app.PersonAsync(college, Role.OrganizationAdmin));
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);
        using var proposed = await program.PostAsJsonAsync("/api/articulations", new
        {
            organizationId = school.Value, kind = "badge", slug = "wall-framing", schoolId = school.Value, collegeId = college.Value, terms = new { courseCode = "C", courseTitle = "C", credits = 1, from = today },
        });
        var address = proposed.Headers.Location!.OriginalString;
        Assert.Equal(HttpStatusCode.OK, (await other.PostAsync($"{address}/approvals", new { organizationId = college.Value, revision = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.PostAsync($"{address}/approvals", new { organizationId = college.Value, revision = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync($"{address}/end", new { organizationId = school.Value, lastDay = today.AddDays(9) })).StatusCode);
        await MakeAsync(program, "/api/mark-policies", new
        {
            organizationId = school.Value,
            terms = new { name = "Letters of ours", scaleId = "four-level", marks = new[] { "D", "C", "B", "A" }, levels = new { beginning = "D", developing = "C", proficient = "B", advanced = "A" }, failing = Array.Empty<string>(), combine = "most" },
        });
        await MakeAsync(program, "/api/graduation-rules", new
        {
            organizationId = school.Value, terms = new { name = "Diploma of ours", requirements = new[] { new { id = "books", title = "Books", kind = "badge", slug = TestDistrict.Badge } }, badgeCredits = Array.Empty<object>() },
        });
        using var page = PageVisitor.Of(app, program);
        await page.SendAsync("/cycles", "open", ("Name", "Weeks 1 to 3"), ("From", $"{today.AddDays(-5):yyyy-MM-dd}"), ("To", $"{today.AddDays(16):yyyy-MM-dd}"));

        var acts = await page.OpenAsync($"/office/{school}/acts");
        var framing = "<a href=\"/badges/wall-framing\"><bdi>Wall Framing";
        Assert.All(
            (string[])[$"Proposed the wording of an agreement: {framing}", $"Ended an agreement: {framing}", "Wrote a policy of marks: <bdi>Letters of ours</bdi>", "Wrote rules of graduation: <bdi>Diploma of ours</bdi>", "Opened a grading period: <bdi>Weeks 1 to 3</bdi>"],
            line => Assert.Contains(line, acts, StringComparison.Ordinal));
        using var theirs = PageVisitor.Of(app, other);
        Assert.Equal(2, (await theirs.OpenAsync($"/office/{college}/acts")).Split($"Agreed to an agreement: {framing}").Length);
    }

    [Fact]
    public void Every_setting_has_a_name_that_people_read()
    {
        var words = new Texts("en");
        Assert.All(new SettingValues().DifferingFrom(SettingValues.Defaults), name => Assert.NotEqual(name, SettingWords.Of(words, name)));
    }

    // Whitespace of the markup is one space to who reads it.
    private static string Spaced(string page) => string.Join(' ', page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task MakeAsync(HttpClient program, string address, object body)
    {
        using var made = await program.PostAsync(address, body);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }
}
