using System.Net;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Gradebook.Plans;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>A counselor's students, their plans and what is missing for graduation, on pages without script.</summary>
[Collection(DistrictCollection.Name)]
public sealed class AdvisingPagesTests(TestDistrict district)
{
    [Fact]
    public async Task A_plan_is_begun_written_kept_and_signed_and_the_counselor_sees_who_has_not_signed()
    {
        var app = district.App;
        var school = (await app.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        var (learner, other) = (await app.PersonAsync(school, Role.Student), await app.PersonAsync(school, Role.Student));
        using var counselor = await PageVisitor.OfAsync(app, await app.PersonAsync(school, Role.Counselor));
        using var student = await PageVisitor.OfAsync(app, learner);
        Assert.Contains("no plan yet", await counselor.OpenAsync("/advising"), StringComparison.Ordinal);

        var page = $"/advising/{school}/{learner}";
        var begun = await counselor.SendAsync(page, $"begin-{school}", ("Period", "Term 1"));
        Assert.Contains("Nothing is written yet.", begun, StringComparison.Ordinal);
        var plan = $"/plans/{(await district.Store.FirstAsync(PlanDocuments.Kind, PlanDocuments.ByLearner.Where(learner.Value), default))!.Id}";
        var written = await counselor.SendAsync(plan, "write", ("Pathway", "Bookkeeping"), ("Goals[g1]", "Keep books <i>for</i> a shop"), ("Steps[g1]", "Visit one."), ("Targets[t1]", TestDistrict.Badge), ("Periods[t1]", "Term 1"));
        Assert.Contains("Saved.", written, StringComparison.Ordinal);
        Assert.Contains("Keep books &lt;i&gt;for", counselor.Html, StringComparison.Ordinal);
        Assert.Contains("/problems/plan.content", await student.SendAsync(plan, "write", ("Goals[g1]", "Another"), ("Targets[t1]", TestDistrict.Badge), ("Periods[t1]", "")), StringComparison.Ordinal);
        Assert.Contains("Kept.", await counselor.SendAsync(plan, "keep", ("Notes", "We met.")), StringComparison.Ordinal);
        Assert.Contains("waits for the school", await student.SendAsync(plan, "sign-1"), StringComparison.Ordinal);
        Assert.Contains("review not signed", await counselor.OpenAsync("/advising?show=unsigned"), StringComparison.Ordinal);
        Assert.Contains("You have signed this review.", await counselor.SendAsync(plan, "sign-1"), StringComparison.Ordinal);

        Assert.Contains("review signed", await counselor.OpenAsync("/advising"), StringComparison.Ordinal);
        var unsigned = await counselor.OpenAsync("/advising?show=unsigned");
        Assert.DoesNotContain(learner.Value, unsigned, StringComparison.Ordinal);
        Assert.Contains(other.Value, unsigned, StringComparison.Ordinal);
        Assert.Contains(plan, await student.OpenAsync("/plan"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_tells_what_satisfies_what_and_what_is_missing_to_those_who_may_know()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        using var office = await district.AsAsync(district.WestRegistrar);
        var named = $"Diploma {Guid.NewGuid():N}";
        using var added = await office.PostAsync("/api/graduation-rules", new
        {
            organizationId = district.West.Value,
            terms = new
            {
                name = named, badgeCredits = Array.Empty<object>(),
                requirements = new object[]
                {
                    new { id = "books", title = "Bookkeeping", kind = "badge", slug = TestDistrict.Badge },
                    new { id = "art", title = "Art", kind = "credits", category = "art", credits = 1.5 },
                },
            },
        });
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var key = System.Text.Json.JsonDocument.Parse(await added.Content.ReadAsStringAsync()).RootElement.GetProperty("key").GetString();
        using var registrar = await PageVisitor.OfAsync(district.App, district.WestRegistrar);
        using var teacher = await PageVisitor.OfAsync(district.App, district.Teacher);
        using var stranger = await PageVisitor.OfAsync(district.App, district.EastRegistrar);
        using var student = PageVisitor.Of(district.App, learner.Client);
        using var guardian = await PageVisitor.OfAsync(district.App, await district.GuardianAsync(learner.Person));
        foreach (var (reader, page) in new[] { (registrar, $"/advising/{district.West}/{learner.Person}"), (teacher, $"/advising/{district.West}/{learner.Person}"), (student, "/plan"), (guardian, $"/plan/{learner.Person}") })
        {
            var read = await reader.OpenAsync($"{page}?rules={key}");
            Assert.Contains(named, read, StringComparison.Ordinal);
            Assert.Contains("1 of 2 there", read, StringComparison.Ordinal);
            Assert.Contains("1.5 more credits of art", read, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.TryAsync($"/advising/{district.West}/{learner.Person}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.TryAsync($"/advising/{district.East}/{learner.Person}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.TryAsync($"/plan/{learner.Person}")).Status);
        Assert.Contains("are for its counselors", await teacher.OpenAsync("/advising"), StringComparison.Ordinal);
    }
}
