using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A teacher who looks before deciding, keeps words for the next time, and thinks again.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class SecondThoughtsTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task Words_are_kept_and_forgotten_while_what_is_typed_stays_and_a_decision_is_taken_back(By by)
    {
        var hand = await browsing.HandAsync(by, "ms.rivera");
        var words = $"Please label both axes, {by}.";
        await hand.GoAsync("/review?badge=bookkeeping-cycle");
        await hand.UseAsync(hand.Page.Locator("[data-row] a").First);
        await hand.WriteAsync("To the student", words);
        await hand.TickAsync("Keep these words among my saved comments");
        await hand.ButtonAsync("Not yet: send back");
        await hand.SeeAsync("Sent back.");
        await hand.ButtonAsync("Undo");
        await hand.SeeAsync("Taken back. It waits for you again.");

        var level = hand.Page.Locator(".rubric").First.Locator("input").Nth(1);
        await hand.TickAsync(level);
        await hand.WriteAsync("To the student", "Nearly there.");
        await hand.UnfoldAsync("My saved comments");
        await Browsing.PictureAsync(hand.Page, $"saved-comments-{by}");
        await hand.ButtonAsync($"Take out {words}");
        await hand.Page.Locator($"button:has-text('{words}')").First.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        Assert.Equal("Nearly there.", await hand.Page.Locator("#to-student").InputValueAsync());
        Assert.True(await level.IsCheckedAsync());

        // Enter on a mark decides nothing.
        await level.PressAsync("Enter");
        Assert.Equal("Nearly there.", await hand.Page.Locator("#to-student").InputValueAsync());
        await hand.ButtonAsync("Not yet: send back");
        await hand.SeeAsync("Sent back.");
        await CorrectAsync(hand);
    }

    // What turns out to be a mistake later is replaced, with the reason.
    private static async Task CorrectAsync(Hand hand)
    {
        await hand.UnfoldAsync("Correct this decision");
        await hand.NoBarrierAsync();
        await hand.WriteAsync("Why the first decision was a mistake", "The second photo shows both axes.");
        await hand.ButtonAsync("Sign off instead");
        await hand.Page.Locator(".refusal").First.WaitForAsync();
        Assert.Equal("The second photo shows both axes.", await hand.Page.Locator("textarea[name=Reason]").InputValueAsync());
        await hand.TickAsync(hand.Page.Locator(".rubric").First.Locator("input").Nth(2));
        await Browsing.PictureAsync(hand.Page, "correction");
        await hand.ButtonAsync("Sign off instead");
        await hand.SeeAsync("Corrected. The first decision stays beside it in the record.");
        await hand.SeeAsync("Signed off.");
    }

    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task Several_are_looked_at_before_they_are_signed_off_with_one_word_for_all(By by)
    {
        var hand = await browsing.HandAsync(by, "ms.rivera");
        await hand.GoAsync("/review?badge=python-fundamentals");
        await hand.PickAsync("Order", "by name");
        await hand.ButtonAsync("Show");
        await hand.Page.WaitForURLAsync("**sort=name*");
        await hand.UnfoldAsync("Several at once");
        await hand.ButtonAsync("Preview: sign off");
        await hand.SeeAsync("Nothing is marked.");
        await hand.TickAsync(hand.Page.Locator("[data-row] input[type=checkbox]").First);
        await hand.UnfoldAsync("Several at once");
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Comment]"), "Clear and complete.");
        await hand.ButtonAsync("Preview: sign off");
        await hand.HeadingAsync("Preview: 1 would be signed off");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, $"review-preview-{by}");
        await hand.ButtonAsync("Sign these off");
        await hand.SeeAsync("1 signed off");
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_teacher_enters_what_a_supervisor_signed_on_paper(By by)
    {
        using var leo = await browsing.ClientAsync("leo");
        using var supervisor = await browsing.ClientAsync("sam.carter");
        var placement = (await supervisor.FetchAsync("/api/placements", default))["items"]!.AsArray().First(one => one!["learner"]!.GetValue<string>() == leo.PersonId)!["id"];
        var hand = await browsing.HandAsync(by, "ms.rivera", phone: true);
        await hand.GoAsync($"/at-work/{placement}");
        await hand.TakeFileAsync(hand.Page.Locator("input[name=Photo]"), new() { Name = "sheet.png", MimeType = "image/png", Buffer = DemoPicture.Of(30 + (int)by) });
        await hand.WriteAsync("Day of the signature", DemoWork.Day(-1));
        await hand.TickAsync(hand.Page.Locator("fieldset").First.Locator("input").Nth(2));
        await Browsing.PictureAsync(hand.Page, "signed-sheet");
        await hand.ButtonAsync("Enter");
        await hand.SeeAsync("1 recorded");
        await hand.NoBarrierAsync();
    }
}
