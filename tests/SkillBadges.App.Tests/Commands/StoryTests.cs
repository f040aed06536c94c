using System.Text.Json.Nodes;
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
        Assert.True(steps.Count >= 15, $"Only {steps.Count} steps were told.");
        Assert.All(steps, step => Assert.True(step!["held"]!.GetValue<bool>(), step!["step"]!.GetValue<string>()));
        foreach (var file in (string[])["maya-welding.json", "maya-welding.es256.jwt", "maya-welding.rs256.jwt", "leo-service.json", "openapi.json", "dids/westfield-high.json"])
        {
            Assert.True(new FileInfo(Path.Combine(story.Output, file)).Length > 0, file);
        }
    }

    [JudgeFact]
    public async Task Independent_verifiers_come_to_the_same_verdicts()
    {
        PeerInstallation.Install();
        using var node = PeerInstallation.Start("node", "judge.mjs", story.Output);
        var verdicts = JsonNode.Parse(await node.StandardOutput.ReadToEndAsync())!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
        await node.WaitForExitAsync();

        // A token says nothing of its status by itself; an embedded proof is judged with the lists, which must be signed too.
        Assert.All((string[])["maya-welding.json", "maya-welding.es256.jwt", "maya-welding.rs256.jwt", "leo-service.es256.jwt", "leo-service.rs256.jwt"], file => Assert.Equal("valid", verdicts[file]));
        Assert.Equal("revocation", verdicts["leo-service.json"]);
        Assert.Contains("Invalid signature", verdicts["forged.json"], StringComparison.Ordinal);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class JudgeFactAttribute : FactAttribute
    {
        public JudgeFactAttribute() =>
            Skip = Environment.GetEnvironmentVariable("CI") == "true" || PeerInstallation.IsPossible ? null : "node and npm are not installed; nobody but ourselves judges the story";
    }
}
