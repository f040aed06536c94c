using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>Many at once: a class that is seen at work, skill by skill, without anybody turning anything in; and a whole queue in one request.</summary>
internal static class ClassroomScene
{
    private const int Seen = 20;
    private const string Welding = "smaw-fillet";

    public static async Task ObserveAsync(DemoScript script, DemoCast cast, CancellationToken cancellationToken)
    {
        var rivera = cast["ms.rivera"];
        var (section, learners) = ("", new List<string>());
        await script.StepAsync($"Ms. Rivera walks through the shop with a sign-off sheet: hot-work safety, {Seen} students, one request", async () =>
        {
            var taught = (await rivera.FetchAsync("/api/class-sections", cancellationToken))["items"]![0]!;
            section = taught["id"]!.GetValue<string>();
            var own = new HashSet<string> { cast["maya"].PersonId, cast["leo"].PersonId, cast["student076"].PersonId };
            learners.AddRange(taught["students"]!.AsArray().Select(id => id!.GetValue<string>()).Where(id => !own.Contains(id)).Take(Seen));
            var lines = await SheetAsync(rivera, section, "hot-work-safety", learners, cancellationToken);
            DemoScript.Require(lines.Count == Seen && lines.All(line => line!["award"] is null), "One skill of five is no badge yet.");
            return new() { ["recorded"] = lines.Count };
        });
        await script.StepAsync("The class's sheet says whose level is there; all the others but two who are away she signs off in one more request", async () =>
        {
            var lines = await LinesAsync(rivera, section, cancellationToken);
            var seen = lines.Count(line => line!["isReached"]!.GetValue<bool>());
            string[] away = [.. lines.Where(line => !line!["isReached"]!.GetValue<bool>()).Select(line => line!["learner"]!.GetValue<string>()).Take(2)];
            string[] except = [.. lines.Where(line => line!["isReached"]!.GetValue<bool>()).Select(line => line!["learner"]!.GetValue<string>()), .. away];
            var answer = await rivera.PostAsync(
                "/api/observations",
                new()
                {
                    ["badge"] = Welding,
                    ["competency"] = "hot-work-safety",
                    ["classSection"] = section,
                    ["items"] = new JsonArray(),
                    ["others"] = new JsonObject { ["id"] = "tablet:rest", ["level"] = "proficient", ["except"] = new JsonArray([.. except.Select(learner => (JsonNode)learner)]) },
                },
                cancellationToken);
            var recorded = answer["items"]!.AsArray().Count(item => item!["outcome"]!.GetValue<string>() == "recorded");
            DemoScript.Require(recorded == lines.Count - except.Length, $"Of {lines.Count} students {except.Length} were left out and {recorded} recorded.");
            var open = (await LinesAsync(rivera, section, cancellationToken)).Where(line => !line!["isReached"]!.GetValue<bool>()).Select(line => line!["learner"]!.GetValue<string>()).ToList();
            DemoScript.Require(seen >= Seen && open.Order(StringComparer.Ordinal).SequenceEqual(away.Order(StringComparer.Ordinal)), "The sheet should say that two are left.");
            return new() { ["recorded"] = recorded, ["left"] = open.Count };
        });
        await script.StepAsync("Of one of them she sees the other four skills, too; with the last one the badge is earned", async () =>
        {
            var award = "";
            string[] others = ["machine-setup", "electrode-care", "fillet-technique", "visual-inspection"];
            foreach (var skill in others)
            {
                DemoScript.Require(award.Length == 0, "The badge should wait for the last skill.");
                award = (await SheetAsync(rivera, section, skill, learners[..1], cancellationToken))[0]!["award"]?.GetValue<string>() ?? "";
            }

            DemoScript.Require(award.Length > 0, "Every skill was seen, so the badge should be there.");
            return new() { ["award"] = award };
        });
    }

    public static Task DecideQueueAsync(DemoScript script, DemoCast cast, CancellationToken cancellationToken) =>
        script.StepAsync("Ms. Rivera decides her whole queue of 150 in one request; each piece of work has an answer of its own", async () =>
        {
            var rivera = cast["ms.rivera"];
            var waiting = (await rivera.FetchAsync("/api/review-tasks?limit=200", cancellationToken))["items"]!.AsArray();
            var items = waiting.Select(task => (JsonNode)new JsonObject { ["submission"] = task!["submission"]!.DeepClone(), ["attempt"] = task["attempt"]!.DeepClone(), ["outcome"] = "approved" });
            var answer = await rivera.PostAsync("/api/bulk-decisions", new() { ["items"] = new JsonArray([.. items]) }, cancellationToken);
            var (decided, awards) = (answer["decided"]!.GetValue<int>(), answer["items"]!.AsArray().Count(item => item!["award"] is not null));
            DemoScript.Require((waiting.Count, decided, awards) == (150, 150, 150), $"Of {waiting.Count} that waited, {decided} were decided and {awards} badges earned.");
            var left = (await rivera.FetchAsync("/api/review-tasks", cancellationToken))["items"]!.AsArray().Count;
            DemoScript.Require(left == 0, $"The queue should be empty; {left} wait.");
            return new() { ["decided"] = decided, ["requestsPerDecision"] = 1.0 / decided };
        });

    private static async Task<JsonArray> LinesAsync(DemoClient teacher, string section, CancellationToken cancellationToken) =>
        (await teacher.FetchAsync($"/api/sign-off-sheets?section={section}&badge={Welding}&competency=hot-work-safety", cancellationToken))["lines"]!.AsArray();

    private static async Task<JsonArray> SheetAsync(DemoClient assessor, string section, string skill, IReadOnlyList<string> learners, CancellationToken cancellationToken)
    {
        var lines = learners.Select(learner => (JsonNode)new JsonObject { ["id"] = $"tablet:{skill}:{learner}", ["learner"] = learner, ["level"] = "proficient" });
        var answer = await assessor.PostAsync(
            "/api/observations", new() { ["badge"] = Welding, ["competency"] = skill, ["classSection"] = section, ["items"] = new JsonArray([.. lines]) }, cancellationToken);
        var recorded = answer["items"]!.AsArray();
        DemoScript.Require(recorded.All(line => line!["outcome"]!.GetValue<string>() == "recorded"), $"Every line should be recorded: {recorded.ToJsonString()}");
        return recorded;
    }
}
