using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SkillBadges.App.Definitions;
using SkillBadges.App.Demo;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Browser;

/// <summary>What staff finds when it comes to work: a draft, rules, a plan with a review, a grading period, a request for a record. All are ids.</summary>
internal sealed record StaffScene(string Badge, string Proposal, string Plan, string Cycle, string Request, string Student, string Section, string School, string Office)
{
    private const string Supervised = "customer-service";

    /// <summary>A second of a hum, as a phone's recorder might have made it.</summary>
    public static FilePayload Spoken => new() { Name = "recording.wav", MimeType = "audio/wav", Buffer = Hum() };

    public static async Task<StaffScene> PrepareAsync(Browsing browsing)
    {
        using var admin = await browsing.ClientAsync("w.admin");
        using var registrar = await browsing.ClientAsync("w.registrar");
        using var counselor = await browsing.ClientAsync("counselor");
        using var nia = await browsing.ClientAsync("nia");
        using var teacher = await browsing.ClientAsync("ms.rivera");
        using var state = await browsing.ClientAsync("state.admin");
        var (school, office, badge) = (await PlaceAsync(admin), await PlaceAsync(state), $"shop-fillet-{Guid.NewGuid():N}"[..20]);
        var section = (await teacher.FetchAsync("/api/class-sections", default))["items"]![0]!["id"]!.GetValue<string>();
        var content = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(DefinitionFolder.Shipped, "welding", "smaw-fillet.json")))!.AsObject();
        content["slug"] = badge;
        await admin.PostAsync("/api/definitions", new() { ["organizationId"] = school, ["slug"] = badge, ["content"] = content.DeepClone() }, default);
        content["description"] = "Joins plates with sound fillet welds.";
        var proposal = Id(await admin.PostAsync($"/api/definitions/{badge}/proposals", new() { ["onRevision"] = 1, ["content"] = content, ["note"] = "Shorter words." }, default));
        await admin.PostAsync($"/api/definitions/{badge}/comments", new() { ["revision"] = 1, ["path"] = "criteria", ["text"] = "Which plate?" }, default);
        var requirements = new JsonArray(
            new JsonObject { ["id"] = "weld", ["title"] = "Fillet welds", ["kind"] = "badge", ["slug"] = "smaw-fillet" },
            new JsonObject { ["id"] = "business", ["title"] = "Business", ["kind"] = "credits", ["category"] = "business", ["credits"] = 1.5 });
        await registrar.PostAsync(
            "/api/graduation-rules", new() { ["organizationId"] = school, ["terms"] = new JsonObject { ["name"] = "Career diploma", ["requirements"] = requirements, ["badgeCredits"] = new JsonArray() } }, default);
        var plan = Id(await counselor.PostAsync("/api/plans", new() { ["learnerId"] = nia.PersonId, ["organizationId"] = school, ["prefillPeriod"] = "Term 1" }, default));
        await nia.PostAsync($"/api/plans/{plan}/reviews", new() { ["notes"] = "We met on Tuesday." }, default);
        var cycle = Id(await admin.PostAsync("/api/cycles", new() { ["organizationId"] = school, ["name"] = "Autumn", ["from"] = DemoWork.Day(-60), ["to"] = DemoWork.Day(30) }, default));
        var request = Id(await registrar.PostAsync("/api/transfers", new() { ["recordKeeper"] = school, ["receiverName"] = "Far High School", ["ground"] = "enrollment", ["about"] = "Nia Flores, grade 10 until spring" }, default));
        return new(badge, proposal, plan, cycle, request, nia.PersonId, section, school, office);
    }

    /// <summary>This school year's count, on its page: there is no other door to it. Made once.</summary>
    public static Task CountAsync(Browsing browsing, string office) => browsing.OnceAsync("count", async () =>
    {
        var page = await browsing.OpenAsync("state.admin");
        await page.GotoAsync($"/office/{office}/counts");
        if (!await page.Locator("select[name=Counted]").IsVisibleAsync())
        {
            await page.Locator("details.card summary").ClickAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Count", Exact = true }).ClickAsync();
        await page.Locator(".counts").WaitForAsync();
        await page.Context.CloseAsync();
    });

    /// <returns>Work of Maya's that her supervisor decides; turned in once.</returns>
    public static async Task<string> SupervisedWorkAsync(Browsing browsing)
    {
        using var maya = await browsing.ClientAsync("maya");
        await browsing.OnceAsync("supervised", async () => await DemoWork.TurnInAsync(maya, await PlaceAsync(maya), Supervised, default));
        return Id((await maya.FetchAsync("/api/submissions", default))["items"]!.AsArray().First(one => one!["badge"]!.ToJsonString().Contains(Supervised, StringComparison.Ordinal))!);
    }

    /// <summary>A note that Maya's supervisor speaks of a skill that they see, on their page; once.</summary>
    /// <returns>The internship and what was seen.</returns>
    public static async Task<(string Placement, string Seen)> SpokenAsync(Browsing browsing)
    {
        using var maya = await browsing.ClientAsync("maya");
        using var supervisor = await browsing.ClientAsync("sam.carter");
        var placement = Id((await supervisor.FetchAsync("/api/placements", default))["items"]!.AsArray().First(one => one!["learner"]!.GetValue<string>() == maya.PersonId)!);
        await browsing.OnceAsync("spoken", async () =>
        {
            var page = await browsing.OpenAsync("sam.carter", phone: true);
            await page.GotoAsync($"/my-students/interns/{placement}");
            var skill = page.Locator("section.skill").First;
            await skill.Locator("summary").ClickAsync();
            await skill.Locator("input[name=Sound]").SetInputFilesAsync(Spoken);
            await skill.GetByRole(AriaRole.Button, new() { Name = "Alone" }).ClickAsync();
            await page.GetByText("Recorded. Thank you.").WaitForAsync();
            await page.Context.CloseAsync();
        });
        var seen = (await supervisor.FetchAsync("/api/observations?limit=200", default))["items"]!.AsArray().First(one => one!["learner"]!.GetValue<string>() == maya.PersonId && one["photos"]!.AsArray().Count > 0)!;
        return (placement, Id(seen));
    }

    private static string Id(JsonNode answer) => answer["id"]!.GetValue<string>();

    // 8,000 samples a second of eight bits.
    private static byte[] Hum()
    {
        byte[] sound = [.. Enumerable.Range(0, 8000).Select(at => (byte)(128 + (60 * Math.Sin(at * 440 * 2 * Math.PI / 8000))))];
        byte[] inside = [.. "WAVE"u8, .. SampleFiles.Riff("fmt ", [1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0]), .. SampleFiles.Riff("data", sound)];
        return SampleFiles.Riff("RIFF", inside);
    }

    private static async Task<string> PlaceAsync(DemoClient client) => (await client.FetchAsync("/api/me", default))["memberships"]![0]!["organizationId"]!.GetValue<string>();
}
