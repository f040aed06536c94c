namespace SkillBadges.App.Tests.Browser;

/// <summary>A school and a college agree on what a badge counts for, and let it end.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class AgreementTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData("smaw-groove", By.Keyboard)]
    [InlineData("knife-and-station", By.NoScript)]
    public async Task A_school_proposes_what_a_badge_counts_for_the_college_says_yes_and_the_school_lets_it_end(string badge, By by)
    {
        using var registrar = await browsing.ClientAsync("w.registrar");
        var course = $"TOUR 10{(int)by}";
        var hand = await browsing.HandAsync(by, "w.registrar", phone: true);
        await hand.GoAsync($"/office/{await registrar.PlaceAsync()}");
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('College credit')"));
        if (!await hand.Page.Locator("select[name=Other]").IsVisibleAsync())
        {
            await hand.UnfoldAsync("Propose an agreement");
        }

        await hand.PickAsync(hand.Page.Locator("select[name=Other]"), "Lakeside Community College");
        await hand.PickAsync(hand.Page.Locator("select[name=What]"), $"Badge {badge}");
        await hand.WriteAsync(hand.Page.Locator("input[name=Code]"), course);
        await hand.WriteAsync(hand.Page.Locator("input[name=CourseTitle]"), "A course of the tour");
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Conditions]"), "Enroll within two years.");
        await hand.ButtonAsync("Propose it");
        await hand.SeeAsync("Proposed: it holds as soon as the other side says yes.");
        var written = hand.Page.Locator($"section:has-text('{course}')");
        await written.GetByText("waits for the other side").WaitForAsync();
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "agreement-proposed");

        var college = await browsing.HandAsync(by, "college", phone: true);
        await college.NavigateAsync("Credit claims");
        await college.LinkAsync("What counts for college credit");
        await college.UseAsync(college.Page.Locator($"section:has-text('{course}') button:has-text('Say yes to it')"));
        await college.SeeAsync("Agreed: both sides have said yes.");
        await college.Page.Locator($"section:has-text('{course}') .state.open").WaitForAsync();
        await college.NoBarrierAsync();

        await hand.GoAsync(hand.Page.Url);
        await hand.UseAsync(written.Locator("summary"));
        await Browsing.PictureAsync(hand.Page, "agreement-ending");
        await hand.UseAsync(written.Locator("button:has-text('Let it end then')"));
        await hand.SeeAsync("It ends with that day.");
    }
}
