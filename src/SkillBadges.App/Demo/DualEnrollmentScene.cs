using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>Nia is 16 and studies at a high school and a college: one learner on two rosters, two records, and other people whose yes counts for each of them.</summary>
internal static class DualEnrollmentScene
{
    public static readonly string[] Players = ["nia", "nia.college", "nia.parent", "college"];

    public static async Task PlayAsync(DemoScript script, DemoCast cast, CancellationToken cancellationToken)
    {
        var (nia, atCollege, parent, office) = (cast["nia"], cast["nia.college"], cast["nia.parent"], cast["college"]);
        var (west, lakeside) = (cast.Organization("westfield-high"), cast.Organization("lakeside-college"));
        await script.StepAsync("Nia is 16 and takes college courses beside school; with her one-time code the college's registrar joins her two records into one learner", async () =>
        {
            var code = (await nia.PostAsync("/api/join-codes", null, cancellationToken))["code"]!.GetValue<string>();
            var joined = await office.PostAsync("/api/joins", new() { ["school"] = lakeside, ["student"] = atCollege.PersonId, ["code"] = code }, cancellationToken);
            return new() { ["people"] = joined["people"]!.AsArray().Count };
        });
        await script.StepAsync("What her high school keeps is her family's to show to the college: her own yes alone is refused, her mother's counts", async () =>
        {
            var refused = await DemoWork.RefusedAsync(() => nia.PostAsync("/api/consents", Consent(nia, west, lakeside), cancellationToken));
            DemoScript.RequireRefusal(refused, 403, "consent.not-yours");
            var given = await parent.PostAsync("/api/consents", Consent(nia, west, lakeside), cancellationToken);
            DemoScript.Require(given["state"]!.GetValue<string>() == "inForce", given.ToJsonString());
            return new() { ["recordKeeper"] = "Westfield High School", ["voice"] = given["grants"]![0]!["voice"]!.DeepClone() };
        });
        await script.StepAsync("What the college keeps is hers to show, at 16: her yes counts, and her mother has none to give", async () =>
        {
            var given = await atCollege.PostAsync("/api/consents", Consent(atCollege, lakeside, west), cancellationToken);
            DemoScript.Require(given["state"]!.GetValue<string>() == "inForce", given.ToJsonString());
            var refused = await DemoWork.RefusedAsync(() => parent.PostAsync("/api/consents", Consent(atCollege, lakeside, west), cancellationToken));
            DemoScript.Require(refused.StartsWith("403", StringComparison.Ordinal) || refused.StartsWith("404", StringComparison.Ordinal), refused);
            return new() { ["recordKeeper"] = "Lakeside Community College", ["voice"] = given["grants"]![0]!["voice"]!.DeepClone() };
        });
    }

    private static JsonObject Consent(DemoClient learner, string recordKeeper, string recipient) => new()
    {
        ["learner"] = learner.PersonId,
        ["terms"] = new JsonObject
        {
            ["records"] = new JsonObject { ["recordKeeper"] = recordKeeper, ["kinds"] = new JsonArray("credentials", "levels"), ["badges"] = new JsonArray() },
            ["purpose"] = "Choosing next term's courses",
            ["recipient"] = new JsonObject { ["kind"] = "organization", ["organization"] = recipient },
            ["expiresAt"] = $"{DemoWork.Day(180)}T00:00:00Z",
        },
    };
}
