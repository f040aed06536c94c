using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A student whose work is not yet right: proof that is taken out again, a teacher who is asked to come, work that came back.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class HelpTour(Browsing browsing)
{
    private const int MostLooks = 200;
    private const string Badge = "graphic-design";

    [BrowserTheory]
    [InlineData("student063", By.Mouse)]
    [InlineData("student064", By.Keyboard)]
    [InlineData("student065", By.NoScript)]
    public async Task A_student_adds_a_certificate_takes_it_out_and_asks_a_teacher_who_answers(string student, By by)
    {
        using var learner = await browsing.ClientAsync(student);
        var work = await DemoWork.PrepareAsync(learner, await learner.PlaceAsync(), Badge, default);
        var hand = await browsing.HandAsync(by, student, phone: true);
        await hand.GoAsync($"/work/{work}");
        var skill = hand.Page.Locator("section.skill[id^=skill-]").First;
        await hand.UseAsync(skill.Locator("summary:has-text('Add proof')"));
        var form = skill.Locator("form:has(input[name=Issuer])");
        foreach (var (field, words) in new[] { ("Title", "Machine safety card"), ("Issuer", "Authorized trainer"), ("Number", "77-1"), ("GoodUntil", DemoWork.Day(400)) })
        {
            await hand.WriteAsync(form.Locator($"input[name={field}]"), words);
        }

        await hand.UseAsync(form.Locator("button"));
        await skill.GetByText("Added.").WaitForAsync();
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, $"work-certificate-{by}");
        await hand.ButtonAsync("Take out Machine safety card");
        await skill.GetByText("Taken out.").WaitForAsync();
        await hand.WriteAsync("Where and what", $"Set up at machine 3, {by}");
        await hand.ButtonAsync("Ask a teacher to come and look");
        await hand.SeeAsync("Your teachers were told.");

        await AnswerAsync(by, await learner.NameAsync(), $"Set up at machine 3, {by}");
        await hand.GoAsync($"/work/{work}");
        await hand.SeeAsync("At ten, after the break.");
    }

    [BrowserTheory]
    [InlineData("student066", By.Mouse)]
    [InlineData("student067", By.Keyboard)]
    [InlineData("student068", By.NoScript)]
    public async Task A_student_reads_that_work_came_back_plans_what_to_do_and_marks_the_notice_as_seen(string student, By by)
    {
        using var learner = await browsing.ClientAsync(student);
        using var teacher = await browsing.ClientAsync("ms.rivera");
        var work = await DemoWork.TurnInAsync(learner, await learner.PlaceAsync(), Badge, default);
        await teacher.PostAsync($"/api/submissions/{work}/decisions", new() { ["attempt"] = 1, ["outcome"] = "returned", ["comment"] = "Show the second part as well." }, default);
        await ToldAsync(learner);
        var hand = await browsing.HandAsync(by, student, phone: true);
        await hand.GoAsync("/notices");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, $"notices-{by}");
        await hand.LinkAsync("Turned-in work came back with a note on what is missing.");
        await hand.Page.WaitForURLAsync($"**/work/{work}");
        await hand.SeeAsync("Show the second part as well.");
        await hand.WriteAsync(hand.Page.Locator("textarea[name^=Actions]").First, "Measure both faces and photograph the second.");
        await hand.ButtonAsync("Save my plan");
        await hand.SeeAsync("Saved.");
        await hand.NoBarrierAsync();
        await hand.GoAsync("/notices");
        var seen = hand.Page.Locator("li:has-text('came back with a note')");
        await hand.UseAsync(seen.Locator("button"));
        await hand.SeeAsync("Marked as seen.");
        await seen.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
    }

    // Notices are written a moment later.
    private static async Task ToldAsync(DemoClient learner)
    {
        for (var look = 0; look < MostLooks && !(await learner.FetchAsync("/api/notices", default)).ToJsonString().Contains("workReturned", StringComparison.OrdinalIgnoreCase); look++)
        {
            await Task.Delay(50);
        }
    }

    // Enter in the one field for all who asked answers nobody: each has a button of their own.
    private async Task AnswerAsync(By by, string name, string words)
    {
        var teacher = await browsing.HandAsync(by, "ms.rivera", phone: true);
        await teacher.NavigateAsync("My classes");
        await teacher.LinkAsync("Career studies");
        await teacher.SeeAsync(words);
        await teacher.WriteAsync("Your answer", "At ten, after the break.");
        await teacher.Page.Locator("input[name=Words]").PressAsync("Enter");
        await teacher.SeeAsync(words);
        await teacher.NoBarrierAsync();
        await Browsing.PictureAsync(teacher.Page, $"class-asked-{by}");
        await teacher.ButtonAsync($"Answer {name}");
        await teacher.SeeAsync("Answered.");
    }
}
