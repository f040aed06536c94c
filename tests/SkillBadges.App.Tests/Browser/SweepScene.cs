using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SkillBadges.App.Demo;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Tests.Browser;

/// <summary>What has to be there so that every page has something to show, and the ids and links by which addresses lead to it.</summary>
internal sealed partial class SweepScene
{
    private static readonly string[] Languages = ["en-US", "es-ES"];

    private readonly Dictionary<string, string> values = [];
    private readonly Dictionary<string, string> setUp = [];

    /// <param name="browsing">The sample district.</param>
    /// <param name="fresh">An instance that nobody has set up yet: its page of that is shown at the address of the sample district, which is set up.</param>
    public static async Task<SweepScene> PrepareAsync(Browsing browsing, TestApp fresh)
    {
        var scene = new SweepScene();
        await scene.AddSetUpAsync(fresh);
        var staff = await StaffScene.PrepareAsync(browsing);
        foreach (var (name, value) in new[]
        {
            ("badge", staff.Badge), ("proposal", staff.Proposal), ("plan", staff.Plan), ("cycle", staff.Cycle), ("request", staff.Request), ("nia", staff.Student), ("section", staff.Section), ("school", staff.School),
            ("office", staff.Office),
        })
        {
            scene.values[name] = value;
        }

        await scene.AddWorkAsync(browsing, staff.School);
        await scene.AddLinksAsync(browsing, staff);
        await scene.AddClassAsync(browsing, staff.Section);
        await scene.AddPackAsync(browsing, staff.School);
        (scene.values["claimant"], scene.values["claim"]) = await CreditAgreement.ClaimAsync(browsing, "student084");
        await StaffScene.CountAsync(browsing, staff.Office);
        scene.values["reading"] = await SecondReadingTour.WaitingAsync(browsing, "student168");
        return scene;
    }

    /// <summary>The address with what its braces name.</summary>
    public string Fill(string path) => Named().Replace(path, name => values[name.Groups[1].Value]);

    /// <summary>Gives the page of another instance at its address; styles and all else come from the one that is visited.</summary>
    public Task ShowSetUpAsync(IPage page, string language) =>
        page.RouteAsync("**/set-up/*", route => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = setUp[language] }));

    /// <returns>What the link of a mentor ends in whom a student asks about a piece of proof.</returns>
    internal static async Task<string> AskMentorAsync(DemoClient student, DemoClient teacher, string draft)
    {
        var proof = (await student.FetchAsync($"/api/submissions/{draft}", default))["draft"]![0]!["evidence"]![0]!;
        var asked = await student.PostAsync($"/api/submissions/{draft}/confirmations", new() { ["evidence"] = Id(proof), ["mentor"] = "Coach Ellis", ["address"] = "ellis@club.example" }, default);
        return LastOf((await teacher.PostAsync($"/api/confirmations/{Id(asked)}/links", null, default))["link"]!.GetValue<string>());
    }

    private static string Id(JsonNode answer) => answer["id"]!.GetValue<string>();

    private static string LastOf(string link) => new Uri(link).Segments[^1];

    private async Task AddSetUpAsync(TestApp fresh)
    {
        values["set-up"] = (await fresh.Services.GetRequiredService<SetUpWorkflow>().OfferAsync(default))!;
        foreach (var language in Languages)
        {
            using var browser = fresh.Browser();
            browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            setUp[language] = await browser.GetStringAsync(new Uri($"/set-up/{values["set-up"]}", UriKind.Relative));
        }
    }

    private async Task AddWorkAsync(Browsing browsing, string school)
    {
        using var student = await browsing.ClientAsync("student078");
        using var returned = await browsing.ClientAsync("student085");
        using var maya = await browsing.ClientAsync("maya");
        using var teacher = await browsing.ClientAsync("ms.rivera");
        values["maya"] = maya.PersonId;
        values["draft"] = await DemoWork.PrepareAsync(student, school, "smaw-fillet", default);
        values["returned"] = Id((await returned.FetchAsync("/api/submissions", default))["items"]!.AsArray().First(one => one!["badge"]!.ToJsonString().Contains("bookkeeping-cycle", StringComparison.Ordinal))!);
        (values["intern"], values["seen"]) = await StaffScene.SpokenAsync(browsing);
        values["employer"] = (await maya.FetchAsync($"/api/placements/{values["intern"]}", default))["employer"]!.GetValue<string>();
        values["supervised"] = await StaffScene.SupervisedWorkAsync(browsing);
        values["waiting"] = (await teacher.FetchAsync("/api/review-tasks?limit=200", default))["items"]!.AsArray().Last()!["submission"]!.GetValue<string>();
        values["confirmation"] = await AskMentorAsync(student, teacher, values["draft"]);
        values["reset"] = LastOf((await student.PostAsync($"/api/people/{student.PersonId}/password-reset", null, default))["url"]!.GetValue<string>());
    }

    // Links for people who have no account, or none here.
    private async Task AddLinksAsync(Browsing browsing, StaffScene staff)
    {
        using var admin = await browsing.ClientAsync("w.admin");
        using var registrar = await browsing.ClientAsync("w.registrar");
        using var supervisor = await browsing.ClientAsync("sam.carter");
        using var adult = await browsing.ClientAsync("student082");
        var (signer, boss) = ($"{Guid.NewGuid():N}@forge.example", $"{Guid.NewGuid():N}@market.example");
        await admin.PostAsync($"/api/definitions/{staff.Badge}/signers", new() { ["organizationId"] = staff.School, ["address"] = signer }, default);
        var placement = Id((await supervisor.FetchAsync("/api/placements", default))["items"]!.AsArray().First(one => one!["learner"]!.GetValue<string>() == values["maya"])!);
        await registrar.PostAsync($"/api/placements/{placement}/pass", new() { ["channel"] = "mail", ["address"] = boss }, default);
        values["invitation"] = LastOf((await admin.PostAsync("/api/invitations", new() { ["organizationId"] = staff.School, ["role"] = "teacher" }, default))["url"]!.GetValue<string>());
        var award = Id((await adult.FetchAsync("/api/awards", default))["items"]!.AsArray().First(one => one!["state"]!.GetValue<string>() == "issued")!);
        var share = await adult.PostAsync("/api/shares", new() { ["expiresAt"] = $"{DemoWork.Day(20)}T00:00:00Z", ["awards"] = new JsonArray(award), ["withName"] = true, ["withEvidence"] = true }, default);
        values["share"] = LastOf(share["link"]!.GetValue<string>());
        values["sign-off"] = Secret().Match(await browsing.LetterAsync(signer, "/sign-off/")).Groups[1].Value;
        values["pass"] = Secret().Match(await browsing.LetterAsync(boss, "/pass/")).Groups[1].Value;
    }

    private async Task AddClassAsync(Browsing browsing, string section)
    {
        using var teacher = await browsing.ClientAsync("ms.rivera");
        var seen = new JsonObject { ["id"] = "sweep:maya", ["learner"] = values["maya"], ["level"] = "proficient" };
        await teacher.PostAsync("/api/observations", new() { ["badge"] = "smaw-fillet", ["competency"] = "machine-setup", ["classSection"] = section, ["items"] = new JsonArray(seen) }, default);
        var body = new JsonObject { ["title"] = "Tuesday lab", ["kind"] = "same-gap", ["size"] = 4, ["badges"] = new JsonArray("smaw-fillet") };
        values["grouping"] = Id(await teacher.PostAsync($"/api/class-sections/{section}/groupings", body, default));
    }

    // A pack in which something is wrong, so that there is something to read.
    private async Task AddPackAsync(Browsing browsing, string school)
    {
        using var admin = await browsing.ClientAsync("w.admin");
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var manifest = new StreamWriter(archive.CreateEntry("manifest.csv").Open());
            manifest.Write("propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,9.9\r\n");
        }

        values["pack"] = Id(await admin.SendFileAsync($"/api/oneroster/imports?organizationId={school}&source=sis", "application/zip", bytes.ToArray(), default));
        for (var look = 0; look < 100 && (await admin.FetchAsync($"/api/oneroster/imports/{values["pack"]}", default))["state"]!.GetValue<string>() == "checking"; look++)
        {
            await Task.Delay(50);
        }
    }

    [GeneratedRegex(@"\{([a-z-]+)\}")]
    private static partial Regex Named();

    [GeneratedRegex("/(?:sign-off|pass)/([A-Za-z0-9_-]+)")]
    private static partial Regex Secret();
}
