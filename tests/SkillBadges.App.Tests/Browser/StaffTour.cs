using System.Globalization;
using System.Text.Json.Nodes;
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
        await principal.UnfoldAsync("Keep this period as it stands");
        await principal.ButtonAsync("Keep it");
        await principal.SeeAsync("The period is kept.");
        await principal.UseAsync(principal.Page.Locator("main h2 a").First);
        await principal.PickAsync("Compared with", "now");
        await principal.ButtonAsync("Compare");
        await principal.Page.WaitForURLAsync("**with=*");
        await principal.NoBarrierAsync();
    }

    [BrowserTheory]
    [InlineData("student061", By.Keyboard)]
    [InlineData("student062", By.NoScript)]
    public async Task A_counselor_writes_down_what_helps_counts_the_record_of_another_school_and_ends_the_help(string student, By by)
    {
        using var learner = await browsing.ClientAsync(student);
        await EarnElsewhereAsync(learner);
        var hand = await browsing.HandAsync(by, "counselor", phone: true);
        await hand.GoAsync($"/advising/{await learner.PlaceAsync()}/{learner.PersonId}");
        await hand.UnfoldAsync("Write down what helps");
        await hand.WriteAsync(hand.Page.Locator("input[name=HelpWhat]"), "More time");
        await hand.WriteAsync(hand.Page.Locator("input[name=HelpInstead]"), "A talk instead of an essay");
        await hand.ButtonAsync("Write it down");
        await hand.SeeAsync("Saved.");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "what-helps");
        await hand.ButtonAsync("Count the record of other schools");
        await hand.Page.GetByText("entries of other schools").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });

        var teacher = await browsing.HandAsync(by, "ms.rivera", phone: true);
        await teacher.NavigateAsync("My classes");
        await teacher.LinkAsync("Career studies");
        await teacher.GoAsync($"{teacher.Page.Url}/students/{learner.PersonId}");
        await teacher.SeeAsync("A talk instead of an essay");
        await teacher.ButtonAsync("Show the record of other schools");
        await teacher.Page.GetByText("entries of other schools").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        await teacher.NoBarrierAsync();
        await Browsing.PictureAsync(teacher.Page, "student-elsewhere");

        await hand.GoAsync(hand.Page.Url);
        await hand.ButtonAsync("Let it end now More time");
        await hand.SeeAsync("It has ended.");
    }

    [BrowserTheory]
    [InlineData(By.Mouse)]
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
        await state.WriteAsync("Name begins with", "state");
        await state.ButtonAsync("Show");
        await state.Page.WaitForURLAsync("**startsWith=state");
        await state.LinkAsync("State Office of Career Education");
        await state.UseAsync(state.Page.Locator(".tabs a:has-text('Badges awarded')"));
        if (!await state.Page.Locator("select[name=Counted]").IsVisibleAsync())
        {
            await state.UnfoldAsync("Count a school year");
        }

        // The sweep has counted this year; each is counted once.
        var year = DateTime.Parse(DemoWork.Day(0), CultureInfo.InvariantCulture).Year - 3 - (int)by;
        await state.PickAsync(state.Page.Locator("select[name=Counted]"), year.ToString(CultureInfo.InvariantCulture));
        await state.ButtonAsync("Count");
        await state.SeeAsync("Counted on");
    }

    // What the tour does not show: rules for graduation, and a badge that the student earned at another school as well.
    private async Task EarnElsewhereAsync(DemoClient learner)
    {
        using var state = await browsing.ClientAsync("state.admin");
        using var teacher = await browsing.ClientAsync("mr.chen");
        using var registrar = await browsing.ClientAsync("w.registrar");
        using var office = await browsing.ClientAsync("e.registrar");
        var (home, there) = (await learner.PlaceAsync(), await teacher.PlaceAsync());
        await browsing.OnceAsync("rules", () => registrar.PostAsync(
            "/api/graduation-rules",
            new()
            {
                ["organizationId"] = home,
                ["terms"] = new JsonObject { ["name"] = "Career diploma", ["requirements"] = new JsonArray(new JsonObject { ["id"] = "web", ["title"] = "Pages for all", ["kind"] = "badge", ["slug"] = "web-accessibility" }), ["badgeCredits"] = new JsonArray() },
            },
            default));
        await state.PostAsync("/api/memberships", new() { ["personId"] = learner.PersonId, ["organizationId"] = there, ["role"] = "student" }, default);
        var section = (await teacher.FetchAsync("/api/class-sections", default))["items"]![0]!["id"];
        await office.PostAsync($"/api/class-sections/{section}/students", new() { ["personId"] = learner.PersonId }, default);
        var work = await DemoWork.TurnInAsync(learner, there, "web-accessibility", default);
        await teacher.PostAsync($"/api/submissions/{work}/decisions", new() { ["attempt"] = 1, ["outcome"] = "approved" }, default);
    }

    // Whoever keeps the books of several schools begins at one of them.
    private async Task<string> SchoolAsync()
    {
        using var registrar = await browsing.ClientAsync("w.registrar");
        return (await registrar.FetchAsync("/api/me", default))["memberships"]![0]!["organizationId"]!.GetValue<string>();
    }
}
