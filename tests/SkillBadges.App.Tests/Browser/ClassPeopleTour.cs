using SkillBadges.App.Demo;
using SkillBadges.App.SignIn;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Who is in a class, how they come into it, and a room to try things out in.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class ClassPeopleTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData("student096", "student097", By.Keyboard)]
    [InlineData("student098", "student099", By.NoScript)]
    public async Task A_teacher_takes_students_out_of_the_class_and_they_come_back_by_a_code_and_by_a_list(string first, string second, By by)
    {
        using var one = await browsing.ClientAsync(first);
        using var other = await browsing.ClientAsync(second);
        var (name, late) = (await one.NameAsync(), await other.NameAsync());
        var hand = await browsing.HandAsync(by, "mr.lund", phone: true);
        await hand.NavigateAsync("My classes");
        await hand.LinkAsync("Career studies");
        await hand.LinkAsync("Who is in it");
        foreach (var student in new[] { name, late })
        {
            await hand.ButtonAsync($"Take out of the class {student}");
            await hand.SeeAsync("Out of the class. What was decided and earned in it stays.");
        }

        await hand.UseAsync(hand.Page.Locator("button[name=Code][value=new]"));
        var code = await hand.Page.Locator(".board").InnerTextAsync();
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "class-people");
        var joins = await browsing.HandAsync(by, first, phone: true);
        await joins.GoAsync("/join");
        await joins.WriteAsync("The code that your teacher shows", "ZZZZ-ZZZZ");
        await joins.ButtonAsync("Come in");
        await joins.Page.Locator(".refusal").WaitForAsync();
        await joins.WriteAsync("The code that your teacher shows", code.Trim());
        await joins.ButtonAsync("Come in");
        await joins.SeeAsync("You are in:");
        await joins.NoBarrierAsync();

        await hand.ButtonAsync("Let it end now");
        await hand.Page.Locator(".board").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Names]"), $"{late}\nNobody Like That");
        await hand.ButtonAsync("Look who is meant");
        await hand.SeeAsync("no student of this school is called that");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "class-looked");
        await hand.ButtonAsync("Take who is marked into the class");
        await hand.SeeAsync("1 came into the class.");
        await LetInAsync(hand, late);
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_teacher_practices_and_nothing_is_kept(By by)
    {
        var hand = await browsing.HandAsync(by, "ms.rivera", phone: true);
        await hand.GoAsync("/practice");
        await hand.TickAsync(hand.Page.Locator(".taps input").Nth(1));
        await hand.PickAsync("Everyone else", "Proficient");
        await hand.ButtonAsync("Send");
        await hand.HeadingAsync("This is how the class would stand");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "practice");
    }

    private static async Task LetInAsync(Hand hand, string name)
    {
        await hand.PickAsync(hand.Page.Locator("select[name=LetIn]"), name);
        if (await hand.Page.Locator($"input[name={SessionProof.PasswordField}]").IsVisibleAsync())
        {
            await hand.WriteAsync("Your password", DemoDistrict.Password);
        }

        await hand.ButtonAsync("Make a link");
        await hand.Page.Locator(".secret").WaitForAsync();
        await hand.SeeAsync("choose a new password");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "class-link");
    }
}
