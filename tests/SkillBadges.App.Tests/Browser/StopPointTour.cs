using System.Text.Json.Nodes;
using SkillBadges.App.Definitions;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A badge at which a student stops until a teacher has looked, and prepares before another try.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class StopPointTour(Browsing browsing)
{
    private const string Slug = "counter-with-stops";

    [BrowserTheory]
    [InlineData("student055", By.Keyboard)]
    [InlineData("student056", By.NoScript)]
    public async Task A_teacher_lets_a_student_go_on_and_says_that_the_preparation_was_done(string login, By by)
    {
        using var student = await browsing.ClientAsync(login);
        using var teacher = await browsing.ClientAsync("ms.rivera");
        await browsing.OnceAsync(Slug, PublishAsync);
        var work = await DemoWork.PrepareAsync(student, await student.PlaceAsync(), Slug, default);
        var section = (await teacher.FetchAsync("/api/class-sections", default))["items"]![0]!["id"]!.GetValue<string>();
        var learner = await browsing.HandAsync(by, login, phone: true);
        await learner.GoAsync($"/work/{work}");
        await learner.HeadingAsync("Where a teacher looks before you go on");
        await learner.SeeAsync("not seen yet");
        await learner.NoBarrierAsync();

        var hand = await browsing.HandAsync(by, "ms.rivera");
        await hand.GoAsync($"/classes/{section}/students/{student.PersonId}");
        await hand.SeeAsync("Stop point: The counter is set up");
        await hand.NoBarrierAsync();
        await hand.WriteAsync(hand.Page.Locator("input[name=Words]"), "Float counted, screen clean.");
        await Browsing.PictureAsync(hand.Page, "stop-point");
        await hand.UseAsync(hand.Page.Locator("button:has-text('Seen: go on')"));
        await hand.SeeAsync("The student may go on.");
        await learner.GoAsync($"/work/{work}");
        await learner.SeeAsync("Float counted, screen clean.");

        await student.PostAsync($"/api/submissions/{work}/attempts", null, default);
        await teacher.PostAsync($"/api/submissions/{work}/decisions", new() { ["attempt"] = 1, ["outcome"] = "returned", ["comment"] = "The drawer was short." }, default);
        var steps = (await student.FetchAsync($"/api/submissions/{work}", default))["plans"]![0]!["steps"]!.AsArray()
            .Select(step => (JsonNode)new JsonObject { ["competency"] = step!["competency"]!.DeepClone(), ["action"] = "Count it twice.", ["by"] = DemoWork.Day(7) });
        await student.PutAsync($"/api/submissions/{work}/plans/1", new() { ["steps"] = new JsonArray([.. steps]), ["preparation"] = "I counted ten drawers with Ms. Rivera." }, default);
        await hand.GoAsync($"/classes/{section}/students/{student.PersonId}");
        await hand.SeeAsync("I counted ten drawers with Ms. Rivera.");
        await hand.UseAsync(hand.Page.Locator("button:has-text('Yes, this is done')"));
        await hand.SeeAsync("The student may try again.");
        await hand.NoBarrierAsync();
        Assert.Equal("submitted", (await student.PostAsync($"/api/submissions/{work}/attempts", null, default))["state"]!.GetValue<string>());
    }

    private async Task PublishAsync()
    {
        using var admin = await browsing.ClientAsync("w.admin");
        using var dean = await browsing.ClientAsync("l.dean");
        using var employer = await browsing.ClientAsync("h.author");
        var content = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(DefinitionFolder.Shipped, "business", "customer-service.json")))!.AsObject();
        (content["slug"], content["name"]) = (Slug, "Counter with stops");
        content["review"] = new JsonObject { ["roles"] = new JsonArray("teacher"), ["supervisor"] = "not-allowed" };
        content["checkpoints"] = new JsonArray(new JsonObject { ["id"] = "set-up", ["label"] = "The counter is set up", ["hint"] = "The float is counted and the screen is clean." });
        content["attempts"] = new JsonObject { ["preparation"] = "Count ten drawers beside a teacher.", ["preparationSaidBy"] = "teacher" };
        await admin.PostAsync("/api/definitions", new() { ["organizationId"] = await admin.PlaceAsync(), ["slug"] = Slug, ["content"] = content }, default);
        foreach (var other in new[] { dean, employer })
        {
            await admin.PostAsync($"/api/definitions/{Slug}/organizations", new() { ["organizationId"] = await other.PlaceAsync() }, default);
        }

        foreach (var signer in new[] { admin, dean, employer })
        {
            await signer.PostAsync($"/api/definitions/{Slug}/sign-offs", new() { ["revision"] = 1 }, default);
        }

        await admin.PostAsync($"/api/definitions/{Slug}/publications", new() { ["revision"] = 1 }, default);
    }
}
