using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>A classmate says what works and what to try, about what the learner chose to show; a teacher hides what hurts, and nothing of it decides.</summary>
internal static class PeersScene
{
    public static async Task AskAsync(DemoScript script, DemoCast cast, string work, CancellationToken cancellationToken)
    {
        var (maya, leo, rivera) = (cast["maya"], cast["leo"], cast["ms.rivera"]);
        await script.StepAsync("Maya shows Leo, a classmate, one photo and asks what to try; he sees that and nothing else, and writes; Ms. Rivera hides an unkind word", async () =>
        {
            var classmates = (await maya.FetchAsync($"/api/classmates?organization={cast.Organization("westfield-high")}", cancellationToken))["items"]!.AsArray().SelectMany(own => own!["students"]!.AsArray());
            DemoScript.Require(classmates.Any(student => student!["person"]!.GetValue<string>() == leo.PersonId), "Leo should be one of those whom she may ask.");
            var skill = (await maya.FetchAsync($"/api/submissions/{work}", cancellationToken))["attempts"]![0]!["work"]![0]!;
            var (competency, photo) = (skill["competency"]!.GetValue<string>(), skill["evidence"]![0]!["id"]!.GetValue<string>());
            var asked = await maya.PostAsync(
                $"/api/submissions/{work}/peer-reviews", new() { ["peers"] = new JsonArray(leo.PersonId), ["items"] = new JsonArray(photo), ["question"] = "Is the gauge easy to read?" }, cancellationToken);
            var review = asked["id"]!.GetValue<string>();
            var shown = (await leo.FetchAsync("/api/peer-reviews", cancellationToken))["items"]![0]!["items"]!.AsArray();
            DemoScript.Require(shown.Count == 1 && shown[0]!["id"]!.GetValue<string>() == photo, "Leo should see the one photo that she chose.");
            DemoScript.RequireRefusal(await DemoWork.RefusedAsync(() => leo.FetchAsync($"/api/submissions/{work}", cancellationToken)), 404, "submission.not-found");
            await CommentAsync(leo, review, competency, "The beads are even.", cancellationToken);
            var unkind = (await CommentAsync(leo, review, competency, "Better than your last one, which was a joke.", cancellationToken))["comments"]!.AsArray()[^1]!["id"]!.GetValue<string>();
            await rivera.PostAsync($"/api/peer-reviews/{review}/comments/{unkind}/hidings", new() { ["reason"] = "This is not about the work." }, cancellationToken);
            var read = (await maya.FetchAsync($"/api/submissions/{work}/peer-reviews", cancellationToken))["items"]![0]!["comments"]!.AsArray();
            DemoScript.Require(read.Count == 2 && read.Count(comment => comment!["works"] is not null) == 1, "Maya should read the one comment that helps.");
            return new() { ["comments"] = read.Count, ["hidden"] = 1 };
        });
    }

    /// <summary>After the decision.</summary>
    public static Task CloseAsync(DemoScript script, DemoCast cast, CancellationToken cancellationToken) => script.StepAsync("With the decision the classmate's view of it is over", async () =>
    {
        var asked = (await cast["leo"].FetchAsync("/api/peer-reviews", cancellationToken))["items"]![0]!;
        DemoScript.Require(!asked["isOpen"]!.GetValue<bool>() && asked["items"]!.AsArray().Count == 0, "Leo should see nothing of it any more.");
        return new() { ["isOpen"] = false };
    });

    private static Task<JsonNode> CommentAsync(DemoClient peer, string review, string competency, string works, CancellationToken cancellationToken) =>
        peer.PostAsync($"/api/peer-reviews/{review}/comments", new() { ["competency"] = competency, ["works"] = works, ["try"] = "Hold the gauge into the light." }, cancellationToken);
}
