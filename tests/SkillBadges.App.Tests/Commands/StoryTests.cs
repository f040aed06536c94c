using System.Text.Json.Nodes;
using SkillBadges.App.Definitions;
using SkillBadges.App.Tests.Peers;
using SkillBadges.Credentials.Tests.Peers;

namespace SkillBadges.App.Tests.Commands;

/// <summary>The story of the product holds from its first step to its last, and others than ourselves say so too.</summary>
public sealed class StoryTests(PlayedStory story) : IClassFixture<PlayedStory>
{
    [Fact]
    public async Task Every_step_holds_and_its_files_are_left()
    {
        Assert.True(story.Played.ExitCode == 0, story.Played.Output + story.Played.Errors);
        var told = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(story.Output, "story.json")))!;
        Assert.True(told["held"]!.GetValue<bool>());
        var steps = told["steps"]!.AsArray();
        Assert.True(steps.Count >= 40, $"Only {steps.Count} steps were told.");
        Assert.All(steps, step => Assert.True(step!["held"]!.GetValue<bool>(), step!["step"]!.GetValue<string>()));
        foreach (var file in (string[])["maya-welding.json", "maya-welding.es256.jwt", "maya-welding.rs256.jwt", "leo-service.json", "paz-nursing.json", "leo-food-safety.json", "leo-workplace.json", "openapi.json", "dids/westfield-high.json"])
        {
            Assert.True(new FileInfo(Path.Combine(story.Output, file)).Length > 0, file);
        }
    }

    [Fact]
    public void Each_badge_of_the_story_is_decided_by_the_rule_that_its_file_tells()
    {
        Assert.Equal("registered-nurse", Review("health/nursing-assistant")["qualification"]!["code"]!.GetValue<string>());
        Assert.Null(Review("health/nursing-assistant")["qualification"]!["requiredOf"]);
        Assert.Equal(["supervisor"], Review("welding/smaw-fillet")["qualification"]!["requiredOf"]!.AsArray().Select(role => role!.GetValue<string>()));
        Assert.Equal("talk", Review("workplace/workplace-readiness")["raters"]!["disagreement"]!.GetValue<string>());
        Assert.Contains("certificate", Kinds("culinary/food-safety"));
        Assert.Contains("log", Kinds("workplace/workplace-readiness"));
    }

    [JudgeFact]
    public async Task Independent_verifiers_come_to_the_same_verdicts()
    {
        PeerInstallation.Install();
        using var node = PeerInstallation.Start("node", "judge.mjs", story.Output);
        var verdicts = JsonNode.Parse(await node.StandardOutput.ReadToEndAsync())!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
        await node.WaitForExitAsync();

        // A token says nothing of its status by itself; an embedded proof is judged with the lists, which must be signed too.
        string[] standing = ["maya-welding", "paz-nursing", "leo-food-safety", "leo-workplace"];
        Assert.All(standing.SelectMany(name => (string[])[$"{name}.json", $"{name}.es256.jwt", $"{name}.rs256.jwt"]), file => Assert.Equal("valid", verdicts[file]));
        Assert.All((string[])["leo-service.es256.jwt", "leo-service.rs256.jwt"], file => Assert.Equal("valid", verdicts[file]));
        Assert.Equal("revocation", verdicts["leo-service.json"]);
        Assert.Contains("Invalid signature", verdicts["forged.json"], StringComparison.Ordinal);
    }

    private static JsonNode Review(string badge) => Badge(badge)["review"]!;

    private static IEnumerable<string> Kinds(string badge) => Badge(badge)["competencies"]!.AsArray().SelectMany(skill => skill!["evidence"]!.AsArray()).Select(option => option!["kind"]!.GetValue<string>());

    private static JsonNode Badge(string badge) => JsonNode.Parse(File.ReadAllText(Path.Combine(DefinitionFolder.Shipped, $"{badge}.json")))!;
}
