using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>A badge part of whose proof is somebody else's certificate: number, issuer, expiry. One that is out of date is no proof.</summary>
internal static class KitchenScene
{
    public const string Badge = "food-safety";
    private const string Skill = "time-and-temperature";

    public static async Task PlayAsync(DemoScript script, DemoCast cast, DemoBundle bundle, CancellationToken cancellationToken)
    {
        var (leo, rivera) = (cast["leo"], cast["ms.rivera"]);
        var work = "";
        await script.StepAsync("Leo adds his food protection certificate to his food safety logs, but it has expired: turning in is refused", async () =>
        {
            work = await DemoWork.PrepareAsync(leo, cast.Organization("westfield-high"), Badge, cancellationToken);
            await AddCertificateAsync(leo, work, "FPM-1187", DemoWork.Day(-40), cancellationToken);
            var refused = await DemoWork.RefusedAsync(() => leo.PostAsync($"/api/submissions/{work}/attempts", null, cancellationToken));
            DemoScript.RequireRefusal(refused, 422, "evidence.certificate-expired");
            return new() { ["refused"] = "evidence.certificate-expired" };
        });
        await script.StepAsync("He takes it out, passes the examination anew, adds the new certificate with number, issuer and expiry, and turns his work in", async () =>
        {
            var draft = (await leo.FetchAsync($"/api/submissions/{work}", cancellationToken))["draft"]!;
            await leo.DeleteAsync($"/api/submissions/{work}/evidence/{Skill}/{Certificate(draft)["id"]}", cancellationToken);
            await AddCertificateAsync(leo, work, "FPM-2093", DemoWork.Day(1800), cancellationToken);
            var turnedIn = await leo.PostAsync($"/api/submissions/{work}/attempts", null, cancellationToken);
            return new() { ["state"] = turnedIn["state"]!.DeepClone() };
        });
        await script.StepAsync("The instructor sends it back; without a plan there is no second try, with one Leo turns it in again", () =>
            DemoWork.RetakeAsync(leo, rivera, work, "The log of Tuesday has no temperature.", "Take the temperature at each delivery.", cancellationToken));
        await script.StepAsync("The instructor sees number, issuer and expiry beside the logs, and approves", async () =>
        {
            var seen = Certificate((await rivera.FetchAsync($"/api/submissions/{work}", cancellationToken))["attempts"]![1]!["work"]!)["certificate"]!;
            DemoScript.Require(
                (seen["number"]!.GetValue<string>(), seen["issuer"]!.GetValue<string>(), seen["expiresOn"]!.GetValue<string>()) == ("FPM-2093", "Accredited food protection examination", DemoWork.Day(1800)),
                "The certificate that was turned in should be the new one.");
            var award = await DemoWork.ApproveAsync(rivera, work, 2, cancellationToken);
            await bundle.SaveCredentialsAsync(leo, award, "leo-food-safety", cancellationToken);
            return award;
        });
    }

    // The board of this skill offers one.
    private static JsonNode Certificate(JsonNode work) => work.AsArray().Single(skill => skill!["competency"]!.GetValue<string>() == Skill)!["evidence"]!.AsArray()
        .Single(item => item!["option"]?.GetValue<string>() == "manager-certificate")!;

    private static Task<JsonNode> AddCertificateAsync(DemoClient leo, string work, string number, string expiresOn, CancellationToken cancellationToken) => leo.PostAsync(
        $"/api/submissions/{work}/evidence",
        new()
        {
            ["competency"] = Skill,
            ["title"] = "Food protection manager certificate",
            ["certificate"] = new JsonObject { ["number"] = number, ["issuer"] = "Accredited food protection examination", ["expiresOn"] = expiresOn },
            ["context"] = "certification",
            ["option"] = "manager-certificate",
        },
        cancellationToken);
}
