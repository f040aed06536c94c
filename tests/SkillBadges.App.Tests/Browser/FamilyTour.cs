namespace SkillBadges.App.Tests.Browser;

/// <summary>A mother looks at her daughter's record on a phone, and a student at their own.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class FamilyTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_mother_reads_her_daughters_record_with_each_scale_explained(By by)
    {
        var hand = await browsing.HandAsync(by, "parent", phone: true);
        await hand.NavigateAsync("Student record");
        await hand.LinkAsync("Maya Adams");

        await hand.HeadingAsync("Student record of Maya Adams");
        await hand.HeadingAsync("Who has seen this");
        await Browsing.PictureAsync(hand.Page, "family-record");
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_student_reads_what_was_signed_off_and_notes_a_goal(By by)
    {
        var hand = await browsing.HandAsync(by, "student081");
        await hand.NavigateAsync("Student record");
        await hand.HeadingAsync("My student record");
        await hand.SeeAsync("What the levels mean");
        await Browsing.PictureAsync(hand.Page, "student-record");

        await hand.GoAsync("/notebook");
        await hand.WriteAsync("A new goal", $"Close the books {by}");
        await hand.ButtonAsync("Set this goal");
        await hand.SeeAsync($"Close the books {by}");
        var goal = hand.Page.Locator($"li:has-text('Close the books {by}')").First;
        await hand.UseAsync(goal.Locator("button"));
        await goal.Locator(".state").WaitForAsync();
        await hand.WriteAsync("What did you try, and what came of it?", "Two trial balances.");
        await hand.ButtonAsync("Note it");
        await hand.SeeAsync("Two trial balances.");

        await hand.GoAsync("/record");
        await hand.LinkAsync("Something is not right");
        await hand.SeeAsync("Until 18 the family writes");

        var grown = await browsing.HandAsync(by, "student082");
        await grown.GoAsync("/record");
        await grown.LinkAsync("Something is not right");
        await grown.WriteAsync("What is to stand with it", $"I had used these scales for a week only. {by}");
        await grown.ButtonAsync("Let it stand");
        await grown.SeeAsync($"I had used these scales for a week only. {by}");
        await Browsing.PictureAsync(grown.Page, "statements");
    }
}
