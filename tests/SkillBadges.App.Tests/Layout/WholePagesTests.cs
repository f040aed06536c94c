using System.Net;

namespace SkillBadges.App.Tests.Layout;

/// <summary>A store on another machine takes its time; the embedded one has answered before a page can be drawn too early.</summary>
public sealed class WholePagesTests
{
    [PostgresFact]
    public async Task A_page_is_drawn_when_all_that_it_shows_has_come()
    {
        await using var schema = await PostgresSchema.CreateAsync();
        await using var app = await TestApp.StartAsync(settings => settings with { Database = schema.ConnectionString });
        var district = new TestDistrict(app);
        await district.PopulateAsync();
        var (learner, intern) = (await district.LearnerAsync(), await district.LearnerAsync());
        var draft = await district.CompleteDraftAsync(learner.Person);
        var waiting = await district.TurnedInAsync((await district.LearnerAsync()).Person);
        await district.PlaceAsync(intern.Person, TestDistrict.SupervisedBadge);
        var seen = await district.TurnedInAsync(intern.Person, TestDistrict.SupervisedBadge);
        var badge = district.Definition.Name;

        await ShowsAsync(app, learner.Client, "/work", badge);
        await ShowsAsync(app, learner.Client, $"/work/{draft}", badge);
        await ShowsAsync(app, learner.Client, $"/badges/{TestDistrict.Badge}", badge);
        await ShowsAsync(app, learner.Client, "/record", "My student record");
        await ShowsAsync(app, learner.Client, "/my-badges", "My badges");
        await ShowsAsync(app, learner.Client, "/", "Ada Lovelace");
        using var teacher = await district.AsAsync(district.Teacher);
        await ShowsAsync(app, teacher, "/review", badge);
        await ShowsAsync(app, teacher, $"/review/{waiting}", badge);
        await ShowsAsync(app, teacher, "/classes", "<h1");
        using var supervisor = await district.AsAsync(district.Supervisor);
        await ShowsAsync(app, supervisor, "/my-students", "Ada Lovelace");
        await ShowsAsync(app, supervisor, $"/my-students/{seen}", "Ada Lovelace");
    }

    private static async Task ShowsAsync(TestApp app, HttpClient client, string path, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.BaseUrl, path));
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await client.SendAsync(request);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK && html.Contains(words, StringComparison.Ordinal), $"{path} answers {(int)answer.StatusCode}: {html}");
    }
}
