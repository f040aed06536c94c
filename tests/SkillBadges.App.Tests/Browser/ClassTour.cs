using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A teacher signs skills off for a class on a phone, looks at the class, and makes groups.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class ClassTour(Browsing browsing, ITestOutputHelper output)
{
    // What one look at a student and one tap take, and what choosing a skill and sending take.
    private const double SecondsARating = 1.8;
    private const double SecondsASheet = 12;

    [BrowserFact]
    public async Task A_teacher_signs_a_class_off_on_a_phone_with_one_tap_a_rating()
    {
        var page = await browsing.OpenAsync("ms.rivera", phone: true);
        await page.ClickAsync("header >> text=My classes");
        await Browsing.PictureAsync(page, "teacher-classes-phone");
        await page.ClickAsync("main .button.primary");
        await page.GetByLabel("Badge").SelectOptionAsync("smaw-fillet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show its skills" }).ClickAsync();
        await Browsing.PictureAsync(page, "teacher-sheet-skills-phone");
        await page.Locator(".picks a").First.ClickAsync();
        await page.EvaluateAsync("() => { window.taps = 0; addEventListener('pointerdown', () => window.taps++, true); }");
        const int Rated = 20;
        for (var line = 0; line < Rated; line++)
        {
            await page.Locator("[data-line]").Nth(line).Locator(".taps label").Nth(line % 4).ClickAsync();
        }

        var taps = await page.EvaluateAsync<int>("() => window.taps");
        await page.GetByText($"{Rated} marked, kept on this device").WaitForAsync();
        await Browsing.PictureAsync(page, "teacher-sheet-phone");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        var kept = await KeptAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByText($"{Rated} recorded").WaitForAsync();
        await Browsing.PictureAsync(page, "teacher-sheet-sent-phone");

        var minutes = ((150 * 5 * SecondsARating * taps / Rated) + (5 * SecondsASheet)) / 60;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sign-off sheet: {(double)taps / Rated:0.##} taps a rating; 150 students x 5 skills in {minutes:0.#} minutes at {SecondsARating} s a rating."));
        Assert.Equal(Rated, taps);
        Assert.True(minutes < 30, $"{minutes} minutes are too many.");
        Assert.Equal("{}", await KeptAsync(page));
        Assert.DoesNotContain("Ava", kept, StringComparison.Ordinal);

        // The answer was lost on the way, and the phone sends all of it again.
        var before = await ObservationsAsync();
        await page.EvaluateAsync("kept => { for (const [name, value] of Object.entries(JSON.parse(kept))) { localStorage.setItem(name, value); } }", kept);
        await page.ReloadAsync();
        await page.GetByText($"{Rated} recorded").WaitForAsync();
        Assert.Equal(before, await ObservationsAsync());
    }

    [BrowserFact]
    public async Task Without_signal_the_page_goes_on_and_sends_what_it_kept_when_there_is_signal()
    {
        var page = await browsing.OpenAsync("ms.rivera", phone: true);
        await OpenSheetAsync(page, 1);
        await page.Context.SetOfflineAsync(true);
        for (var line = 0; line < 3; line++)
        {
            await page.Locator("[data-line]").Nth(line).Locator(".taps label").Nth(2).ClickAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByText("No signal: 3 kept on this device").WaitForAsync();
        await Browsing.PictureAsync(page, "teacher-sheet-offline-phone");
        await page.Context.SetOfflineAsync(false);

        await page.GetByText("3 recorded").WaitForAsync();
        Assert.Equal(3, await page.Locator("[data-state=sent]").CountAsync());
    }

    [BrowserFact]
    public async Task A_photo_goes_with_its_rating_also_after_the_page_was_closed_without_signal()
    {
        var page = await browsing.OpenAsync("ms.rivera", phone: true);
        await OpenSheetAsync(page, 4);
        await page.Context.SetOfflineAsync(true);
        var line = page.Locator("[data-line]").Nth(3);
        await line.Locator(".taps label").Nth(2).ClickAsync();
        await line.Locator(".photo input").SetInputFilesAsync(new FilePayload { Name = "weld.png", MimeType = "image/png", Buffer = SkillBadges.App.Demo.DemoPicture.Of(11) });
        await line.Locator(".photo[data-taken]").WaitForAsync();
        await Browsing.PictureAsync(page, "teacher-sheet-photo-phone");
        await page.Context.SetOfflineAsync(false);
        await page.ReloadAsync();

        await page.GetByText("1 recorded").WaitForAsync();
        using var teacher = browsing.Visitor();
        await teacher.SignInAsync("ms.rivera", CancellationToken.None);
        var latest = (await teacher.FetchAsync("/api/observations?limit=1", CancellationToken.None))["items"]![0]!;
        Assert.Single(latest["photos"]!.AsArray());
    }

    [BrowserFact]
    public async Task With_the_keyboard_a_figure_rates_and_goes_on()
    {
        var page = await browsing.OpenAsync("ms.rivera");
        await OpenSheetAsync(page, 2);
        await page.Locator("[data-line] input").First.FocusAsync();
        foreach (var key in (string[])["3", "2", "4"])
        {
            await page.Keyboard.PressAsync(key);
        }

        await page.GetByText("3 marked").WaitForAsync();
        await page.GetByLabel("Everyone else").FocusAsync();
        await page.Keyboard.TypeAsync("Proficient");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText($"{await page.Locator("[data-line]").CountAsync()} recorded").WaitForAsync();
        Assert.StartsWith("Developing", await page.Locator("[data-now]").Nth(1).TextContentAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Without_scripts_the_sheet_is_a_form()
    {
        var page = await browsing.OpenAsync("ms.rivera", phone: true, script: false);
        await OpenSheetAsync(page, 3);
        await page.Locator("[data-line]").First.Locator(".taps label").Nth(1).ClickAsync();
        await page.GetByLabel("Everyone else").SelectOptionAsync("proficient");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByText($"{await page.Locator("[data-line]").CountAsync()} recorded").WaitForAsync();

        Assert.StartsWith("Developing", await page.Locator("[data-now]").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Proficient", await page.Locator("[data-now]").Nth(1).TextContentAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_teacher_walks_over_the_class_with_arrow_keys_and_opens_a_student()
    {
        var page = await browsing.OpenAsync("ms.rivera");
        await OpenSheetAsync(page, 4);
        await page.Locator("[data-line] input").First.FocusAsync();
        await page.Keyboard.PressAsync("4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByText("1 recorded").WaitForAsync();
        await page.ClickAsync(".trail a:last-child");
        await page.Locator(".heat td[tabindex='0']").FocusAsync();
        foreach (var key in (string[])["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"])
        {
            await page.Keyboard.PressAsync(key);
        }

        Assert.Contains("4 Advanced", await page.Locator("[data-heat-says]").TextContentAsync(), StringComparison.Ordinal);
        await Browsing.PictureAsync(page, "teacher-class");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Westfield High School" }).WaitForAsync();
        await Browsing.PictureAsync(page, "teacher-student");
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_teacher_makes_groups_and_keeps_them(bool script)
    {
        var page = await browsing.OpenAsync("ms.rivera", script: script);
        await OpenSheetAsync(page, 0);
        var students = await page.Locator("[data-line]").CountAsync();
        await page.ClickAsync(".trail a:last-child");
        await page.GetByRole(AriaRole.Link, new() { Name = "Groups" }).ClickAsync();
        await page.GetByText("Same gap", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make groups" }).ClickAsync();
        await Browsing.PictureAsync(page, "teacher-groups");
        var members = await page.Locator(".groups li li").CountAsync();
        await page.GetByLabel("Name of these groups").FillAsync("Tuesday <lab>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep these groups" }).ClickAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = "Tuesday <lab>" }).WaitForAsync();
        Assert.Equal(students, members);
        Assert.Equal(members, await page.Locator(".groups li li").CountAsync());
        if (script)
        {
            Assert.Empty(await Browsing.BarriersAsync(page));
        }
    }

    [BrowserFact]
    public async Task No_barrier_is_on_the_pages_of_a_class_in_either_theme_or_language()
    {
        var barriers = new List<string>();
        foreach (var (dark, language) in new[] { (false, "en-US"), (true, "es-ES") })
        {
            var page = await browsing.OpenAsync("ms.rivera", dark: dark, language: language, phone: dark);
            await OpenSheetAsync(page, 0);
            barriers.AddRange(await Browsing.BarriersAsync(page));
            var sheet = new Uri(page.Url);
            await page.ClickAsync(".trail a:last-child");
            var section = new Uri(page.Url).AbsolutePath;
            await page.ClickAsync(".heat tbody th a");
            var student = new Uri(page.Url).AbsolutePath;
            foreach (var path in (string[])["/classes", section, $"{section}/groups", student, sheet.AbsolutePath, $"{sheet.AbsolutePath}?badge=smaw-fillet"])
            {
                await page.GotoAsync(path);
                barriers.AddRange(await Browsing.BarriersAsync(page));
                Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
                await Browsing.PictureAsync(page, $"class{path.Split('?')[0].Replace(section, "", StringComparison.Ordinal).Replace('/', '-')}-{language}");
            }
        }

        Assert.True(barriers.Count == 0, string.Join("\n", barriers));
    }

    private static async Task OpenSheetAsync(IPage page, int skill)
    {
        await page.GotoAsync("/classes");
        var sheet = await page.Locator("main .button.primary").First.GetAttributeAsync("href");
        await page.GotoAsync($"{sheet}?badge=smaw-fillet");
        await page.Locator(".picks a").Nth(skill).ClickAsync();
        await page.Locator("[data-line]").First.WaitForAsync();
    }

    private static Task<string> KeptAsync(IPage page) => page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage })");

    private async Task<int> ObservationsAsync()
    {
        using var teacher = browsing.Visitor();
        await teacher.SignInAsync("ms.rivera", CancellationToken.None);
        return (await teacher.FetchAsync("/api/observations?limit=200", CancellationToken.None))["items"]!.AsArray().Count;
    }
}
