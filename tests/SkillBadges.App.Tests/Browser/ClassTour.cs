using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SkillBadges.App.Tests.Faults;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A teacher signs skills off for a class on a phone, looks at the class, and makes groups.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class ClassTour(Browsing browsing, ITestOutputHelper output)
{
    // Assumed, not counted: what one look at a student and one tap take, and what choosing a skill and sending take.
    private const double SecondsARating = 1.8;
    private const double SecondsASheet = 12;
    private const double MostMinutes = 30;

    [BrowserFact]
    public async Task A_teacher_signs_a_class_off_on_a_phone_with_one_tap_a_rating()
    {
        var hand = await browsing.HandAsync(By.Mouse, "ms.rivera", phone: true);
        var page = hand.Page;
        await ComeToSheetAsync(hand, 0);
        var effort = await Effort.WatchAsync(page);
        const int Rated = 20;
        for (var line = 0; line < Rated; line++)
        {
            await page.Locator("[data-line]").Nth(line).Locator(".taps label").Nth(line % 4).ClickAsync();
        }

        var taps = effort.Take().Taps;
        await page.GetByText($"{Rated} marked, kept on this device").WaitForAsync();
        await Browsing.PictureAsync(page, "teacher-sheet-phone");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        var kept = await KeptAsync(page);
        await hand.ButtonAsync("Send");
        await page.GetByText($"{Rated} recorded").WaitForAsync();
        await Browsing.PictureAsync(page, "teacher-sheet-sent-phone");

        var minutes = ((150 * 5 * SecondsARating * taps / Rated) + (5 * SecondsASheet)) / 60;
        Effort.Tell(output, string.Create(CultureInfo.InvariantCulture, $"Sign-off sheet: {taps} taps for {Rated} ratings; 150 students x 5 skills would take {minutes:0.#} minutes at {SecondsARating} s a tap."));
        Assert.Equal(Rated, taps);
        Assert.True(minutes < MostMinutes, $"{minutes} minutes are too many.");
        Assert.Equal("{}", await KeptAsync(page));
        Assert.DoesNotContain("Ava", kept, StringComparison.Ordinal);

        // The answer was lost on the way, and the phone sends all of it again.
        var before = await ObservationsAsync();
        await page.EvaluateAsync("kept => { for (const [name, value] of Object.entries(JSON.parse(kept))) { localStorage.setItem(name, value); } }", kept);
        await page.ReloadAsync();
        await page.GetByText($"{Rated} recorded").WaitForAsync();
        Assert.Equal(before, await ObservationsAsync());
    }

    [LongFact]
    public async Task A_teacher_of_150_students_signs_five_skills_off_each_with_750_taps()
    {
        const int Students = 150;
        const int Skills = 5;
        var section = await GatherAsync(Students);
        var page = await browsing.OpenAsync("ms.rivera", phone: true);
        var effort = await Effort.WatchAsync(page);
        var (rating, others) = (0, 0);
        await page.GotoAsync($"/sheet/{section}?badge=smaw-fillet");
        for (var skill = 0; skill < Skills; skill++)
        {
            if (skill > 0)
            {
                await page.Locator(".trail a").First.ClickAsync();
            }

            await page.Locator(".picks a").Nth(skill).ClickAsync();
            await page.Locator("[data-line]").First.WaitForAsync();
            Assert.Equal(Students, await page.Locator("[data-line]").CountAsync());
            others += effort.Take().Taps;
            for (var line = 0; line < Students; line++)
            {
                await page.Locator("[data-line]").Nth(line).Locator(".taps label").Nth((line + skill) % 4).ClickAsync();
            }

            rating += effort.Take().Taps;
            await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            await page.GetByText($"{Students} recorded").WaitForAsync();
        }

        others += effort.Take().Taps;
        var minutes = ((rating * SecondsARating) + (Skills * SecondsASheet)) / 60;
        Effort.Tell(output, string.Create(CultureInfo.InvariantCulture, $"Sign-off sheet: {Students} students x {Skills} skills took {rating} taps, and {others} to choose skills and send; {minutes:0.#} minutes at {SecondsARating} s a tap and {SecondsASheet} s a sheet, which are assumed."));
        Assert.Equal(Students * Skills, rating);
        Assert.Equal((3 * Skills) - 1, others);
        Assert.True(minutes < MostMinutes, $"{minutes} minutes are too many.");
        using var office = await browsing.ClientAsync("w.admin");
        await office.PostAsync($"/api/class-sections/{section}/end", null, default);
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
        await TakeAsync(line, SkillBadges.App.Demo.DemoPicture.Of(11));
        await Browsing.PictureAsync(page, "teacher-sheet-photo-phone");
        await page.Context.SetOfflineAsync(false);
        await page.ReloadAsync();

        await page.GetByText("1 recorded").WaitForAsync();
        Assert.Single((await LatestAsync(1))[0]!["photos"]!.AsArray());
    }

    [BrowserFact]
    public async Task A_photo_that_is_refused_keeps_no_rating_back_and_a_second_tap_keeps_the_photo()
    {
        var page = await browsing.OpenAsync("ms.rivera", phone: true);
        await OpenSheetAsync(page, 2);
        var (first, second) = (page.Locator("[data-line]").Nth(5), page.Locator("[data-line]").Nth(6));
        await first.Locator(".taps label").Nth(2).ClickAsync();
        await TakeAsync(first, "Not a picture"u8.ToArray());
        await second.Locator(".taps label").Nth(1).ClickAsync();
        await TakeAsync(second, SkillBadges.App.Demo.DemoPicture.Of(12));
        await second.Locator(".taps label").Nth(2).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await page.GetByText("2 recorded").WaitForAsync();
        Assert.Equal(2, await page.Locator("[data-state=sent]").CountAsync());
        Assert.Contains("The photo did not go along:", await first.Locator("[data-told]").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal([0, 1], (await LatestAsync(2)).Select(seen => seen!["photos"]!.AsArray().Count).Order());
    }

    [BrowserFact]
    public async Task What_waited_for_signal_is_dated_line_by_line_and_who_left_the_class_meanwhile_is_told()
    {
        var page = await browsing.OpenAsync("ms.rivera", phone: true);
        await OpenSheetAsync(page, 3);
        await page.Context.SetOfflineAsync(true);
        await page.Locator("[data-line]").Nth(7).Locator(".taps label").Nth(2).ClickAsync();
        await page.Locator("[data-line]").Nth(8).Locator(".taps label").Nth(1).ClickAsync();
        await page.EvaluateAsync("""
            () => {
              const [name, text] = Object.entries(localStorage).find(([key]) => key.startsWith("sheet/"));
              const kept = JSON.parse(text);
              const [first] = Object.values(kept);
              first.at -= 2 * 3600 * 1000;
              kept["019aa0d2c7f07f1c8b0e1f6d5c2b7a91"] = { ...first, id: "somebody-who-left" };
              localStorage.setItem(name, JSON.stringify(kept));
            }
            """);
        await page.Context.SetOfflineAsync(false);
        await page.ReloadAsync();

        await page.GetByText("2 recorded").WaitForAsync();
        await page.GetByText("1 kept on this device not recorded").WaitForAsync();
        var days = (await LatestAsync(2)).Select(seen => seen!["recordedAt"]!.GetValue<DateTimeOffset>() - seen["observedAt"]!.GetValue<DateTimeOffset>()).Order().ToList();
        Assert.Equal([0, 2], days.Select(late => (int)Math.Round(late.TotalHours)));
    }

    [BrowserFact]
    public async Task With_the_keyboard_a_figure_rates_and_goes_on()
    {
        var hand = await browsing.HandAsync(By.Keyboard, "ms.rivera");
        var page = hand.Page;
        await ComeToSheetAsync(hand, 2);
        var effort = await Effort.WatchAsync(page);
        await hand.FocusAsync(page.Locator("[data-line] input").First);
        var before = effort.Take().Keys;
        foreach (var key in (string[])["3", "2", "4"])
        {
            await page.Keyboard.PressAsync(key);
        }

        await hand.SeeAsync("3 marked");
        var keys = effort.Take().Keys;
        Effort.Tell(output, $"Sign-off sheet by keys: {keys} keys for 3 ratings, after {before} from the top of the page to the first line.");
        Assert.Equal(3, keys);
        await hand.PickAsync("Everyone else", "Proficient");
        await hand.ButtonAsync("Send");
        await hand.SeeAsync($"{await page.Locator("[data-line]").CountAsync()} recorded");
        Assert.StartsWith("Developing", await page.Locator("[data-now]").Nth(1).TextContentAsync(), StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task Line_by_line_and_with_one_level_for_everyone_else_the_sheet_is_sent(By by)
    {
        var hand = await browsing.HandAsync(by, "ms.rivera", phone: true);
        var page = hand.Page;
        await ComeToSheetAsync(hand, 3);
        await hand.TickAsync(page.Locator("[data-line]").First.Locator(".taps input").Nth(1));
        await hand.PickAsync("Everyone else", "proficient");
        await hand.ButtonAsync("Send");
        await hand.SeeAsync($"{await page.Locator("[data-line]").CountAsync()} recorded");

        Assert.StartsWith("Developing", await page.Locator("[data-now]").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Proficient", await page.Locator("[data-now]").Nth(1).TextContentAsync(), StringComparison.Ordinal);

        // A wrong tap is put right from its line.
        await hand.UseAsync(page.Locator("[data-line]").First.Locator("[data-seen]"));
        await hand.UnfoldAsync("This was a mistake");
        await hand.NoBarrierAsync();
        await hand.TickAsync(page.Locator(".rubric input").Nth(2));
        await hand.WriteAsync("Why it was a mistake", "I took one student for the other.");
        await hand.ButtonAsync("Put this in its place");
        await hand.SeeAsync("Corrected. The first decision stays beside it in the record.");
        await hand.SeeAsync("Proficient");
    }

    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_teacher_looks_over_the_class_and_opens_a_student(By by)
    {
        var hand = await browsing.HandAsync(by, "ms.rivera");
        var page = hand.Page;
        await ComeToSheetAsync(hand, 4);
        await hand.TickAsync(page.Locator("[data-line]").First.Locator(".taps input").Nth(3));
        await hand.ButtonAsync("Send");
        await hand.SeeAsync("1 recorded");
        await hand.UseAsync(page.Locator(".trail a:last-child"));
        var cell = page.Locator(".heat tbody tr").First.Locator("td").Nth(4);
        if (by == By.Keyboard)
        {
            await hand.FocusAsync(page.Locator(".heat td[tabindex='0']"));
            foreach (var key in (string[])["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"])
            {
                await page.Keyboard.PressAsync(key);
            }
        }
        else if (by == By.Mouse)
        {
            await cell.ClickAsync();
        }

        Assert.Contains("4 Advanced", await (by == By.NoScript ? cell : page.Locator("[data-heat-says]")).TextContentAsync(), StringComparison.Ordinal);
        await Browsing.PictureAsync(page, "teacher-class");
        await (by == By.Keyboard ? page.Keyboard.PressAsync("Enter") : hand.UseAsync(page.Locator(".heat tbody th a").First));
        await hand.HeadingAsync("Westfield High School");
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_teacher_makes_groups_and_keeps_them(By by)
    {
        var hand = await browsing.HandAsync(by, "ms.rivera");
        var page = hand.Page;
        await OpenSheetAsync(page, 0);
        var students = await page.Locator("[data-line]").CountAsync();
        await hand.UseAsync(page.Locator(".trail a:last-child"));
        await hand.LinkAsync("Groups");
        await hand.TickAsync("Same gap");
        await hand.ButtonAsync("Make groups");
        await Browsing.PictureAsync(page, "teacher-groups");
        var members = await page.Locator(".groups li li").CountAsync();
        await hand.WriteAsync("Name of these groups", $"Tuesday <lab> {by}");
        await hand.ButtonAsync("Keep these groups");

        await hand.HeadingAsync($"Tuesday <lab> {by}");
        Assert.Equal(students, members);
        Assert.Equal(members, await page.Locator(".groups li li").CountAsync());
    }

    private static async Task ComeToSheetAsync(Hand hand, int skill)
    {
        await hand.GoAsync("/");
        await hand.NavigateAsync("My classes");
        await hand.LinkAsync("Sign-off sheet");
        await hand.PickAsync("Badge", "smaw-fillet");
        await hand.ButtonAsync("Show its skills");
        await hand.UseAsync(hand.Page.Locator(".picks a").Nth(skill));
        await hand.Page.Locator("[data-line]").First.WaitForAsync();
    }

    private static async Task OpenSheetAsync(IPage page, int skill)
    {
        await page.GotoAsync("/classes");
        var sheet = await page.Locator("main .button.primary").First.GetAttributeAsync("href");
        await page.GotoAsync($"{sheet}?badge=smaw-fillet");
        await page.Locator(".picks a").Nth(skill).ClickAsync();
        await page.Locator("[data-line]").First.WaitForAsync();
    }

    /// <returns>A class of as many new students.</returns>
    private async Task<string> GatherAsync(int students)
    {
        using var office = await browsing.ClientAsync("w.admin");
        using var teacher = await browsing.ClientAsync("ms.rivera");
        var school = await teacher.PlaceAsync();
        var section = (await office.PostAsync("/api/class-sections", new() { ["organizationId"] = school, ["name"] = "Everybody" }, default))["id"]!.GetValue<string>();
        await office.PostAsync($"/api/class-sections/{section}/teachers", new() { ["personId"] = teacher.PersonId }, default);
        for (var student = 0; student < students; student++)
        {
            var person = await office.PostAsync("/api/people", new() { ["displayName"] = $"Student {student + 1:000} of many", ["organizationId"] = school, ["role"] = "student", ["rightsPassOn"] = SkillBadges.App.Demo.DemoWork.Day(700) }, default);
            await office.PostAsync($"/api/class-sections/{section}/students", new() { ["personId"] = person["id"]!.DeepClone() }, default);
        }

        return section;
    }

    private static async Task TakeAsync(ILocator line, byte[] photo)
    {
        await line.Locator(".photo input").SetInputFilesAsync(new FilePayload { Name = "weld.png", MimeType = "image/png", Buffer = photo });
        await line.Locator(".photo[data-taken]").WaitForAsync();
    }

    private async Task<JsonArray> LatestAsync(int count)
    {
        using var teacher = await browsing.ClientAsync("ms.rivera");
        return (await teacher.FetchAsync($"/api/observations?limit={count}", CancellationToken.None))["items"]!.AsArray();
    }

    private static Task<string> KeptAsync(IPage page) => page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage })");

    private async Task<int> ObservationsAsync()
    {
        using var teacher = browsing.Visitor();
        await teacher.SignInAsync("ms.rivera", CancellationToken.None);
        return (await teacher.FetchAsync("/api/observations?limit=200", CancellationToken.None))["items"]!.AsArray().Count;
    }
}
