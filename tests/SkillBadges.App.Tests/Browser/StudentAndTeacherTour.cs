using System.Globalization;
using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A student turns work in from a phone, and a teacher decides with the keyboard.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class StudentAndTeacherTour(Browsing browsing)
{
    private static readonly string Photo = PhotoFile();

    [BrowserFact]
    public Task A_student_turns_work_in_from_a_phone_and_it_comes_to_the_teacher() => TurnInAsync("student076", "bookkeeping-cycle", script: true);

    [BrowserFact]
    public Task A_student_turns_work_in_without_scripts() => TurnInAsync("student077", "bookkeeping-cycle", script: false);

    [BrowserFact]
    public async Task A_teacher_signs_off_with_one_key_and_takes_it_back()
    {
        var page = await browsing.OpenAsync("ms.rivera");
        await page.GotoAsync("/review");
        await Browsing.PictureAsync(page, "teacher-queue");
        var before = await page.Locator("[data-row]").CountAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await page.Locator("#done").WaitForAsync();
        await Browsing.PictureAsync(page, "teacher-signed-off");

        Assert.Equal(before - 1, await page.Locator("[data-row]").CountAsync() + (before == 200 ? -1 : 0));
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.GetByText("Taken back.").WaitForAsync();
        Assert.Equal(before, await page.Locator("[data-row]").CountAsync());
    }

    [BrowserFact]
    public async Task A_teacher_looks_at_the_proof_and_signs_off_or_sends_back_with_two_keys()
    {
        var page = await browsing.OpenAsync("ms.rivera");
        await page.GotoAsync("/review");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review/*");
        await page.Locator(".proof img").First.WaitForAsync();
        Assert.True(await page.Locator(".proof img").First.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"), "The photo is not shown.");
        await Browsing.PictureAsync(page, "teacher-work");
        await page.Keyboard.PressAsync("a");
        await page.GetByText("Signed off.").WaitForAsync();
        await page.Keyboard.PressAsync("n");
        await page.Locator("[data-decide]").WaitForAsync();
        await page.FillAsync("textarea[name=Comment]", "Please show the second page of the ledger.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Not yet: send back" }).ClickAsync();
        await page.GetByText("Sent back.").WaitForAsync();
    }

    [BrowserFact]
    public async Task A_teacher_marks_several_and_each_has_an_answer_of_its_own()
    {
        var page = await browsing.OpenAsync("ms.rivera", script: false);
        await page.GotoAsync("/review?badge=python-fundamentals");
        for (var row = 0; row < 3; row++)
        {
            await page.Locator("[data-row] input[type=checkbox]").Nth(row).CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign off what is marked" }).ClickAsync();

        await page.GetByText("3 signed off").WaitForAsync();
        Assert.Equal(3, await page.Locator("section.note li").CountAsync());
    }

    [BrowserFact]
    public async Task No_barrier_is_on_the_pages_of_students_and_teachers_in_either_theme_or_language()
    {
        var barriers = new List<string>();
        foreach (var (login, paths) in new[] { ("maya", new[] { "/", "/work", "/record", "/my-badges", "/badges/smaw-fillet", "/notices", "/account" }), ("ms.rivera", ["/", "/review", "/my-badges"]) })
        {
            foreach (var (dark, language) in new[] { (false, "en-US"), (true, "es-ES") })
            {
                var page = await browsing.OpenAsync(login, dark: dark, language: language);
                foreach (var path in paths)
                {
                    await page.GotoAsync(path);
                    Assert.Equal(language[..2], await page.Locator("html").GetAttributeAsync("lang"));
                    barriers.AddRange(await Browsing.BarriersAsync(page));
                    await Browsing.PictureAsync(page, string.Create(CultureInfo.InvariantCulture, $"{login}{path.Replace('/', '-')}-{language}"));
                }

                var first = page.Locator("main .cards a[href^='/work/'], main .queue a").First;
                if (await first.CountAsync() > 0)
                {
                    await first.ClickAsync();
                    barriers.AddRange(await Browsing.BarriersAsync(page));
                }
            }
        }

        Assert.True(barriers.Count == 0, string.Join("\n", barriers));
    }

    private async Task TurnInAsync(string student, string badge, bool script)
    {
        var page = await browsing.OpenAsync(student, phone: true, script: script);
        await page.GotoAsync($"/badges/{badge}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start at Westfield High School" }).ClickAsync();
        await page.WaitForURLAsync("**/work/*");
        var skills = page.Locator("section.skill[id^=skill-]");
        for (var skill = 0; skill < await skills.CountAsync(); skill++)
        {
            var one = skills.Nth(skill);
            var words = one.Locator("form:has(textarea[name=Words])");
            await words.Locator("input[name=Title]").FillAsync("How I did it");
            await words.Locator("textarea[name=Words]").FillAsync("I posted each entry, footed the columns and found the two errors that were planted.");
            await words.Locator("button").ClickAsync();
            await one.Locator(".proof > li").First.WaitForAsync();
            for (var asked = await one.Locator("select[name=Option]").Locator("option").CountAsync() - 1; asked > 1 && !await IsReadyAsync(one); asked--)
            {
                await one.GetByText("Add proof").ClickAsync();
                await words.Locator("input[name=Title]").FillAsync($"Way {asked}");
                await words.Locator("textarea[name=Words]").FillAsync("What it shows and how it was measured.");
                await words.Locator("select").SelectOptionAsync(new SelectOptionValue { Index = asked });
                await words.Locator("button").ClickAsync();
                await page.WaitForLoadStateAsync();
            }
        }

        var first = skills.First;
        await first.GetByText("Add proof").ClickAsync();
        var file = first.Locator("form:has(input[type=file])");
        await file.Locator("input[name=title]").FillAsync("Photo of my ledger");
        await file.Locator("input[type=file]").SetInputFilesAsync(Photo);
        await file.Locator("button").ClickAsync();
        await first.Locator(".proof img").WaitForAsync();
        await first.Locator("input[name=SelfLevel]").Nth(2).CheckAsync();
        await first.Locator("textarea[name=Reflection]").FillAsync("Finding the transposed number took me longest.");
        await first.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Browsing.PictureAsync(page, $"student-work-{(script ? "script" : "plain")}");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it in" }).ClickAsync();

        await page.GetByText("turned in, try 1").WaitForAsync();
    }

    private static async Task<bool> IsReadyAsync(ILocator skill) => await skill.Locator("h2 small").InnerTextAsync() == "ready";

    private static string PhotoFile()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("skillbadges-photo-").FullName, "ledger.png");
        File.WriteAllBytes(path, SkillBadges.App.Demo.DemoPicture.Of(7));
        return path;
    }
}
