using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>What a student says of themselves, and the hours that they write down.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class ProfileTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_mother_proposes_a_line_and_her_daughter_takes_it_in_shows_another_and_writes_hours_down(By by)
    {
        using var maya = await browsing.ClientAsync("maya");
        var mother = await browsing.HandAsync(by, "parent", phone: true);
        await mother.GoAsync($"/record/{maya.PersonId}");
        await mother.LinkAsync("Profile");
        await mother.PickAsync("Part", "Strengths");
        await mother.WriteAsync("Your words", $"Explains patiently, {by}");
        await mother.ButtonAsync("Propose it");
        await mother.SeeAsync($"Waits for the student: Explains patiently, {by}");

        var hand = await browsing.HandAsync(by, "maya", phone: true);
        await hand.NavigateAsync("Student record");
        await hand.LinkAsync("Profile");
        await hand.NoBarrierAsync();
        await hand.ButtonAsync("Take it in");
        await hand.Page.Locator("form.card").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        await hand.WriteAsync(hand.Page.Locator("textarea[name='Texts[3]']"), $"Bicycles, {by}");
        await hand.TickAsync(hand.Page.Locator("input[name=Shown][value='Interests.Family']"));
        await hand.ButtonAsync("Save");
        await hand.SeeAsync("Saved.");
        await Browsing.PictureAsync(hand.Page, $"profile-{by}");
        Assert.Contains($"Explains patiently, {by}", await hand.Page.Locator("textarea[name='Texts[1]']").InputValueAsync(), StringComparison.Ordinal);
        await mother.GoAsync($"/profile/{maya.PersonId}");
        await mother.SeeAsync($"Bicycles, {by}");

        await WriteHoursAsync(hand, $"Bicycle workshop, {by}");
    }

    [BrowserTheory]
    [InlineData("student070", By.Keyboard)]
    [InlineData("student071", By.NoScript)]
    public async Task A_mentor_without_an_account_says_what_they_saw(string student, By by)
    {
        using var learner = await browsing.ClientAsync(student);
        using var teacher = await browsing.ClientAsync("ms.rivera");
        var school = (await learner.FetchAsync("/api/me", default))["memberships"]![0]!["organizationId"]!.GetValue<string>();
        var secret = await SweepScene.AskMentorAsync(learner, teacher, await DemoWork.PrepareAsync(learner, school, "smaw-fillet", default));
        var hand = await browsing.HandAsync(by, phone: true);
        await hand.GoAsync($"/confirmation/{secret}");
        await hand.WriteAsync("How you know the student", "Coach of the welding club");
        await hand.WriteAsync(hand.Page.Locator("input[name=SeenOn]"), DemoWork.Day(-3));
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Words]"), "Set the machine up alone and welded three joints.");
        await hand.ButtonAsync("I saw it");
        await hand.HeadingAsync("Thank you");
        await hand.NoBarrierAsync();
    }

    private static async Task WriteHoursAsync(Hand hand, string place)
    {
        await hand.GoAsync("/record");
        await hand.LinkAsync("My hours");
        await hand.PickAsync(hand.Page.Locator("select[name=Kind]"), "Service");
        await hand.WriteAsync(hand.Page.Locator("input[name=On]"), DemoWork.Day(-2));
        await hand.WriteAsync(hand.Page.Locator("input[name=Hours]"), "2.5");
        await hand.WriteAsync("Where", place);
        await hand.WriteAsync("What did you do?", "Trued two wheels.");
        await hand.WriteAsync("What did you learn by it?", "Small turns, both sides.");
        await hand.ButtonAsync("Write it down");
        var written = hand.Page.Locator($"li:has-text('{place}')");
        await written.GetByText("not confirmed yet").WaitForAsync();
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "hours");
        await hand.UseAsync(written.Locator("button"));
        await written.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
    }
}
