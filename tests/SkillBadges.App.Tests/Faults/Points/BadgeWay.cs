using System.Globalization;
using System.Text.Json.Nodes;
using SkillBadges.App.Demo;
using SkillBadges.Core;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>The way from work to badge, and back, over HTTP: each request is sent again, the same one, until it is answered; what was answered is remembered.</summary>
internal sealed class BadgeWay(FaultServer server)
{
    private const int Students = 75;

    private static readonly string[] badges = ["graphic-design", "video-production", "network-support", "web-accessibility", "bookkeeping-cycle", "function-modeling", "evidence-argument"];

    private readonly Dictionary<string, string> decided = new(StringComparer.Ordinal);
    private string? school;
    private int number;

    /// <summary>Another student, another badge: begun, proven with a file, turned in, approved and signed.</summary>
    /// <returns>Submission and award.</returns>
    public async Task<(string Submission, string Award)> EarnAsync()
    {
        var (student, submission, award) = await DecideAsync();
        await SignedAsync(student, award);
        return (submission, award);
    }

    /// <summary>As far as the decision.</summary>
    public async Task<(string Student, string Submission, string Award)> DecideAsync()
    {
        var (student, badge, key) = ($"student{(number % Students) + 1:000}", badges[number / Students % badges.Length], NewId.Random());
        number++;
        var school = await SchoolAsync();
        var begun = await server.UntilDoneAsync(student, visitor => visitor.PostAsync("/api/submissions", new() { ["organization"] = school, ["badge"] = badge }, $"{key}-begin", default));
        var id = begun["id"]!.GetValue<string>();
        var skills = begun["draft"]!.AsArray().Select(work => work!["competency"]!.GetValue<string>()).ToArray();
        foreach (var skill in skills)
        {
            if (skill == skills[0])
            {
                var fields = new Dictionary<string, string> { ["competency"] = skill, ["title"] = "Photo" };
                await server.UntilDoneAsync(student, visitor => visitor.UploadAsync($"/api/submissions/{id}/files", fields, "photo.png", DemoPicture.Of(number), default));
            }
            else
            {
                var body = new JsonObject { ["competency"] = skill, ["title"] = "How I did it", ["text"] = "Step by step." };
                await server.UntilDoneAsync(student, visitor => visitor.PostAsync($"/api/submissions/{id}/evidence", (JsonObject)body.DeepClone(), $"{key}-{skill}", default));
            }
        }

        await server.UntilDoneAsync(student, visitor => visitor.PostAsync($"/api/submissions/{id}/attempts", null, $"{key}-attempt", default));
        var answer = await server.UntilDoneAsync(
            "ms.rivera", visitor => visitor.PostAsync($"/api/submissions/{id}/decisions", new() { ["attempt"] = 1, ["outcome"] = "approved" }, $"{key}-decide", default));
        decided[id] = answer["decision"]!["id"]!.GetValue<string>();
        return (student, id, answer["award"]!["id"]!.GetValue<string>());
    }

    /// <summary>What state the award is in, such as <c>signing</c> or <c>issued</c>.</summary>
    public async Task<string> StateAsync(string student, string award) =>
        (await server.UntilDoneAsync(student, visitor => visitor.FetchAsync($"/api/awards/{award}", default)))["state"]!.GetValue<string>();

    /// <summary>The id of the school where all this happens.</summary>
    public async Task<string> SchoolAsync() =>
        school ??= (await server.UntilDoneAsync("ms.rivera", visitor => visitor.FetchAsync("/api/me", default)))["memberships"]![0]!["organizationId"]!.GetValue<string>();

    public async Task RevokeAsync(string award)
    {
        var key = NewId.Random();
        await server.UntilDoneAsync("w.registrar", visitor => visitor.PostAsync($"/api/awards/{award}/revocations", new() { ["reason"] = "A mistake" }, key, default));
    }

    /// <summary>Every decision that was confirmed stands, once.</summary>
    public async Task RequireAllAsync()
    {
        foreach (var (id, decision) in decided)
        {
            var work = await server.UntilDoneAsync("ms.rivera", visitor => visitor.FetchAsync($"/api/submissions/{id}", default));
            Assert.Equal([decision], work["attempts"]!.AsArray().SelectMany(attempt => attempt!["decisions"]!.AsArray()).Select(made => made!["id"]!.GetValue<string>()));
        }
    }

    /// <summary>Waits until it is signed.</summary>
    public async Task SignedAsync(string student, string award)
    {
        for (var tries = 0; ; tries++)
        {
            var state = await StateAsync(student, award);
            if (state == "issued")
            {
                return;
            }

            Assert.True(tries < 400, string.Create(CultureInfo.InvariantCulture, $"{award} is never signed: {state}."));
            await Task.Delay(100);
        }
    }
}
