using System.Text.Json.Nodes;
using SkillBadges.App.Definitions;

namespace SkillBadges.App.Demo;

/// <summary>
/// A badge that a school, a college and an employer write together: published only when each has signed exactly its words, or when a committee's vote with its minutes stands in for one who is silent.
/// </summary>
internal static class AuthorsScene
{
    private const string Badge = "fabrication-fillet";
    private const int LooksForSignatures = 100;

    public static async Task PlayAsync(DemoScript script, DemoCast cast, CancellationToken cancellationToken)
    {
        var (school, college, employer) = (cast["w.admin"], cast["l.dean"], cast["h.author"]);
        await script.StepAsync("Westfield begins a badge with Lakeside College and Harlan Fabrication; the college proposes a line, the employer accepts it", async () =>
        {
            var content = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(DefinitionFolder.Shipped, "welding", "smaw-fillet.json"), cancellationToken))!.AsObject();
            content["slug"] = Badge;
            content["name"] = "Fillet Welds in Fabrication";
            await school.PostAsync("/api/definitions", new() { ["organizationId"] = cast.Organization("westfield-high"), ["slug"] = Badge, ["content"] = content.DeepClone() }, cancellationToken);
            foreach (var other in (string[])["lakeside-college", "harlan-fabrication"])
            {
                await school.PostAsync($"/api/definitions/{Badge}/organizations", new() { ["organizationId"] = cast.Organization(other) }, cancellationToken);
            }

            content["criteria"]!.AsArray().Add("Each joint is traceable to its plate by the number stamped on both.");
            var proposal = await college.PostAsync(
                $"/api/definitions/{Badge}/proposals", new() { ["onRevision"] = 1, ["content"] = content, ["note"] = "Our course asks for traceable joints." }, cancellationToken);
            var accepted = await employer.PostAsync($"/api/definitions/{Badge}/proposals/{proposal["id"]}/acceptances", null, cancellationToken);
            DemoScript.Require(accepted["becameRevision"]?.GetValue<int>() == 2, "The accepted line should be the second revision.");
            return new() { ["revision"] = 2 };
        });
        await script.StepAsync("School and college sign; publishing is refused while the employer's signature is missing", async () =>
        {
            await SignAsync(school, 2, cancellationToken);
            await SignAsync(college, 2, cancellationToken);
            var refused = await DemoWork.RefusedAsync(() => PublishAsync(school, 2, cancellationToken));
            DemoScript.RequireRefusal(refused, 409, "definition.sign-off-missing");
            return new() { ["refused"] = "definition.sign-off-missing" };
        });
        await script.StepAsync("The employer signs, too; the badge is published, and the three signatures are credentials that anyone can check", async () =>
        {
            await SignAsync(employer, 2, cancellationToken);
            var published = await PublishAsync(school, 2, cancellationToken);
            DemoScript.Require(published["signOffs"]!.AsArray().Count == 3, "Three sign-offs should stand behind the version.");
            return new() { ["version"] = published["version"]!.DeepClone(), ["endorsements"] = await EndorsementsAsync(cast.Anyone, cancellationToken) };
        });
        await RaiseTheBarAsync(script, cast, cancellationToken);
    }

    private static async Task RaiseTheBarAsync(DemoScript script, DemoCast cast, CancellationToken cancellationToken)
    {
        var (school, college) = (cast["w.admin"], cast["l.dean"]);
        await script.StepAsync("The bar of one skill is raised, so every signature is stale; the employer is silent, and the advisory committee's vote with its minutes stands in, called a vote and no signature", async () =>
        {
            var content = (await school.FetchAsync($"/api/definitions/{Badge}/revisions/2", cancellationToken))["content"]!.AsObject();
            content["competencies"]![0]!["requiredLevel"] = "advanced";
            var proposal = await school.PostAsync(
                $"/api/definitions/{Badge}/proposals", new() { ["onRevision"] = 2, ["content"] = content.DeepClone(), ["note"] = "Shops ask for more now." }, cancellationToken);
            await college.PostAsync($"/api/definitions/{Badge}/proposals/{proposal["id"]}/acceptances", null, cancellationToken);
            await SignAsync(school, 3, cancellationToken);
            await SignAsync(college, 3, cancellationToken);
            DemoScript.RequireRefusal(await DemoWork.RefusedAsync(() => PublishAsync(school, 3, cancellationToken)), 409, "definition.sign-off-missing");
            var minutes = await school.SendFileAsync($"/api/definitions/{Badge}/minutes?name=minutes.txt", "text/plain", "Moved, seconded and carried: the bar as it stands in revision 3."u8.ToArray(), cancellationToken);
            var vote = new JsonObject
            {
                ["revision"] = 3,
                ["committee"] = "Advisory committee on welding",
                ["heldOn"] = DemoWork.Day(-1),
                ["standsInFor"] = "industry",
                ["bodies"] = new JsonArray("Harlan Fabrication", "Regional Welding Council"),
                ["minutes"] = "Carried with seven votes for and none against.",
                ["minutesSha256"] = minutes["sha256"]!.DeepClone(),
            };
            await school.PostAsync($"/api/definitions/{Badge}/committee-votes", vote, cancellationToken);
            var published = await PublishAsync(school, 3, cancellationToken);
            var kept = published["votes"]!.AsArray();
            DemoScript.Require(
                published["signOffs"]!.AsArray().Count == 2 && kept.Count == 1 && kept[0]!["minutesSha256"]!.GetValue<string>() == minutes["sha256"]!.GetValue<string>(), "Two signatures and one vote with its minutes should stand behind the version.");
            return new() { ["version"] = published["version"]!.DeepClone(), ["minutesSha256"] = minutes["sha256"]!.DeepClone() };
        });
        await script.StepAsync("Anyone reads what a holder of version 1 must add to hold version 2: one skill, the others count", async () =>
        {
            var bridge = await cast.Anyone.FetchAsync($"/api/badges/{Badge}/versions/1/bridge?to=2", cancellationToken);
            var steps = bridge["skills"]!.AsArray().Select(skill => skill!["step"]!.GetValue<string>()).ToList();
            DemoScript.Require(steps.Count(step => step == "changed") == 1 && steps.Count(step => step == "kept") == steps.Count - 1, $"One skill should be shown again: {string.Join(", ", steps)}.");
            return new() { ["toAdd"] = 1, ["kept"] = steps.Count - 1 };
        });
    }

    private static Task<JsonNode> SignAsync(DemoClient signer, int revision, CancellationToken cancellationToken) =>
        signer.PostAsync($"/api/definitions/{Badge}/sign-offs", new() { ["revision"] = revision }, cancellationToken);

    private static Task<JsonNode> PublishAsync(DemoClient school, int revision, CancellationToken cancellationToken) =>
        school.PostAsync($"/api/definitions/{Badge}/publications", new() { ["revision"] = revision }, cancellationToken);

    // They are signed a moment after the sign-off.
    private static async Task<int> EndorsementsAsync(DemoClient anyone, CancellationToken cancellationToken)
    {
        var valid = 0;
        for (var look = 0; look < LooksForSignatures && valid < 3; look++)
        {
            await Task.Delay(look == 0 ? 0 : 50, cancellationToken);
            var found = (await anyone.FetchAsync($"/api/badges/{Badge}/versions/1/endorsements", cancellationToken))["items"]!.AsArray();
            valid = found.Count(endorsement => endorsement!["verdict"]!.GetValue<string>() == "valid");
        }

        DemoScript.Require(valid == 3, $"All three signatures should be genuine; {valid} are.");
        return valid;
    }
}
