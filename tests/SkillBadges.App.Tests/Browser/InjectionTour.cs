using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Markup typed into every kind of field is read as text on every page that shows it.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class InjectionTour(Browsing browsing)
{
    private readonly Queue<string> left = new(Payloads.All);

    [BrowserFact]
    public async Task None_of_500_payloads_in_free_text_runs_or_becomes_an_element()
    {
        using var student = await browsing.ClientAsync("student079");
        using var teacher = await browsing.ClientAsync("ms.rivera");
        var school = (await teacher.FetchAsync("/api/class-sections", default))["items"]![0]!["organizationId"]!.GetValue<string>();
        var section = (await teacher.FetchAsync("/api/class-sections", default))["items"]![0]!["id"]!.GetValue<string>();
        var work = await DemoWork.PrepareAsync(student, school, "smaw-fillet", default);
        var skills = (await student.FetchAsync($"/api/submissions/{work}", default))["draft"]!.AsArray().Select(part => part!["competency"]!.GetValue<string>()).ToList();
        foreach (var skill in skills)
        {
            await student.PutAsync($"/api/submissions/{work}/reflections/{skill}", new() { ["selfLevel"] = "proficient", ["reflection"] = Take(12) }, default);
            for (var piece = 0; piece < 3; piece++)
            {
                await student.PostAsync($"/api/submissions/{work}/evidence", new() { ["competency"] = skill, ["title"] = Take(1), ["text"] = Take(14) }, default);
            }
        }

        for (var saved = 0; saved < 10; saved++)
        {
            await teacher.PostAsync("/api/saved-comments", new() { ["text"] = Take(5) }, default);
            await teacher.PostAsync($"/api/class-sections/{section}/groupings", new() { ["title"] = Take(1), ["kind"] = "same-gap", ["size"] = 4, ["badges"] = new JsonArray("smaw-fillet") }, default);
        }

        using var maya = await browsing.ClientAsync("maya");
        for (var consent = 0; consent < 20; consent++)
        {
            await maya.PostAsync(
                "/api/consents",
                new()
                {
                    ["learner"] = maya.PersonId,
                    ["terms"] = new JsonObject
                    {
                        ["records"] = new JsonObject { ["recordKeeper"] = school, ["kinds"] = new JsonArray("levels") }, ["purpose"] = Take(1), ["recipient"] = new JsonObject { ["kind"] = "shareLink" }, ["expiresAt"] = DemoWork.Day(100) + "T00:00:00Z",
                    },
                },
                default);
        }

        await LookAsync("student079", $"/work/{work}");
        await student.PostAsync($"/api/submissions/{work}/attempts", null, default);
        await LookAsync("ms.rivera", $"/review/{work}", $"/classes/{section}/groups");
        await teacher.PostAsync($"/api/submissions/{work}/decisions", new() { ["attempt"] = 1, ["outcome"] = "returned", ["comment"] = Take(60) }, default);
        await LookAsync("student079", $"/work/{work}");
        await LookAsync("maya", "/consents");
        await LookAsync("parent", $"/consents/{maya.PersonId}");
        await LookAtOfficesAsync(student.PersonId, school);
        await LookAsync(null, [.. Enumerable.Range(0, Math.Max(20, left.Count)).Select(_ => $"/badges?q={Uri.EscapeDataString(Take(1))}")]);

        Assert.Empty(left);
        Assert.Equal(500, Payloads.All.Distinct().Count());
    }

    // A plan, rules, a request for a record and a course.
    private async Task LookAtOfficesAsync(string student, string school)
    {
        using var counselor = await browsing.ClientAsync("counselor");
        using var registrar = await browsing.ClientAsync("w.registrar");
        var plan = (await counselor.PostAsync("/api/plans", new() { ["learnerId"] = student, ["organizationId"] = school }, default))["id"]!.GetValue<string>();
        await counselor.PostAsync($"/api/plans/{plan}/reviews", new() { ["notes"] = Take(20) }, default);
        var requirement = new JsonObject { ["id"] = "art", ["title"] = Take(1), ["kind"] = "credits", ["category"] = Take(1), ["credits"] = 1 };
        await registrar.PostAsync(
            "/api/graduation-rules", new() { ["organizationId"] = school, ["terms"] = new JsonObject { ["name"] = Take(1), ["requirements"] = new JsonArray(requirement), ["badgeCredits"] = new JsonArray() } }, default);
        await registrar.PostAsync("/api/transfers", new() { ["recordKeeper"] = school, ["receiverName"] = Take(1), ["ground"] = "enrollment", ["about"] = Take(1) }, default);
        var course = new JsonObject { ["title"] = Take(1), ["term"] = Take(1), ["letter"] = "<i>", ["completedOn"] = DemoWork.Day(-9), ["source"] = Take(1) };
        await registrar.PostAsync($"/api/learners/{student}/courses", new() { ["organizationId"] = school, ["course"] = course }, default);
        await LookAsync("counselor", $"/plans/{plan}", $"/advising/{school}/{student}");
        await LookAsync("w.registrar", $"/office/{school}/requests", $"/office/{school}/people/{student}/courses");
    }

    // Several to a field that takes many words; when all have been used, the first again.
    private string Take(int count) => string.Join('\n', Enumerable.Range(0, count).Select(_ => left.TryDequeue(out var next) ? next : Payloads.All[0]));

    private async Task LookAsync(string? login, params string[] paths)
    {
        var page = await browsing.OpenAsync(login);
        await page.AddInitScriptAsync("window.wasRun = []; window.ran = number => window.wasRun.push(number);");
        page.Dialog += (_, dialog) => Assert.Fail($"A page opened a dialog: {dialog.Message}");
        foreach (var path in paths)
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => one.open = true)");
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.outerHTML.includes('ran(')"), $"{path} shows none of them.");
            Assert.Equal("[]", await page.EvaluateAsync<string>("() => JSON.stringify(window.wasRun)"));
            Assert.Equal(0, await page.EvaluateAsync<int>(
                """
                () => document.querySelectorAll("script:not([src^='/']), iframe, object, base, marquee, math, video source, meta[http-equiv], [onerror], [onload], [onfocus], [ontoggle], [onstart], [srcdoc], a[href^='javascript'], form[action^='javascript']").length
                """));
        }
    }
}
