using System.Text;
using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>
/// The story of the product, played over real HTTP: a student turns in work, a classmate says what to try, it comes back, it is approved; a supervisor signs at work; nurses, certificates and
/// two raters decide where badges ask for them; a class is seen at work, a badge is written by three, a queue is decided at once; the
/// credentials are checked by anyone; one is taken back; a second school counts what the first decided, and the learner sees who looked; a record moves between districts with scales of their own, and a
/// learner of 16 has two record-keepers; a college grants credit.
/// </summary>
internal sealed class DemoStory(Func<DemoClient> visitor, string folder, DemoScript script)
{
    private const string Welding = "smaw-fillet";
    private const string Service = "customer-service";

    private static readonly string[] Players =
    [
        "maya", "leo", "student076", "maya.east", "ms.rivera", "ms.ellery", "sam.carter", "w.registrar", "w.admin", "e.registrar", "mr.chen", "l.dean", "h.author", "parent",
        .. DualEnrollmentScene.Players,
    ];

    private readonly DemoBundle bundle = new(folder);
    private JsonObject serviceAward = [];

    public async Task PlayAsync(IReadOnlyDictionary<string, string> organizations, CancellationToken cancellationToken)
    {
        using var cast = new DemoCast(visitor, Players, organizations);
        await script.StepAsync("Everybody signs in", async () =>
        {
            await cast.SignInAsync(cancellationToken);
            return new() { ["people"] = Players.Length };
        });
        await BeginAsync(cast, cancellationToken);
        await NursingScene.PlayAsync(script, cast, bundle, cancellationToken);
        await KitchenScene.PlayAsync(script, cast, bundle, cancellationToken);
        await InternshipScene.PlayAsync(script, cast, bundle, cancellationToken);
        await AuthorsScene.PlayAsync(script, cast, cancellationToken);
        await ClassroomScene.ObserveAsync(script, cast, cancellationToken);
        await ClassroomScene.DecideQueueAsync(script, cast, cancellationToken);
        await CheckAsync(cast.Anyone, cancellationToken);
        await MoveAsync(cast, cancellationToken);
        await TransferScene.PlayAsync(script, cast, bundle, cancellationToken);
        await DualEnrollmentScene.PlayAsync(script, cast, cancellationToken);
        await CollegeScene.PlayAsync(script, cast, cancellationToken);
        await EndAsync(cast, organizations.Keys, cancellationToken);
    }

    private async Task BeginAsync(DemoCast cast, CancellationToken cancellationToken)
    {
        var (maya, leo, rivera, carter) = (cast["maya"], cast["leo"], cast["ms.rivera"], cast["sam.carter"]);
        var west = cast.Organization("westfield-high");
        var welding = "";
        await script.StepAsync("Maya turns in proof for each skill of the welding badge: photos, a link, a text, a certificate", async () => new()
        {
            ["submission"] = welding = await DemoWork.TurnInAsync(maya, west, Welding, cancellationToken),
        });
        await PeersScene.AskAsync(script, cast, welding, cancellationToken);
        await script.StepAsync("Ms. Rivera sends it back and says what is missing", async () =>
        {
            var answer = await rivera.PostAsync(
                $"/api/submissions/{welding}/decisions", new() { ["attempt"] = 1, ["outcome"] = "returned", ["comment"] = "The undercut on coupon 2 is not shown with the gauge." }, cancellationToken);
            DemoScript.Require(answer["award"] is null, "Returned work earns no badge.");
            return new() { ["state"] = answer["state"]!.DeepClone() };
        });
        await PeersScene.CloseAsync(script, cast, cancellationToken);
        await script.StepAsync("Maya says in her plan what she will do, adds the missing photo and turns it in again; the first try is kept", async () =>
        {
            var returned = await maya.FetchAsync($"/api/submissions/{welding}", cancellationToken);
            var first = returned["draft"]![0]!["competency"]!.GetValue<string>();
            var steps = returned["plans"]![0]!["steps"]!.AsArray()
                .Select(step => (JsonNode)new JsonObject { ["competency"] = step!["competency"]!.DeepClone(), ["action"] = "Weld coupon 2 again and hold the gauge in the picture.", ["by"] = DemoWork.Day(14) });
            await maya.PutAsync($"/api/submissions/{welding}/plans/1", new() { ["steps"] = new JsonArray([.. steps]) }, cancellationToken);
            await maya.UploadAsync($"/api/submissions/{welding}/files", DemoWork.Fields(first, "Coupon 2 with the gauge"), "coupon-2-gauge.png", DemoPicture.Of(77), cancellationToken);
            var again = await maya.PostAsync($"/api/submissions/{welding}/attempts", null, cancellationToken);
            DemoScript.Require(again["attempts"]!.AsArray().Count == 2, "Both tries are kept.");
            return new() { ["attempts"] = 2 };
        });

        var weldingAward = new JsonObject();
        await script.StepAsync("Ms. Rivera approves it in one request; the school signs an Open Badges 3.0 credential", async () =>
            weldingAward = await DemoWork.ApproveAsync(rivera, welding, 2, cancellationToken));

        await script.StepAsync("Leo's supervisor at the market signs for what he saw him do", async () =>
            serviceAward = await DemoWork.ApproveAsync(carter, await DemoWork.TurnInAsync(leo, west, Service, cancellationToken), 1, cancellationToken));
        await script.StepAsync("The supervisor finds nothing of a student who is not placed with him for that badge", async () =>
        {
            var refused = await DemoWork.RefusedAsync(() => carter.FetchAsync($"/api/submissions/{welding}", cancellationToken));
            DemoScript.Require(refused.StartsWith("404", StringComparison.Ordinal), refused);
            return new() { ["answer"] = 404 };
        });

        await script.StepAsync("Both learners take their credentials with them, in every form", async () =>
        {
            await bundle.SaveCredentialsAsync(maya, weldingAward, "maya-welding", cancellationToken);
            await bundle.SaveCredentialsAsync(leo, serviceAward, "leo-service", cancellationToken);
            return new() { ["files"] = bundle.Credentials };
        });
    }

    private async Task CheckAsync(DemoClient anyone, CancellationToken cancellationToken)
    {
        await script.StepAsync("Anyone checks them: genuine", () => bundle.CheckAllAsync(anyone, cancellationToken));
        await script.StepAsync("A forged level is found out", async () =>
        {
            var token = await bundle.TextAsync("maya-welding.es256.jwt", cancellationToken);
            var parts = token.Split('.');
            var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("/proficient\"", "/advanced\"", StringComparison.Ordinal);
            var forged = $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.{parts[2]}";
            var verdict = await anyone.VerdictAsync(Encoding.ASCII.GetBytes(forged), cancellationToken);
            DemoScript.Require(verdict == "invalid", $"The forged badge was called {verdict}.");
            return new() { ["verdict"] = verdict };
        });
    }

    private async Task MoveAsync(DemoCast cast, CancellationToken cancellationToken)
    {
        var (maya, mayaEast, eastRegistrar, chen) = (cast["maya"], cast["maya.east"], cast["e.registrar"], cast["mr.chen"]);
        var east = cast.Organization("eastridge-high");
        await script.StepAsync("Maya moves to Eastridge mid-year; with her one-time code the registrar there joins the two records", async () =>
        {
            var code = (await maya.PostAsync("/api/join-codes", null, cancellationToken))["code"]!.GetValue<string>();
            var joined = await eastRegistrar.PostAsync("/api/joins", new() { ["school"] = east, ["student"] = mayaEast.PersonId, ["code"] = code }, cancellationToken);
            return new() { ["people"] = joined["people"]!.AsArray().Count };
        });
        await script.StepAsync("Mr. Chen sees that the welding skills count at Eastridge without assessing again, and why", async () =>
        {
            var record = await chen.FetchAsync($"/api/learners/{mayaEast.PersonId}/gradebook?school={east}&basis=enrollment", cancellationToken);
            var lines = record["lines"]!.AsArray();
            DemoScript.Require(lines.Count > 0 && lines.All(line => line!["satisfied"] is not null), "Every skill of the badge should count.");
            return new() { ["skills"] = lines.Count, ["reason"] = lines[0]!["satisfied"]!["reason"]!.DeepClone() };
        });
        await script.StepAsync("Maya sees who has seen her record", async () =>
        {
            var rows = (await maya.FetchAsync($"/api/learners/{maya.PersonId}/disclosures", cancellationToken))["items"]!.AsArray();
            DemoScript.Require(rows.Count == 1, $"One look leaves one row; there are {rows.Count}.");
            return new() { ["rows"] = rows.Count };
        });
    }

    private async Task EndAsync(DemoCast cast, IEnumerable<string> organizations, CancellationToken cancellationToken)
    {
        var anyone = cast.Anyone;
        await script.StepAsync("Westfield takes Leo's badge for service back, with a reason; the next check says so", async () =>
        {
            await cast["w.registrar"].PostAsync($"/api/awards/{serviceAward["award"]}/revocations", new() { ["reason"] = "Signed for the wrong student." }, cancellationToken);
            bundle.Revoke("leo-service");
            return await bundle.CheckAllAsync(anyone, cancellationToken);
        });
        await script.StepAsync("DID documents, status lists and the API description are saved", async () =>
        {
            foreach (var slug in organizations)
            {
                await bundle.SaveAsync($"dids/{slug}.json", await anyone.BytesAsync($"/orgs/{slug}/did.json", cancellationToken), cancellationToken);
            }

            await bundle.SaveAsync("openapi.json", await anyone.BytesAsync("/swagger/v1/swagger.json", cancellationToken), cancellationToken);
            return new() { ["statusLists"] = await bundle.SaveStatusListsAsync(anyone, cancellationToken) };
        });
        await script.StepAsync("The verify command agrees, with nothing but these files", () => bundle.CheckOfflineAsync(cancellationToken));
    }
}
