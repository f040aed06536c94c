using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A student turns work in from a phone, and a teacher decides.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class StudentAndTeacherTour(Browsing browsing, ITestOutputHelper output)
{
    private const string Badge = "bookkeeping-cycle";
    private const int MostSteps = 2;

    private static readonly FilePayload Photo = new() { Name = "ledger.png", MimeType = "image/png", Buffer = Demo.DemoPicture.Of(7) };

    [BrowserTheory]
    [InlineData("student076", By.Mouse)]
    [InlineData("student080", By.Keyboard)]
    [InlineData("student077", By.NoScript)]
    public async Task A_student_turns_work_in_from_a_phone_and_it_waits_for_the_teacher(string student, By by)
    {
        var hand = await browsing.HandAsync(by, student, phone: true);
        var page = hand.Page;
        await hand.GoAsync($"/badges/{Badge}");
        await hand.ButtonAsync("Start at Westfield High School");
        await page.WaitForURLAsync("**/work/*");
        var skills = page.Locator("section.skill[id^=skill-]");
        for (var skill = 0; skill < await skills.CountAsync(); skill++)
        {
            await ShowAsync(hand, skills.Nth(skill));
        }

        var first = skills.First;
        await hand.UseAsync(first.Locator("summary:has-text('Add proof')"));
        var file = first.Locator("form:has(input[type=file])");
        await hand.WriteAsync(file.Locator("input[name=title]"), "Photo of my ledger");
        await hand.TakeFileAsync(file.Locator("input[type=file]"), Photo);
        await hand.UseAsync(file.Locator("button"));
        await first.Locator(".proof img").WaitForAsync();
        await hand.TickAsync(first.Locator("input[name=SelfLevel]").Nth(2));
        await hand.WriteAsync(first.Locator("textarea[name=Reflection]"), "Finding the transposed number took me longest.");
        await hand.UseAsync(first.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }));
        await Browsing.PictureAsync(page, $"student-work-{by}");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        await hand.ButtonAsync("Turn it in");

        await hand.SeeAsync("turned in, try 1");
    }

    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_teacher_signs_off_in_the_queue_with_two_steps_a_decision_and_takes_one_back(By by)
    {
        const int Decided = 3;
        var hand = await browsing.HandAsync(by, "ms.rivera");
        var effort = await EffortAsync(hand, by);
        await hand.GoAsync("/review?badge=python-fundamentals");
        await Browsing.PictureAsync(hand.Page, "teacher-queue");
        var rows = hand.Page.Locator("[data-row]");
        var before = await rows.CountAsync();
        for (var decided = 0; decided < Decided; decided++)
        {
            if (by == By.Keyboard)
            {
                await hand.Page.Keyboard.PressAsync("j");
                await hand.Page.Keyboard.PressAsync("a");
            }
            else
            {
                await hand.UseAsync(rows.First.Locator("button"));
            }

            await hand.Page.Locator("#done").WaitForAsync();
            await rows.Nth(before - decided - 1).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        Tell(effort, by, "in the list", Decided);
        await Browsing.PictureAsync(hand.Page, "teacher-signed-off");
        await hand.ButtonAsync("Undo");
        await hand.SeeAsync("Taken back.");
        Assert.Equal(before - Decided + 1, await rows.CountAsync());
        if (by == By.Keyboard)
        {
            // Whoever presses letters without meaning to turns them off.
            await hand.ButtonAsync("Turn these keys off");
            await hand.Page.Keyboard.PressAsync("j");
            Assert.Equal("Turn these keys on", await hand.Page.EvaluateAsync<string>("() => document.activeElement.textContent"));
            await hand.ButtonAsync("Turn these keys on");
            await hand.Page.Keyboard.PressAsync("j");
            Assert.Equal("A", await hand.Page.EvaluateAsync<string>("() => document.activeElement.tagName"));
        }
    }

    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_teacher_looks_at_the_proof_and_signs_off_with_two_steps_a_decision_or_sends_back(By by)
    {
        const int Decided = 2;
        var hand = await browsing.HandAsync(by, "ms.rivera");
        var page = hand.Page;
        await hand.GoAsync("/review?badge=bookkeeping-cycle");
        await hand.UseAsync(page.Locator("[data-row] a").First);
        await page.WaitForURLAsync("**/review/*");
        await page.Locator(".proof img").First.WaitForAsync();
        Assert.True(await page.Locator(".proof img").First.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"), "The photo is not shown.");
        await Browsing.PictureAsync(page, "teacher-work");
        var effort = await EffortAsync(hand, by);
        for (var decided = 0; decided < Decided; decided++)
        {
            await (by == By.Keyboard ? page.Keyboard.PressAsync("a") : hand.ButtonAsync("Sign off"));
            await hand.SeeAsync("Signed off.");
            await (by == By.Keyboard ? page.Keyboard.PressAsync("n") : hand.LinkAsync("Next"));
            await page.Locator("[data-decide]").WaitForAsync();
        }

        Tell(effort, by, "with the proof open", Decided);
        await hand.WriteAsync("To the student", "Please show the second page of the ledger.");
        await hand.ButtonAsync("Not yet: send back");
        await hand.SeeAsync("Sent back.");
    }

    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_teacher_marks_several_and_each_has_an_answer_of_its_own(By by)
    {
        const int Decided = 3;
        var hand = await browsing.HandAsync(by, "ms.rivera");
        await hand.GoAsync("/review?badge=python-fundamentals");
        var effort = by == By.Mouse ? await Effort.WatchAsync(hand.Page) : null;
        for (var row = 0; row < Decided; row++)
        {
            await (by == By.Keyboard ? MarkByKeysAsync(hand.Page) : hand.TickAsync(hand.Page.Locator("[data-row] input[type=checkbox]").Nth(row)));
        }

        await hand.ButtonAsync("Sign off what is marked");
        await hand.SeeAsync("3 signed off");
        Tell(effort, by, "marked in the list", Decided);
        Assert.Equal(Decided, await hand.Page.Locator("section.note li").CountAsync());
    }

    private static async Task MarkByKeysAsync(IPage page)
    {
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
    }

    private static async Task ShowAsync(Hand hand, ILocator skill)
    {
        var words = skill.Locator("form:has(textarea[name=Words])");
        await hand.WriteAsync(words.Locator("input[name=Title]"), "How I did it");
        await hand.WriteAsync(words.Locator("textarea[name=Words]"), "I posted each entry, footed the columns and found the two errors that were planted.");
        await hand.UseAsync(words.Locator("button"));
        await skill.Locator(".proof > li").First.WaitForAsync();
        for (var asked = await skill.Locator("select[name=Option]").Locator("option").CountAsync() - 1; asked > 1 && !await IsReadyAsync(skill); asked--)
        {
            await hand.UseAsync(skill.Locator("summary:has-text('Add proof')"));
            await hand.WriteAsync(words.Locator("input[name=Title]"), $"Way {asked}");
            await hand.PickAsync(words.Locator("select"), (await words.Locator("option").Nth(asked).GetAttributeAsync("value"))!);
            await hand.WriteAsync(words.Locator("textarea[name=Words]"), "What it shows and how it was measured.");
            await hand.UseAsync(words.Locator("button"));
            await hand.Page.WaitForLoadStateAsync();
        }
    }

    private static async Task<bool> IsReadyAsync(ILocator skill) => await skill.Locator("h2 small").InnerTextAsync() == "ready";

    // A browser without scripts counts nothing; its steps are those of the pointer.
    private static async Task<Effort?> EffortAsync(Hand hand, By by) => by == By.NoScript ? null : await Effort.WatchAsync(hand.Page);

    private void Tell(Effort? effort, By by, string where, int decisions)
    {
        if (effort?.Take() is not var (taps, keys))
        {
            return;
        }

        Effort.Tell(output, string.Create(CultureInfo.InvariantCulture, $"Review queue, {where}, {by}: {decisions} decisions with {taps} taps and {keys} keys, {(double)(taps + keys) / decisions:0.##} a decision."));
        Assert.InRange(taps + keys, 1, MostSteps * decisions);
    }
}
