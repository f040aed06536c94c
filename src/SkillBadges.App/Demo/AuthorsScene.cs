using System.Text.Json.Nodes;
using SkillBadges.App.Definitions;

namespace SkillBadges.App.Demo;

/// <summary>A badge that a school, a college and an employer write together: published only when each has signed exactly its words.</summary>
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
            await SignAsync(school, cancellationToken);
            await SignAsync(college, cancellationToken);
            var refused = await DemoWork.RefusedAsync(() => PublishAsync(school, cancellationToken));
            DemoScript.RequireRefusal(refused, 409, "definition.sign-off-missing");
            return new() { ["refused"] = "definition.sign-off-missing" };
        });
        await script.StepAsync("The employer signs, too; the badge is published, and the three signatures are credentials that anyone can check", async () =>
        {
            await SignAsync(employer, cancellationToken);
            var published = await PublishAsync(school, cancellationToken);
            DemoScript.Require(published["signOffs"]!.AsArray().Count == 3, "Three sign-offs should stand behind the version.");
            return new() { ["version"] = published["version"]!.DeepClone(), ["endorsements"] = await EndorsementsAsync(cast.Anyone, cancellationToken) };
        });
    }

    private static Task<JsonNode> SignAsync(DemoClient signer, CancellationToken cancellationToken) =>
        signer.PostAsync($"/api/definitions/{Badge}/sign-offs", new() { ["revision"] = 2 }, cancellationToken);

    private static Task<JsonNode> PublishAsync(DemoClient school, CancellationToken cancellationToken) =>
        school.PostAsync($"/api/definitions/{Badge}/publications", new() { ["revision"] = 2 }, cancellationToken);

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
