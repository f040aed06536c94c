using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>A badge that two people judge, one at work and one at school, neither seeing the other's levels before both are in; and forty hours that the supervisor stands by.</summary>
internal static class InternshipScene
{
    public const string Badge = "workplace-readiness";
    private const int Days = 5;
    private const int MinutesADay = 480;

    private static readonly string[] Skills = ["reliability", "communication", "teamwork", "problem-solving", "self-management"];

    public static async Task PlayAsync(DemoScript script, DemoCast cast, DemoBundle bundle, CancellationToken cancellationToken)
    {
        var (leo, carter, rivera) = (cast["leo"], cast["sam.carter"], cast["ms.rivera"]);
        var school = cast.Organization("westfield-high");
        var hours = new List<string>();
        await script.StepAsync("Westfield arranges Leo's internship at the market; he logs 40 hours, and his supervisor stands by each day", async () =>
        {
            await cast["w.registrar"].PostAsync("/api/placements", Placement(cast), cancellationToken);
            for (var day = 1; day <= Days; day++)
            {
                var entry = (await leo.PostAsync("/api/logs", new() { ["organization"] = school, ["entry"] = Entry(day) }, cancellationToken))["id"]!.GetValue<string>();
                var signed = await carter.PostAsync($"/api/logs/{entry}/signatures", new() { ["words"] = "He was there." }, cancellationToken);
                DemoScript.Require(signed["confirmedAs"]?.GetValue<string>() == "supervisor", "The supervisor should stand by the hours.");
                hours.Add(entry);
            }

            return new() { ["hours"] = Days * MinutesADay / 60 };
        });
        var work = "";
        await script.StepAsync("Leo turns in his proof for workplace readiness; the confirmed hours are part of it", async () =>
        {
            work = await DemoWork.PrepareAsync(leo, school, Badge, cancellationToken);
            await leo.PostAsync(
                $"/api/submissions/{work}/logs",
                new() { ["competency"] = Skills[0], ["title"] = "Forty hours at the market", ["entries"] = new JsonArray([.. hours.Select(id => (JsonNode)id)]), ["option"] = "hours-log" },
                cancellationToken);
            var turnedIn = await leo.PostAsync($"/api/submissions/{work}/attempts", null, cancellationToken);
            var minutes = turnedIn["attempts"]![0]!["work"]![0]!["evidence"]!.AsArray().Single(item => item!["log"] is not null)!["log"]!["minutes"]!.GetValue<int>();
            DemoScript.Require(minutes == Days * MinutesADay, $"Forty hours should be shown, not {minutes} minutes.");
            return new() { ["minutes"] = minutes };
        });
        await script.StepAsync("Both rate the first try as not there yet, and it comes back; without a plan there is no second try, with one Leo turns it in again", async () =>
        {
            await RateAsync(carter, work, 1, "developing", "Say what you did when the delivery was late.", cancellationToken);
            var returned = await RateAsync(rivera, work, 1, "developing", "The same here.", cancellationToken);
            DemoScript.Require(returned["award"] is null && returned["decision"]!["outcome"]!.GetValue<string>() == "returned", "Levels below what the badge asks for should send the work back.");
            return await DemoWork.TryAgainAsync(leo, work, "Write down whom I told, and when.", cancellationToken);
        });
        await script.StepAsync("The supervisor rates each skill of the second try; neither Ms. Rivera nor Leo sees his levels yet, and no badge is earned by one rating", async () =>
        {
            var rated = await RateAsync(carter, work, 2, "advanced", "I would hire him.", cancellationToken);
            DemoScript.Require(rated["award"] is null && rated["state"]!.GetValue<string>() == "submitted", "One rating should decide nothing.");
            var (teacher, learner, own) = (await RatingsAsync(rivera, work, cancellationToken), await RatingsAsync(leo, work, cancellationToken), await RatingsAsync(carter, work, cancellationToken));
            DemoScript.Require((teacher, learner, own) == (0, 0, 1), $"Only the rater sees a rating before both are in; teacher, learner and rater saw {teacher}, {learner} and {own}.");
            return new() { ["seenByTeacher"] = teacher };
        });
        await script.StepAsync("Ms. Rivera rates for herself; now both see both, the lower level stands, and the badge is signed", async () =>
        {
            var rated = await RateAsync(rivera, work, 2, "proficient", "The same in two visits.", cancellationToken);
            DemoScript.Require(rated["award"]?["state"]?.GetValue<string>() == "issued", "Two ratings that agree should earn the badge.");
            var (teacher, supervisor) = (await RatingsAsync(rivera, work, cancellationToken), await RatingsAsync(carter, work, cancellationToken));
            DemoScript.Require((teacher, supervisor) == (2, 2), $"Both should see both ratings; they saw {teacher} and {supervisor}.");
            var levels = rated["decision"]!["ratings"]!.AsArray();
            DemoScript.Require(levels.Count == Skills.Length && levels.All(given => given!["level"]!.GetValue<string>() == "proficient"), "The lower of the two levels should stand.");
            var award = new JsonObject { ["award"] = rated["award"]!["id"]!.DeepClone() };
            await bundle.SaveCredentialsAsync(leo, award, "leo-workplace", cancellationToken);
            return award;
        });
    }

    private static JsonObject Placement(DemoCast cast) => new()
    {
        ["learner"] = cast["leo"].PersonId,
        ["school"] = cast.Organization("westfield-high"),
        ["employer"] = cast.Organization("northside-market"),
        ["supervisor"] = cast["sam.carter"].PersonId,
        ["from"] = $"{DemoWork.Day(-20)}T00:00:00Z",
        ["to"] = $"{DemoWork.Day(100)}T00:00:00Z",
        ["badges"] = new JsonArray(Badge),
        ["isMinor"] = false,
    };

    private static JsonObject Entry(int day) => new()
    {
        ["kind"] = "workBased",
        ["on"] = DemoWork.Day(-10 + day),
        ["minutes"] = MinutesADay,
        ["place"] = "Northside Market",
        ["did"] = "Took in the delivery, rotated the stock, helped at the counter.",
        ["reflection"] = "I say early when something will be late.",
    };

    private static Task<JsonNode> RateAsync(DemoClient rater, string work, int attempt, string level, string comment, CancellationToken cancellationToken) => rater.PostAsync(
        $"/api/submissions/{work}/decisions",
        new()
        {
            ["attempt"] = attempt,
            ["outcome"] = level == "developing" ? "returned" : "approved",
            ["comment"] = comment,
            ["ratings"] = new JsonArray([.. Skills.Select(skill => (JsonNode)new JsonObject { ["competencyId"] = skill, ["level"] = level })]),
        },
        cancellationToken);

    private static async Task<int> RatingsAsync(DemoClient reader, string work, CancellationToken cancellationToken) =>
        (await reader.FetchAsync($"/api/submissions/{work}", cancellationToken))["attempts"]![1]!["ratings"]!.AsArray().Count;
}
