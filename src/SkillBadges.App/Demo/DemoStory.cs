using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Commands;
using SkillBadges.App.Verification;
using SkillBadges.Credentials;

namespace SkillBadges.App.Demo;

/// <summary>
/// The story of the product, played over real HTTP: a student turns in work, it comes back, it is approved; a supervisor signs at work; the
/// credentials are checked by anyone; one is taken back; a second school counts what the first decided, and the learner sees who looked.
/// </summary>
internal sealed class DemoStory(Func<DemoClient> visitor, string folder, DemoScript script)
{
    private const string Welding = "smaw-fillet";
    private const string Service = "customer-service";

    private readonly Dictionary<string, string> expected = new(StringComparer.Ordinal);

    public async Task PlayAsync(IReadOnlyDictionary<string, string> organizations, CancellationToken cancellationToken)
    {
        using var maya = visitor();
        using var leo = visitor();
        using var mayaEast = visitor();
        using var rivera = visitor();
        using var carter = visitor();
        using var westRegistrar = visitor();
        using var eastRegistrar = visitor();
        using var chen = visitor();
        using var anyone = visitor();
        var west = organizations["westfield-high"];
        var east = organizations["eastridge-high"];

        await script.StepAsync("Everybody signs in", async () =>
        {
            foreach (var (client, login) in new[]
            {
                (maya, "maya"), (leo, "leo"), (mayaEast, "maya.east"), (rivera, "ms.rivera"), (carter, "sam.carter"), (westRegistrar, "w.registrar"), (eastRegistrar, "e.registrar"), (chen, "mr.chen"),
            })
            {
                await client.SignInAsync(login, cancellationToken);
            }

            return [];
        });

        var welding = "";
        await script.StepAsync("Maya turns in proof for each skill of the welding badge: photos, a link, a text, a certificate", async () => new()
        {
            ["submission"] = welding = await TurnInAsync(maya, west, Welding, cancellationToken),
        });
        await script.StepAsync("Ms. Rivera sends it back and says what is missing", async () =>
        {
            var answer = await rivera.PostAsync(
                $"/api/submissions/{welding}/decisions", new() { ["attempt"] = 1, ["outcome"] = "returned", ["comment"] = "The undercut on coupon 2 is not shown with the gauge." }, cancellationToken);
            DemoScript.Require(answer["award"] is null, "Returned work earns no badge.");
            return new() { ["state"] = answer["state"]!.DeepClone() };
        });
        await script.StepAsync("Maya says in her plan what she will do, adds the missing photo and turns it in again; the first try is kept", async () =>
        {
            var returned = await maya.FetchAsync($"/api/submissions/{welding}", cancellationToken);
            var first = returned["draft"]![0]!["competency"]!.GetValue<string>();
            var steps = returned["plans"]![0]!["steps"]!.AsArray()
                .Select(step => (JsonNode)new JsonObject { ["competency"] = step!["competency"]!.DeepClone(), ["action"] = "Weld coupon 2 again and hold the gauge in the picture.", ["by"] = "2026-12-04" });
            await maya.PutAsync($"/api/submissions/{welding}/plans/1", new() { ["steps"] = new JsonArray([.. steps]) }, cancellationToken);
            await maya.UploadAsync($"/api/submissions/{welding}/files", Fields(first, "Coupon 2 with the gauge"), "coupon-2-gauge.png", DemoPicture.Of(77), cancellationToken);
            var again = await maya.PostAsync($"/api/submissions/{welding}/attempts", null, cancellationToken);
            DemoScript.Require(again["attempts"]!.AsArray().Count == 2, "Both tries are kept.");
            return new() { ["attempts"] = 2 };
        });

        var weldingAward = new JsonObject();
        await script.StepAsync("Ms. Rivera approves it in one request; the school signs an Open Badges 3.0 credential", async () =>
            weldingAward = await ApproveAsync(rivera, welding, 2, cancellationToken));

        var serviceAward = new JsonObject();
        await script.StepAsync("Leo's supervisor at the market signs for what he saw him do", async () =>
            serviceAward = await ApproveAsync(carter, await TurnInAsync(leo, west, Service, cancellationToken), 1, cancellationToken));
        await script.StepAsync("The supervisor finds nothing of a student who is not placed with him for that badge", async () =>
        {
            var refused = await RefusedAsync(() => carter.FetchAsync($"/api/submissions/{welding}", cancellationToken));
            DemoScript.Require(refused.StartsWith("404", StringComparison.Ordinal), refused);
            return new() { ["answer"] = 404 };
        });

        await script.StepAsync("Both learners take their credentials with them, in every form", async () =>
        {
            await SaveCredentialsAsync(maya, weldingAward, "maya-welding", cancellationToken);
            await SaveCredentialsAsync(leo, serviceAward, "leo-service", cancellationToken);
            return new() { ["files"] = expected.Count };
        });
        await script.StepAsync("Anyone checks them: genuine", () => CheckAllAsync(anyone, cancellationToken));
        await script.StepAsync("A forged level is found out", async () =>
        {
            var token = await File.ReadAllTextAsync(Path.Combine(folder, "maya-welding.es256.jwt"), cancellationToken);
            var parts = token.Split('.');
            var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("/proficient\"", "/advanced\"", StringComparison.Ordinal);
            var forged = $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.{parts[2]}";
            var verdict = await anyone.VerdictAsync(Encoding.ASCII.GetBytes(forged), cancellationToken);
            DemoScript.Require(verdict == "invalid", $"The forged badge was called {verdict}.");
            return new() { ["verdict"] = verdict };
        });

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

        await script.StepAsync("Westfield takes Leo's badge back, with a reason; the next check says so", async () =>
        {
            await westRegistrar.PostAsync($"/api/awards/{serviceAward["award"]}/revocations", new() { ["reason"] = "Signed for the wrong student." }, cancellationToken);
            foreach (var file in expected.Keys.Where(file => file.StartsWith("leo-", StringComparison.Ordinal)).ToList())
            {
                expected[file] = "revoked-or-suspended";
            }

            return await CheckAllAsync(anyone, cancellationToken);
        });
        await script.StepAsync("DID documents, status lists and the API description are saved", async () =>
        {
            foreach (var (slug, _) in organizations)
            {
                await SaveAsync($"dids/{slug}.json", await anyone.BytesAsync($"/orgs/{slug}/did.json", cancellationToken), cancellationToken);
            }

            await SaveAsync("openapi.json", await anyone.BytesAsync("/swagger/v1/swagger.json", cancellationToken), cancellationToken);
            return new() { ["statusLists"] = await SaveStatusListsAsync(anyone, cancellationToken) };
        });
        await script.StepAsync("The verify command agrees, with nothing but these files", () => CheckOfflineAsync(cancellationToken));
    }

    private static async Task<string> TurnInAsync(DemoClient learner, string school, string badge, CancellationToken cancellationToken)
    {
        var started = await learner.PostAsync("/api/submissions", new() { ["organization"] = school, ["badge"] = badge }, cancellationToken);
        var id = started["id"]!.GetValue<string>();
        var asked = (await learner.FetchAsync($"/api/badges/{badge}", cancellationToken))["competencies"]!.AsArray().ToDictionary(skill => skill!["id"]!.GetValue<string>(), skill => skill!);
        var skills = started["draft"]!.AsArray().Select(work => work!["competency"]!.GetValue<string>()).ToList();
        foreach (var (skill, number) in skills.Select((skill, number) => (skill, number)))
        {
            await AddProofAsync(learner, id, skill, number, cancellationToken);
            await AddChoicesAsync(learner, id, asked[skill], cancellationToken);
            await learner.PutAsync($"/api/submissions/{id}/reflections/{skill}", new() { ["selfLevel"] = "proficient", ["reflection"] = "I can do it alone now." }, cancellationToken);
        }

        await learner.PostAsync($"/api/submissions/{id}/attempts", null, cancellationToken);
        return id;
    }

    private static Task<JsonNode> AddProofAsync(DemoClient learner, string id, string skill, int number, CancellationToken cancellationToken) => (number % 4) switch
    {
        0 => learner.UploadAsync($"/api/submissions/{id}/files", Fields(skill, "Photo of my work"), $"work-{number + 1}.png", DemoPicture.Of(number), cancellationToken),
        1 => learner.PostAsync($"/api/submissions/{id}/evidence", new() { ["competency"] = skill, ["title"] = "Log", ["text"] = "Monday: set up. Tuesday: alone. Thursday: again, on another job." }, cancellationToken),
        2 => learner.PostAsync($"/api/submissions/{id}/evidence", new() { ["competency"] = skill, ["title"] = "Video", ["url"] = "https://video.example.org/watch/1" }, cancellationToken),
        _ => learner.PostAsync(
            $"/api/submissions/{id}/evidence",
            new()
            {
                ["competency"] = skill,
                ["title"] = "Safety card",
                ["certificate"] = new JsonObject { ["number"] = "36-004411", ["issuer"] = "Authorized trainer", ["expiresOn"] = "2031-11-21" },
                ["context"] = "certification",
            },
            cancellationToken),
    };

    // Where the board asks for several choices, as many as it asks for.
    private static async Task AddChoicesAsync(DemoClient learner, string id, JsonNode skill, CancellationToken cancellationToken)
    {
        var count = skill["chooseAtLeast"]!.GetValue<int>();
        foreach (var option in skill["evidenceOptions"]!.AsArray().Where(option => count > 1 && option!["kind"]!.GetValue<string>() is not ("certificate" or "log")).Take(count))
        {
            await learner.PostAsync(
                $"/api/submissions/{id}/evidence",
                new() { ["competency"] = skill["id"]!.DeepClone(), ["title"] = option!["label"]!.DeepClone(), ["url"] = "https://video.example.org/watch/2", ["option"] = option["id"]!.DeepClone() },
                cancellationToken);
        }
    }

    private static Dictionary<string, string> Fields(string skill, string title) => new() { ["competency"] = skill, ["title"] = title };

    private static async Task<JsonObject> ApproveAsync(DemoClient assessor, string submission, int attempt, CancellationToken cancellationToken)
    {
        var answer = await assessor.PostAsync($"/api/submissions/{submission}/decisions", new() { ["attempt"] = attempt, ["outcome"] = "approved" }, cancellationToken);
        DemoScript.Require(answer["award"]?["state"]?.GetValue<string>() == "issued", "The badge should be issued.");
        return new() { ["award"] = answer["award"]!["id"]!.DeepClone(), ["badge"] = answer["award"]!["badge"]!.DeepClone(), ["credential"] = answer["award"]!["credential"]!.DeepClone() };
    }

    private async Task SaveCredentialsAsync(DemoClient learner, JsonObject award, string name, CancellationToken cancellationToken)
    {
        foreach (var (form, file) in new[]
        {
            ("vc-jwt-rs256", $"{name}.rs256.jwt"), ("vc-jwt-es256", $"{name}.es256.jwt"), ("eddsa-rdfc-2022", $"{name}.json"), ("png", $"{name}.png"), ("svg", $"{name}.svg"),
        })
        {
            await SaveAsync(file, await learner.BytesAsync($"/api/awards/{award["award"]}/credential?form={form}", cancellationToken), cancellationToken);
            expected[file] = "valid";
        }
    }

    private async Task<JsonObject> CheckAllAsync(DemoClient anyone, CancellationToken cancellationToken)
    {
        var verdicts = new JsonObject();
        foreach (var (file, verdict) in expected)
        {
            var found = await anyone.VerdictAsync(await File.ReadAllBytesAsync(Path.Combine(folder, file), cancellationToken), cancellationToken);
            DemoScript.Require(found == verdict, $"{file} was called {found}, not {verdict}.");
            verdicts[file] = found;
        }

        return verdicts;
    }

    private async Task<int> SaveStatusListsAsync(DemoClient anyone, CancellationToken cancellationToken)
    {
        var lists = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in expected.Keys.Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
        {
            var credential = JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, file), cancellationToken))!;
            lists.UnionWith(credential["credentialStatus"]!.AsArray().Select(entry => entry!["statusListCredential"]!.GetValue<string>()));
        }

        foreach (var list in lists)
        {
            var path = new Uri(list).AbsolutePath;
            await SaveAsync($"status-lists/{path.Split('/')[^2]}-{path.Split('/')[^1]}", await anyone.BytesAsync(path, cancellationToken), cancellationToken);
        }

        return lists.Count;
    }

    private async Task<JsonObject> CheckOfflineAsync(CancellationToken cancellationToken)
    {
        var verifier = new CredentialVerifier(VerifyCommand.OfflinePorts(await OfflineBundle.OpenAsync(folder, cancellationToken)));
        var verdicts = new JsonObject();
        foreach (var (file, verdict) in expected)
        {
            using var output = new StringWriter();
            var exitCode = await VerifyCommand.RunAsync([Path.Combine(folder, file)], verifier, asJson: true, output, cancellationToken);
            var found = JsonNode.Parse(output.ToString())!["verdict"]!.GetValue<string>();
            DemoScript.Require(found == verdict && exitCode == (verdict == "valid" ? 0 : 1), $"{file} was called {found}, not {verdict}, with exit code {exitCode}.");
            verdicts[file] = found;
        }

        return verdicts;
    }

    private async Task SaveAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes, cancellationToken);
    }

    private static async Task<string> RefusedAsync(Func<Task> act)
    {
        try
        {
            await act();
            return "nothing was refused";
        }
        catch (DemoStepFailedException refused)
        {
            return refused.Message;
        }
    }
}
