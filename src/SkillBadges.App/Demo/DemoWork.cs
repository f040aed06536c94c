using System.Globalization;
using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>What learners and assessors do again and again, each click a request.</summary>
internal static class DemoWork
{
    /// <summary>A day before or after today, as the API writes it.</summary>
    public static string Day(int fromToday) => TimeProvider.System.GetUtcNow().AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Work with proof, a level of their own and a reflection for each skill, turned in.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> TurnInAsync(DemoClient learner, string school, string badge, CancellationToken cancellationToken)
    {
        var id = await PrepareAsync(learner, school, badge, cancellationToken);
        await learner.PostAsync($"/api/submissions/{id}/attempts", null, cancellationToken);
        return id;
    }

    /// <summary>As <see cref="TurnInAsync"/>, but not turned in yet.</summary>
    public static async Task<string> PrepareAsync(DemoClient learner, string school, string badge, CancellationToken cancellationToken)
    {
        var started = await learner.PostAsync("/api/submissions", new() { ["organization"] = school, ["badge"] = badge }, cancellationToken);
        var id = started["id"]!.GetValue<string>();
        var asked = (await learner.FetchAsync($"/api/badges/{badge}", cancellationToken))["competencies"]!.AsArray().ToDictionary(skill => skill!["id"]!.GetValue<string>(), skill => skill!);
        var skills = started["draft"]!.AsArray().Select(work => work!["competency"]!.GetValue<string>()).ToList();
        foreach (var (skill, number) in skills.Select((skill, number) => (skill, number)))
        {
            await AddProofAsync(learner, id, skill, number, cancellationToken);
            await AddChoicesAsync(learner, id, asked[skill], cancellationToken);
            await learner.PutAsync($"/api/submissions/{id}/reflections/{skill}", new() { ["selfLevel"] = "proficient", ["reflection"] = "I can do it alone now." }, cancellationToken);
        }

        return id;
    }

    private static Task<JsonNode> AddProofAsync(DemoClient learner, string id, string skill, int number, CancellationToken cancellationToken) => (number % 4) switch
    {
        0 => learner.UploadAsync($"/api/submissions/{id}/files", Fields(skill, "Photo of my work"), $"work-{number + 1}.png", DemoPicture.Of(number), cancellationToken),
        1 => learner.PostAsync($"/api/submissions/{id}/evidence", new() { ["competency"] = skill, ["title"] = "Log", ["text"] = "Monday: set up. Tuesday: alone. Thursday: again, on another job." }, cancellationToken),
        2 => learner.PostAsync($"/api/submissions/{id}/evidence", new() { ["competency"] = skill, ["title"] = "Video", ["url"] = "https://video.example.org/watch/1" }, cancellationToken),
        _ => learner.PostAsync(
            $"/api/submissions/{id}/evidence",
            new()
            {
                ["competency"] = skill,
                ["title"] = "Safety card",
                ["certificate"] = new JsonObject { ["number"] = "36-004411", ["issuer"] = "Authorized trainer", ["expiresOn"] = Day(1800) },
                ["context"] = "certification",
            },
            cancellationToken),
    };

    // Where the board asks for several choices, as many as it asks for.
    private static async Task AddChoicesAsync(DemoClient learner, string id, JsonNode skill, CancellationToken cancellationToken)
    {
        var count = skill["chooseAtLeast"]!.GetValue<int>();
        foreach (var option in skill["evidenceOptions"]!.AsArray().Where(option => count > 1 && option!["kind"]!.GetValue<string>() is not ("certificate" or "log")).Take(count))
        {
            await learner.PostAsync(
                $"/api/submissions/{id}/evidence",
                new() { ["competency"] = skill["id"]!.DeepClone(), ["title"] = option!["label"]!.DeepClone(), ["url"] = "https://video.example.org/watch/2", ["option"] = option["id"]!.DeepClone() },
                cancellationToken);
        }
    }

    public static Dictionary<string, string> Fields(string skill, string title) => new() { ["competency"] = skill, ["title"] = title };

    public static async Task<JsonObject> ApproveAsync(DemoClient assessor, string submission, int attempt, CancellationToken cancellationToken)
    {
        var answer = await assessor.PostAsync($"/api/submissions/{submission}/decisions", new() { ["attempt"] = attempt, ["outcome"] = "approved" }, cancellationToken);
        DemoScript.Require(answer["award"]?["state"]?.GetValue<string>() == "issued", "The badge should be issued.");
        return new() { ["award"] = answer["award"]!["id"]!.DeepClone(), ["badge"] = answer["award"]!["badge"]!.DeepClone(), ["credential"] = answer["award"]!["credential"]!.DeepClone() };
    }

    /// <summary>The first try comes back with a comment; the learner says in the plan what they will do about it and turns in a second one.</summary>
    /// <returns>How many tries are kept: two.</returns>
    public static async Task<JsonObject> RetakeAsync(DemoClient learner, DemoClient assessor, string submission, string comment, string action, CancellationToken cancellationToken)
    {
        var back = await assessor.PostAsync($"/api/submissions/{submission}/decisions", new() { ["attempt"] = 1, ["outcome"] = "returned", ["comment"] = comment }, cancellationToken);
        DemoScript.Require(back["award"] is null, "Returned work earns no badge.");
        return await TryAgainAsync(learner, submission, action, cancellationToken);
    }

    /// <summary>Work that came back: without a plan there is no second try, with one there is.</summary>
    /// <returns>How many tries are kept: two.</returns>
    public static async Task<JsonObject> TryAgainAsync(DemoClient learner, string submission, string action, CancellationToken cancellationToken)
    {
        DemoScript.RequireRefusal(await RefusedAsync(() => learner.PostAsync($"/api/submissions/{submission}/attempts", null, cancellationToken)), 409, "attempt.plan-untouched");
        var plan = (await learner.FetchAsync($"/api/submissions/{submission}", cancellationToken))["plans"]![0]!;
        var steps = plan["steps"]!.AsArray().Select(step => (JsonNode)new JsonObject { ["competency"] = step!["competency"]!.DeepClone(), ["action"] = action, ["by"] = Day(14) });
        await learner.PutAsync($"/api/submissions/{submission}/plans/1", new() { ["steps"] = new JsonArray([.. steps]) }, cancellationToken);
        var again = await learner.PostAsync($"/api/submissions/{submission}/attempts", null, cancellationToken);
        DemoScript.Require(again["attempts"]!.AsArray().Count == 2, "Both tries are kept.");
        return new() { ["attempts"] = 2 };
    }

    /// <returns>Status and problem of the refusal.</returns>
    public static async Task<string> RefusedAsync(Func<Task> act)
    {
        try
        {
            await act();
            return "nothing was refused";
        }
        catch (DemoStepFailedException refused)
        {
            return refused.Message;
        }
    }
}
