using System.Globalization;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>Rises, gaps, grading periods and marks over HTTP.</summary>
[Collection(DistrictCollection.Name)]
public sealed class GrowthApiTests(TestDistrict district)
{
    private string Today => district.App.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Days => $"from={district.App.Clock.GetUtcNow().AddDays(-2):yyyy-MM-dd}&to={district.App.Clock.GetUtcNow().AddDays(1):yyyy-MM-dd}";

    [Fact]
    public async Task Rises_are_listed_for_staff_until_the_learner_or_the_family_says_no()
    {
        var (section, learner, _) = await ClassOfTwoAsync();
        await district.ApprovedAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);
        using var guardian = await district.AsAsync(await district.GuardianAsync(learner.Person));
        Assert.Equal(district.Definition.Competencies.Length, (await RisesAsync(teacher, learner)).Count);

        await SayAsync(learner.Client, learner, true);
        Assert.Empty(await RisesAsync(teacher, learner));
        await SayAsync(guardian, learner, true);
        await SayAsync(learner.Client, learner, false);
        Assert.Empty(await RisesAsync(teacher, learner));
        await SayAsync(guardian, learner, false);
        Assert.NotEmpty(await RisesAsync(teacher, learner));

        using var wrong = await teacher.GetAsync(new Uri($"/api/organizations/{district.West}/level-ups?from={Today}", UriKind.Relative));
        await wrong.RefusesAsync(422, "level-ups.days");
        using var stranger = await teacher.SendJsonAsync(HttpMethod.Put, $"/api/learners/{learner.Person}/celebration", new { optedOut = true });
        await stranger.RefusesAsync(404, "learner.not-found");
        Assert.NotEmpty(section.Value);
    }

    [Fact]
    public async Task Gaps_name_each_skill_with_its_tasks_and_close_with_decisions()
    {
        var learner = await district.LearnerAsync();
        var before = await ReadAsync(learner.Client, $"/api/learners/{learner.Person}/gaps?badge={TestDistrict.Badge}");
        await district.ApprovedAsync(learner.Person);
        var after = await ReadAsync(learner.Client, $"/api/learners/{learner.Person}/gaps?badge={TestDistrict.Badge}");
        using var teacher = await district.AsAsync(district.Teacher);
        var byStaff = await ReadAsync(teacher, $"/api/learners/{learner.Person}/gaps?badge={TestDistrict.Badge}&school={district.West}");

        Assert.Equal(district.Definition.Competencies.Length, before["gaps"]!.AsArray().Count);
        Assert.All(before["gaps"]!.AsArray(), gap => Assert.NotEmpty(gap!["steps"]!.AsArray()));
        Assert.Empty(after["gaps"]!.AsArray());
        Assert.Empty(byStaff["gaps"]!.AsArray());
        Assert.NotEmpty((await ReadAsync(learner.Client, $"/api/learners/{learner.Person}/gaps?stack=welding-1"))["gaps"]!.AsArray());
        foreach (var (query, status, code) in new[]
        {
            ("", 422, "gaps.target"), ("?badge=a&stack=b", 422, "gaps.target"), ("?badge=no-such", 404, "badge.not-found"), ("?stack=no-such", 404, "stack.not-found"), ("?course=no-such", 404, "articulation.not-found"),
        })
        {
            using var answer = await learner.Client.GetAsync(new Uri($"/api/learners/{learner.Person}/gaps{query}", UriKind.Relative));
            await answer.RefusesAsync(status, code);
        }
    }

    [Fact]
    public async Task A_frozen_grading_period_gives_the_same_marks_whatever_is_decided_later()
    {
        var (section, learner, other) = await ClassOfTwoAsync();
        await district.ApprovedAsync(learner.Person);
        using var registrar = await district.AsAsync(district.WestRegistrar);
        using var teacher = await district.AsAsync(district.Teacher);
        var day = DateOnly.FromDateTime(district.App.Clock.GetUtcNow().UtcDateTime);
        var cycle = await IdAsync(registrar, "/api/cycles", new { organizationId = district.West.Value, name = "Term 1", from = day.AddDays(-20), to = day.AddDays(20), badges = new[] { TestDistrict.Badge } });
        using var frozen = await registrar.SendJsonAsync(HttpMethod.Post, $"/api/cycles/{cycle}/freeze", null);
        Assert.Equal(64, JsonNode.Parse(await frozen.Content.ReadAsStringAsync())!["sha256"]!.GetValue<string>().Length);
        var policy = await IdAsync(registrar, "/api/mark-policies", new { organizationId = district.West.Value, terms = Letters("D", "C", "B", "A") });
        var layout = await IdAsync(teacher, "/api/mark-layouts", new
        {
            organizationId = district.West.Value, name = "SIS", columns = new object[] { new { header = "=Student", field = "learner-id" }, new { header = "Mark", field = "mark" }, new { header = "How", field = "converted" }, new { header = "Policy", field = "policy" } },
        });
        var address = $"/api/class-sections/{section}/marks";
        var query = $"?cycle={cycle}&policy={policy}";

        var before = await teacher.GetStringAsync(new Uri(address + query, UriKind.Relative));
        await district.ApprovedAsync(other.Person);
        var after = await teacher.GetStringAsync(new Uri(address + query, UriKind.Relative));
        var now = await ReadAsync(teacher, $"{address}?policy={policy}&badge={TestDistrict.Badge}");
        var none = await ReadAsync(teacher, $"{address}?cycle={cycle}");
        var csv = await teacher.GetStringAsync(new Uri($"{address}/csv{query}&layout={layout}", UriKind.Relative));

        Assert.Equal(before, after);
        Assert.Equal(["B", null], MarksOf(JsonNode.Parse(after)!, learner, other));
        Assert.Equal(["B", "B"], MarksOf(now, learner, other));
        Assert.Equal([null, null], MarksOf(none, learner, other));
        Assert.Contains("\"'=Student\",\"Mark\",\"How\",\"Policy\"", csv, StringComparison.Ordinal);
        Assert.Contains($"\"{learner.Person}\",\"B\",\"converted\",\"Letters, version 1\"\r\n", csv, StringComparison.Ordinal);
        Assert.Contains($"\"{other.Person}\",\"\",\"\",\"Letters, version 1\"\r\n", csv, StringComparison.Ordinal);
        using var revised = await registrar.PostAsync($"/api/mark-policies/{policy.Split('@')[0]}/versions", Letters("D", "C", "A", "A"));
        Assert.Equal(["A", null], MarksOf(await ReadAsync(teacher, $"{address}?cycle={cycle}&policy={policy.Split('@')[0]}"), learner, other));
        Assert.Equal(after, await teacher.GetStringAsync(new Uri(address + query, UriKind.Relative)));
        using var elsewhere = await district.AsAsync(district.EastRegistrar);
        var theirs = await IdAsync(elsewhere, "/api/mark-policies", new { organizationId = district.East.Value, terms = Letters("D", "C", "B", "A") });
        using var foreign = await teacher.GetAsync(new Uri($"{address}?policy={theirs}", UriKind.Relative));
        await foreign.RefusesAsync(404, "mark-policy.not-found");
    }

    [Fact]
    public async Task A_policy_that_fails_the_lowest_level_is_refused()
    {
        using var registrar = await district.AsAsync(district.WestRegistrar);
        using var answer = await registrar.PostAsync("/api/mark-policies", new { organizationId = district.West.Value, terms = Letters("F", "C", "B", "A") });
        await answer.RefusesAsync(422, "mark-policy.lowest-fails");
    }

    [Fact]
    public async Task A_school_chooses_how_histories_are_read_and_when_learners_are_pointed_out()
    {
        using var teacher = await district.AsAsync(district.Teacher);
        var settings = await ReadAsync(teacher, $"/api/organizations/{district.West}/settings");
        Assert.Equal((6, 2), (settings["effective"]!["flagAfterWeeks"]!["value"]!.GetValue<int>(), settings["effective"]!["flagNotYets"]!["value"]!.GetValue<int>()));
        foreach (var (values, code) in new (object, string)[]
        {
            (new { scoring = new Dictionary<string, string> { ["four-level"] = "best" } }, "setting.scoring"),
            (new { scoring = new Dictionary<string, string> { ["four-level"] = "mode-of-last-21" } }, "setting.scoring"),
            (new { flagAfterWeeks = 0 }, "setting.flags"),
            (new { flagNotYets = 1 }, "setting.flags"),
        })
        {
            using var admin = await district.AsAsync(await district.App.StateAdminAsync());
            using var answer = await admin.PutJsonAsync($"/api/organizations/{district.East}/settings", values);
            await answer.RefusesAsync(422, code);
        }
    }

    private static object Letters(params string[] marks) => new
    {
        name = "Letters", scaleId = "four-level", marks = new[] { "F", "D", "C", "B", "A" }, levels = new { beginning = marks[0], developing = marks[1], proficient = marks[2], advanced = marks[3] }, failing = new[] { "F" }, combine = "most",
    };

    private static IEnumerable<string?> MarksOf(JsonNode sheet, params TestLearner[] learners) =>
        learners.Select(learner => sheet["rows"]!.AsArray().Single(row => row!["learner"]!.GetValue<string>() == learner.Person.Value)!["mark"]?.GetValue<string>());

    private static async Task<string> IdAsync(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsync(address, body);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }

    private static async Task SayAsync(HttpClient client, TestLearner learner, bool optedOut)
    {
        using var answer = await client.SendJsonAsync(HttpMethod.Put, $"/api/learners/{learner.Person}/celebration", new { optedOut });
        Assert.True(answer.IsSuccessStatusCode);
    }

    // The district is shared, so the list goes on over pages.
    private async Task<IReadOnlyList<JsonNode>> RisesAsync(HttpClient client, TestLearner learner)
    {
        var rises = new List<JsonNode>();
        for (string? next = ""; next is not null;)
        {
            var page = await ReadAsync(client, $"/api/organizations/{district.West}/level-ups?{Days}&limit=200{(next.Length == 0 ? "" : $"&cursor={next}")}");
            rises.AddRange(page["items"]!.AsArray().Select(rise => rise!).Where(rise => rise["learner"]!.GetValue<string>() == learner.Person.Value));
            next = page["next"]?.GetValue<string>();
        }

        return rises;
    }

    private async Task<(ClassSectionId Section, TestLearner First, TestLearner Second)> ClassOfTwoAsync()
    {
        var (first, second) = (await district.LearnerAsync(), await district.LearnerAsync());
        var section = new ClassSection(ClassSectionId.New(district.App.Clock.Now()), district.West, "Books 3", district.App.Clock.Now()) { Teachers = [district.Teacher], Students = [first.Person, second.Person] };
        await district.Store.CommitAsync(new Changes().Add(ClassSectionDocuments.Kind, section), CancellationToken.None);
        return (section.Id, first, second);
    }

    private static async Task<JsonNode> ReadAsync(HttpClient client, string address) => JsonNode.Parse(await client.GetStringAsync(new Uri(address, UriKind.Relative)))!;
}
