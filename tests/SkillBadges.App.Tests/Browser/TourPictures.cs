using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SkillBadges.App.Tests.Faults;
using SkillBadges.App.Tests.House;
using SkillBadges.App.Tests.Pdf;

namespace SkillBadges.App.Tests.Browser;

/// <summary>The pictures of docs/tour.md. <c>TESTS_LONG=1 TESTS_TOUR=docs/tour</c> takes them anew.</summary>
[Collection(BrowsingCollection.Name)]
public sealed partial class TourPictures(Browsing browsing)
{
    private const int MostBytes = 2_000_000;

    private static string Document => Path.Combine(Repository.Root, "docs", "tour.md");

    [LongFact]
    public async Task Each_main_page_is_pictured()
    {
        var folder = Environment.GetEnvironmentVariable("TESTS_TOUR") is { Length: > 0 } asked ? Path.GetFullPath(asked, Repository.Root) : Directory.CreateTempSubdirectory("skillbadges-tour-").FullName;
        Directory.CreateDirectory(folder);
        var section = await SeeClassAsync();
        await ShowAsync(folder, null, ("welcome", "/"), ("catalogue", "/badges"), ("badge", "/badges/smaw-fillet"), ("sign-in", "/sign-in"), ("problem", "/problems/share.consent-missing"), ("guide", "/guide"));
        await ShowAsync(folder, "student004", ("student-home", "/"), ("student-work", "/work"), ("student-record", "/record"));
        await ShowAsync(folder, "student082", ("student-badges", "/my-badges"), ("student-links", "/shares"), ("student-statements", "/statements"));
        await ShowAsync(folder, "maya", ("student-consents", "/consents"), ("student-join", "/join"));
        await ShowFamilyAsync(folder);
        await ShowAsync(folder, "ms.rivera", ("teacher-home", "/"), ("teacher-queue", "/review"), ("teacher-classes", "/classes"), ("teacher-people", $"/classes/{section}/people"), ("teacher-practice", "/practice"), ("teacher-sheet", $"/sheet/{section}?badge=smaw-fillet&skill=machine-setup"), ("teacher-groups", $"/classes/{section}/groups?kind=Mixed&badge=smaw-fillet"));
        await ShowClassAsync(folder, section);
        await ShowStaffAsync(folder);
        await ShowVerdictAsync(folder);
        await ShowSharedAsync(folder);
        await ShowCollegeAsync(folder);
        await ShowLinksAsync(folder);
        await ShowCertificateAsync(folder);

        Assert.Equal(Named(), [.. Directory.EnumerateFiles(folder, "*.jpg").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public void The_tour_shows_pictures_that_are_there_and_all_of_them_are_small()
    {
        var files = new DirectoryInfo(Path.Combine(Repository.Root, "docs", "tour")).GetFiles("*.jpg");

        Assert.Equal(Named(), [.. files.Select(file => file.Name).Order(StringComparer.Ordinal)]);
        Assert.InRange(files.Sum(file => file.Length), 1, MostBytes);
    }

    private static IReadOnlyList<string> Named() => [.. Picture().Matches(File.ReadAllText(Document)).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    private static Task SaveAsync(IPage page, string folder, string name) => page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.jpg"), Type = ScreenshotType.Jpeg, Quality = 60 });

    private async Task ShowAsync(string folder, string? login, params (string Name, string Path)[] pages)
    {
        var page = await browsing.OpenAsync(login, phone: true);
        foreach (var (name, path) in pages)
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await SaveAsync(page, folder, name);
        }
    }

    private async Task ShowClassAsync(string folder, string section)
    {
        var page = await browsing.OpenAsync("ms.rivera", language: "es-ES", dark: true);
        await page.GotoAsync($"/classes/{section}?badge=smaw-fillet");
        await SaveAsync(page, folder, "teacher-class");
        await page.Locator(".heat tbody tr:nth-child(6) th a").ClickAsync();
        await page.Locator(".record").First.WaitForAsync();
        await SaveAsync(page, folder, "teacher-student");
    }

    private async Task ShowStaffAsync(string folder)
    {
        var scene = await StaffScene.PrepareAsync(browsing);
        await ShowAsync(folder, "counselor", ("counselor-students", "/advising?show=unsigned"), ("counselor-audit", $"/advising/{scene.School}/{scene.Student}"), ("counselor-plan", $"/plans/{scene.Plan}"));
        await ShowAsync(folder, "w.admin", ("principal-cycle", $"/cycles/{scene.Cycle}"), ("author-badge", $"/authoring/{scene.Badge}"), ("author-edit", $"/authoring/{scene.Badge}/edit"), ("author-changes", $"/authoring/{scene.Badge}/changes"), ("author-translation", $"/authoring/{scene.Badge}/translations?language=es"));
        await ShowAsync(folder, "w.admin", ("office-people", $"/office/{scene.School}/people"), ("office-settings", $"/office/{scene.School}/settings"), ("office-signing", $"/office/{scene.School}/signing"), ("office-acts", $"/office/{scene.School}/acts"), ("office-badges", "/authoring"));
        await ShowListAsync(folder, scene.School);
        await ShowAsync(folder, "w.registrar", ("registrar-request", $"/office/{scene.School}/requests/{scene.Request}"), ("registrar-policy", $"/office/{scene.School}/policies"), ("registrar-credit", $"/office/{scene.School}/credit"));
        var (placement, seen) = await StaffScene.SpokenAsync(browsing);
        await ShowAsync(folder, "maya", ("student-seen", $"/seen/{seen}"));
        await ShowAsync(folder, "sam.carter", ("supervisor-students", "/my-students"), ("supervisor-skills", $"/my-students/interns/{placement}"), ("supervisor-sheet", $"/my-students/interns/{placement}/sheet"), ("supervisor-work", $"/my-students/{await StaffScene.SupervisedWorkAsync(browsing)}"));
        await StaffScene.CountAsync(browsing, scene.Office);
        var state = await browsing.OpenAsync("state.admin");
        await state.GotoAsync($"/office/{scene.Office}/counts");
        await state.Locator(".counts").WaitForAsync();
        await SaveAsync(state, folder, "state-counts");
    }

    // What somebody is led to: the work itself, and links without an account.
    private async Task ShowLinksAsync(string folder)
    {
        await using var fresh = await TestApp.StartAsync(settings => settings);
        var scene = await SweepScene.PrepareAsync(browsing, fresh);
        await ShowAsync(folder, "student078", ("student-proof", scene.Fill("/work/{draft}")));
        await ShowAsync(folder, "student082", ("student-talent", "/talent"));
        await ShowAsync(folder, null, ("author-sign-off", scene.Fill("/sign-off/{sign-off}")), ("supervisor-pass", scene.Fill("/pass/{pass}")));
        var page = await browsing.OpenAsync("ms.rivera");
        await page.GotoAsync(scene.Fill("/review/{waiting}"), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await SaveAsync(page, folder, "teacher-review");
    }

    private async Task ShowCertificateAsync(string folder)
    {
        using var student = await browsing.ClientAsync("student082");
        var award = (await student.FetchAsync("/api/awards", default))["items"]!.AsArray().First(item => item!["state"]!.GetValue<string>() == "issued")!["id"];
        PdfTools.Picture(await student.BytesAsync($"/api/awards/{award}/certificate", default), Path.Combine(folder, "certificate"));
    }

    private async Task ShowVerdictAsync(string folder)
    {
        using var student = browsing.Visitor();
        await student.SignInAsync("student082", CancellationToken.None);
        var award = (await student.FetchAsync("/api/awards", CancellationToken.None))["items"]!.AsArray().First(item => item!["state"]!.GetValue<string>() == "issued")!["id"]!.GetValue<string>();
        var page = await browsing.OpenAsync(phone: true);
        await page.GotoAsync("/verify");
        await page.FillAsync("textarea[name=Pasted]", Encoding.UTF8.GetString(await student.BytesAsync($"/api/awards/{award}/credential?form=eddsa-rdfc-2022", CancellationToken.None)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).ClickAsync();
        await page.Locator(".verdict.valid").WaitForAsync();
        await SaveAsync(page, folder, "check");
    }

    private async Task ShowFamilyAsync(string folder)
    {
        using var maya = await browsing.ClientAsync("maya");
        await ShowAsync(folder, "parent", ("family", "/family"), ("family-record", $"/record/{maya.PersonId}"), ("family-consents", $"/consents/{maya.PersonId}"));
    }

    private async Task ShowListAsync(string folder, string school)
    {
        var page = await browsing.OpenAsync("w.admin", phone: true);
        await page.GotoAsync($"/office/{school}/lists");
        await page.Locator("textarea[name=Pasted]").FillAsync("name,role,eighteenth birthday\nAda Lovelace,student,2028-12-10\nGrace Hopper,teacher,\nMary Shelley,astronaut,\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look what would happen" }).ClickAsync();
        await page.Locator("#preview").WaitForAsync();
        await SaveAsync(page, folder, "office-list");
    }

    private async Task ShowSharedAsync(string folder)
    {
        using var student = await browsing.ClientAsync("student082");
        var award = (await student.FetchAsync("/api/awards", default))["items"]!.AsArray().First(item => item!["state"]!.GetValue<string>() == "issued")!["id"]!.GetValue<string>();
        var made = await student.PostAsync("/api/shares", new() { ["expiresAt"] = $"{SkillBadges.App.Demo.DemoWork.Day(20)}T00:00:00Z", ["awards"] = new JsonArray(award) }, default);
        await ShowAsync(folder, null, ("shared-badge", new Uri(made["link"]!.GetValue<string>()).AbsolutePath));
    }

    private async Task ShowCollegeAsync(string folder)
    {
        var (student, claim) = await CreditAgreement.ClaimAsync(browsing, "student084");
        await ShowAsync(folder, CreditAgreement.Guardian, ("family-credit", $"/credit/{student}"));
        await ShowAsync(folder, "college", ("college-claims", "/claims"), ("college-claim", $"/claims/{claim}"));
    }

    // A class that was seen at work, always the same way.
    private async Task<string> SeeClassAsync()
    {
        using var teacher = browsing.Visitor();
        await teacher.SignInAsync("ms.rivera", CancellationToken.None);
        var taught = (await teacher.FetchAsync("/api/class-sections", CancellationToken.None))["items"]![0]!;
        var (section, students) = (taught["id"]!.GetValue<string>(), taught["students"]!.AsArray().Select(id => id!.GetValue<string>()).ToList());
        string[] levels = ["proficient", "developing", "proficient", "advanced", "beginning", "proficient", "developing"];
        foreach (var (skill, number) in new[] { "hot-work-safety", "machine-setup", "electrode-care", "fillet-technique" }.Select((skill, number) => (skill, number)))
        {
            var seen = students.Index().Where(student => student.Index % (number + 2) != 1 || number == 0);
            JsonNode[] items = [.. seen.Select(student => new JsonObject { ["id"] = $"tour:{skill}:{student.Index}", ["learner"] = student.Item, ["level"] = levels[(student.Index + (3 * number)) % levels.Length] })];
            await teacher.PostAsync("/api/observations", new() { ["badge"] = "smaw-fillet", ["competency"] = skill, ["classSection"] = section, ["items"] = new JsonArray(items) }, CancellationToken.None);
        }

        return section;
    }

    [GeneratedRegex(@"\(tour/([a-z-]+\.jpg)\)")]
    private static partial Regex Picture();
}
