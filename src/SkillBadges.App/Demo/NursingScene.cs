using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>A badge that registered nurses alone decide: neither the class's teacher does, nor a nurse whose license nobody has checked.</summary>
internal static class NursingScene
{
    public const string Badge = "nursing-assistant";

    public static async Task PlayAsync(DemoScript script, DemoCast cast, DemoBundle bundle, CancellationToken cancellationToken)
    {
        var (paz, nurse, registrar) = (cast["student076"], cast["ms.ellery"], cast["w.registrar"]);
        var school = cast.Organization("westfield-high");
        var work = "";
        JsonNode? license = null;
        await script.StepAsync("Paz turns in proof for the nursing assistant badge; Ms. Rivera teaches the class but is no nurse, and is refused", async () =>
        {
            work = await DemoWork.TurnInAsync(paz, school, Badge, cancellationToken);
            return await RefusedAsync(cast["ms.rivera"], work, cancellationToken);
        });
        await script.StepAsync("The school names Ms. Ellery for this badge; she says that she is a nurse, nobody has checked it, and she is refused as well", async () =>
        {
            await registrar.PostAsync("/api/assignments", new() { ["organization"] = school, ["assessors"] = new JsonArray(nurse.PersonId), ["badges"] = new JsonArray(Badge) }, cancellationToken);
            return await RefusedAsync(nurse, work, cancellationToken);
        });
        await script.StepAsync("The office looks her license up and enters it; now the nurse may decide, and sends the work back; without a plan there is no second try, with one there is", async () =>
        {
            license = await registrar.PostAsync(
                "/api/qualifications",
                new()
                {
                    ["organization"] = school,
                    ["holder"] = nurse.PersonId,
                    ["code"] = "registered-nurse",
                    ["number"] = "RN-204418",
                    ["issuer"] = "State Board of Nursing",
                    ["evidence"] = "The register's entry, looked up today: active.",
                    ["expiresOn"] = DemoWork.Day(600),
                },
                cancellationToken);
            return await DemoWork.RetakeAsync(paz, nurse, work, "Say when you wash your hands.", "Write the steps down in their order.", cancellationToken);
        });
        await script.StepAsync("The nurse approves the second try, and the decision names the license that it rests on", async () =>
        {
            var award = await DemoWork.ApproveAsync(nurse, work, 2, cancellationToken);
            var decided = (await paz.FetchAsync($"/api/submissions/{work}", cancellationToken))["attempts"]![1]!["decisions"]![0]!;
            DemoScript.Require(decided["qualification"]!.GetValue<string>() == license!["id"]!.GetValue<string>(), "The decision should name the license that it rests on.");
            await bundle.SaveCredentialsAsync(paz, award, "paz-nursing", cancellationToken);
            return award;
        });
    }

    private static async Task<JsonObject> RefusedAsync(DemoClient assessor, string work, CancellationToken cancellationToken)
    {
        var refused = await DemoWork.RefusedAsync(() => DemoWork.ApproveAsync(assessor, work, 1, cancellationToken));
        DemoScript.RequireRefusal(refused, 403, "decision.not-qualified");
        return new() { ["refused"] = "decision.not-qualified" };
    }
}
