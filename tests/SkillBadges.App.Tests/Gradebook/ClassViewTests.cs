using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>A class over its skills, over HTTP: who sees it, and what decisions make of it.</summary>
[Collection(DistrictCollection.Name)]
public sealed class ClassViewTests(TestDistrict district)
{
    [Fact]
    public async Task A_map_shows_native_levels_their_spread_and_who_has_not_moved()
    {
        var (section, learner, other) = await ClassOfTwoAsync();
        await district.ApprovedAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);

        var map = await ReadAsync(teacher, $"/api/class-sections/{section}/map?badge={TestDistrict.Badge}");

        Assert.Equal(district.Definition.Competencies.Length, map["columns"]!.AsArray().Count);
        var rows = map["rows"]!.AsArray().ToDictionary(row => row!["learner"]!.GetValue<string>(), row => row!);
        Assert.All(rows[learner.Person.Value]["levels"]!.AsArray(), level => Assert.Equal("proficient", level!.GetValue<string>()));
        Assert.All(rows[other.Person.Value]["levels"]!.AsArray(), Assert.Null);
        Assert.Equal((true, false), (rows[learner.Person.Value]["hasMoved"]!.GetValue<bool>(), rows[other.Person.Value]["hasMoved"]!.GetValue<bool>()));
        Assert.Equal(1, map["notMoved"]!.GetValue<int>());
        Assert.All(map["columns"]!.AsArray(), column => Assert.Equal((1, 1), (column!["noEvidence"]!.GetValue<int>(), column["levels"]!.AsArray().Sum(level => level!["count"]!.GetValue<int>()))));
    }

    [Fact]
    public async Task Groups_by_gap_are_explained_kept_as_they_were_and_printed()
    {
        var (section, learner, other) = await ClassOfTwoAsync();
        await district.ApprovedAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);
        var body = new { title = "Tuesday <lab>", kind = "same-gap", size = 2, badges = new[] { TestDistrict.Badge } };

        using var saved = await teacher.PostAsync($"/api/class-sections/{section}/groupings", body);
        var id = JsonNode.Parse(await saved.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
        await district.ApprovedAsync(other.Person);

        var kept = await ReadAsync(teacher, $"/api/groupings/{id}");
        var now = await ReadAsync(teacher, $"/api/class-sections/{section}/groups?kind=same-gap&size=2&badge={TestDistrict.Badge}");
        Assert.Equal(2, kept["groups"]!.AsArray().Count);
        Assert.Equal(2, Assert.Single(now["groups"]!.AsArray())!["members"]!.AsArray().Count);
        Assert.Contains(id, (await ReadAsync(teacher, $"/api/class-sections/{section}/groupings"))["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
        using var page = await teacher.GetAsync(new Uri($"/groupings/{id}", UriKind.Relative));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("Tuesday &lt;lab&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Has reached every one of these skills.", html, StringComparison.Ordinal);
        using var stranger = await district.AsAsync(district.UnassignedTeacher);
        using var hidden = await stranger.GetAsync(new Uri($"/api/groupings/{id}", UriKind.Relative));
        await hidden.RefusesAsync(404, "grouping.not-found");
    }

    [Fact]
    public async Task A_class_of_which_nothing_is_signed_off_is_shown_where_to_begin_instead_of_a_refusal()
    {
        var (section, _, _) = await ClassOfTwoAsync();
        using var teacher = await district.AsAsync(district.Teacher);

        var html = await teacher.GetStringAsync(new Uri($"/classes/{section}/groups", UriKind.Relative));

        Assert.Contains("Nothing is signed off in this class yet", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/sheet/{section}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("role=\"alert\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_that_make_no_sense_are_refused()
    {
        var (section, _, _) = await ClassOfTwoAsync();
        using var teacher = await district.AsAsync(district.Teacher);
        foreach (var (query, status, code) in new[]
        {
            ("map?weeks=0", 422, "class-map.weeks"),
            ("map?weeks=105", 422, "class-map.weeks"),
            ("map?badge=no-such", 404, "badge.not-found"),
            ("map?" + string.Join('&', Enumerable.Range(0, 21).Select(number => $"badge=b{number}")), 422, "class-map.too-wide"),
            ("groups?kind=best", 422, "groups.kind"),
            ("groups", 422, "groups.kind"),
            ("groups?kind=mixed", 422, "groups.no-skills"),
            ($"groups?kind=mixed&size=1&badge={TestDistrict.Badge}", 422, "groups.size"),
            ($"groups?kind=mixed&size=51&badge={TestDistrict.Badge}", 422, "groups.size"),
        })
        {
            using var answer = await teacher.GetAsync(new Uri($"/api/class-sections/{section}/{query}", UriKind.Relative));
            await answer.RefusesAsync(status, code);
        }
    }

    [Fact]
    public async Task A_record_is_asked_for_by_year_organization_framework_and_place()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        var address = $"/api/learners/{learner.Person}/gradebook";
        var all = await ReadAsync(learner.Client, address);
        var skills = district.Definition.Competencies.Length;
        var decided = all["lines"]![0]!["history"]![0]!["decidedAt"]!.GetValue<DateTimeOffset>();
        var year = decided.Month >= 7 ? decided.Year : decided.Year - 1;

        Assert.Equal(skills, all["levelUps"]!.AsArray().Count);
        foreach (var (query, lines) in new[]
        {
            ($"?year={year}", skills),
            ($"?year={year - 1}", 0),
            ($"?organization={district.West}", skills),
            ($"?organization={district.East}", 0),
            ("?framework=no-such", 0),
            ($"?framework={Uri.EscapeDataString(district.Definition.Alignments[0].TargetFramework)}", skills),
            ($"?year={year}&organization={district.West}&context=class", skills),
        })
        {
            Assert.Equal(lines, (await ReadAsync(learner.Client, address + query))["lines"]!.AsArray().Count);
        }

        using var wrong = await learner.Client.GetAsync(new Uri(address + "?year=1", UriKind.Relative));
        await wrong.RefusesAsync(422, "gradebook.year");
    }

    private async Task<(ClassSectionId Section, TestLearner First, TestLearner Second)> ClassOfTwoAsync()
    {
        var (first, second) = (await district.LearnerAsync(), await district.LearnerAsync());
        var section = new ClassSection(ClassSectionId.New(district.App.Clock.Now()), district.West, "Books 2", district.App.Clock.Now()) { Teachers = [district.Teacher], Students = [first.Person, second.Person] };
        await district.Store.CommitAsync(new Changes().Add(ClassSectionDocuments.Kind, section), CancellationToken.None);
        return (section.Id, first, second);
    }

    private static async Task<JsonNode> ReadAsync(HttpClient client, string address) => JsonNode.Parse(await client.GetStringAsync(new Uri(address, UriKind.Relative)))!;
}
