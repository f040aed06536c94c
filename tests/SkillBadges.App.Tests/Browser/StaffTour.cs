using System.Globalization;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Those who keep a school going besides its teachers: counselors, principals, registrars, and the state office.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class StaffTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData("Leo Marsh", By.Keyboard)]
    [InlineData("Maya Adams", By.NoScript)]
    public async Task A_counselor_talks_a_plan_over_and_a_principal_opens_a_period(string student, By by)
    {
        var hand = await browsing.HandAsync(by, "counselor");
        await hand.NavigateAsync("Plans and graduation");
        await hand.LinkAsync(student);
        await hand.UnfoldAsync("Begin a plan");
        await hand.WriteAsync("For which period", "Term 1");
        await hand.ButtonAsync("Begin a plan");
        await hand.Page.WaitForURLAsync("**/plans/*");
        await hand.UnfoldAsync("Write in the plan");
        await hand.WriteAsync("Where to", "Retail");
        await hand.WriteAsync("One more goal", "Run the till alone");
        await hand.ButtonAsync("Save");
        await hand.SeeAsync("Saved.");
        await hand.UnfoldAsync("Keep a review of today");
        await hand.ButtonAsync("Keep it as it stands");
        await hand.ButtonAsync("Sign this review");
        await hand.SeeAsync("You have signed this review.");
        await Browsing.PictureAsync(hand.Page, "counselor-plan");
        await hand.GoAsync("/advising?show=unsigned");
        await hand.SeeAsync("waits for the student or the family");
        await Browsing.PictureAsync(hand.Page, "counselor-unsigned");

        var principal = await browsing.HandAsync(by, "w.admin");
        await principal.NavigateAsync("Grading periods");
        await principal.UnfoldAsync("Open a period");
        await principal.WriteAsync("Name", $"Weeks 1 to 3 {by}");
        await principal.WriteAsync("First day", "2026-10-01");
        await principal.WriteAsync("Last day", "2026-12-31");
        await principal.ButtonAsync("Open it");
        await principal.HeadingAsync($"Weeks 1 to 3 {by}");
        await Browsing.PictureAsync(principal.Page, "principal-cycle");
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_registrar_enters_a_request_finds_the_student_and_answers_and_the_state_counts_a_year(By by)
    {
        var hand = await browsing.HandAsync(by, "w.registrar");
        await hand.GoAsync($"/office/{await SchoolAsync()}");
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('Record requests')"));
        await hand.UnfoldAsync("Enter a request that came by letter");
        await hand.WriteAsync("School that asks", $"Far High School {by}");
        await hand.WriteAsync("Which student", $"Nia Flores, grade 10 {by}");
        await hand.ButtonAsync("Enter it");
        await hand.HeadingAsync($"Nia Flores, grade 10 {by}");
        await hand.WriteAsync("Find the student by name", "Nia");
        await hand.ButtonAsync("Search");
        await hand.TickAsync(hand.Page.Locator("input[name=Learner]").First);
        await hand.UnfoldAsync("Refuse the request");
        await hand.WriteAsync("Why not", "Please ask the school where she is now.");
        await hand.ButtonAsync("Refuse the request");
        await hand.SeeAsync("Please ask the school where she is now.");
        await Browsing.PictureAsync(hand.Page, "registrar-request");

        var state = await browsing.HandAsync(by, "state.admin");
        await state.NavigateAsync("Office");
        await state.LinkAsync("State Office of Career Education");
        await state.UseAsync(state.Page.Locator(".tabs a:has-text('Badges awarded')"));
        if (!await state.Page.Locator("select[name=Counted]").IsVisibleAsync())
        {
            await state.UnfoldAsync("Count a school year");
        }

        // The sweep has counted this year; each is counted once.
        var year = DateTime.Parse(DemoWork.Day(0), CultureInfo.InvariantCulture).Year - (by == By.Keyboard ? 3 : 4);
        await state.PickAsync(state.Page.Locator("select[name=Counted]"), year.ToString(CultureInfo.InvariantCulture));
        await state.ButtonAsync("Count");
        await state.SeeAsync("Counted on");
    }

    // Whoever keeps the books of several schools begins at one of them.
    private async Task<string> SchoolAsync()
    {
        using var registrar = await browsing.ClientAsync("w.registrar");
        return (await registrar.FetchAsync("/api/me", default))["memberships"]![0]!["organizationId"]!.GetValue<string>();
    }
}
