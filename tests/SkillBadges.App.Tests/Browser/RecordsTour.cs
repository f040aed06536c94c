using SkillBadges.App.Demo;
using SkillBadges.App.SignIn;

namespace SkillBadges.App.Tests.Browser;

/// <summary>An office keeps what stands beside the levels of a student, and who does what at the school.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class RecordsTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData("student041", By.Keyboard)]
    [InlineData("student042", By.NoScript)]
    public async Task A_registrar_enters_a_course_takes_it_back_and_changes_from_when_the_student_decides(string student, By by)
    {
        using var learner = await browsing.ClientAsync(student);
        var hand = await browsing.HandAsync(by, "w.registrar", phone: true);
        await hand.GoAsync($"/office/{await learner.PlaceAsync()}/people/{learner.PersonId}");
        await hand.LinkAsync("Courses with letters");
        foreach (var (field, words) in new[] { ("Course", "Algebra 2"), ("Code", "MATH 220"), ("Letter", "A-"), ("Credits", "a lot"), ("Term", "Fall 2026"), ("Day", "2026-11-20"), ("Source", "Far High School") })
        {
            await hand.WriteAsync(hand.Page.Locator($"input[name={field}]"), words);
        }

        await hand.ButtonAsync("Enter this course");
        await hand.Page.Locator(".refusal").WaitForAsync();
        Assert.Equal("Algebra 2", await hand.Page.Locator("input[name=Course]").InputValueAsync());
        await hand.WriteAsync(hand.Page.Locator("input[name=Credits]"), "0,5");
        await hand.ButtonAsync("Enter this course");
        await hand.SeeAsync("The course is entered.");
        await hand.SeeAsync("0.5 credits");
        await hand.NoBarrierAsync();
        await hand.UnfoldAsync("Take back");
        await hand.WriteAsync(hand.Page.Locator("input[name=Reason]"), "It was another student's.");
        await Browsing.PictureAsync(hand.Page, "courses");
        await hand.ButtonAsync("Take this course back");
        await hand.SeeAsync("It was another student's.");

        await hand.UseAsync(hand.Page.Locator(".trail a").Last);
        await hand.LinkAsync("Rights in the record");
        await hand.UnfoldAsync("Change the day");
        await hand.WriteAsync(hand.Page.Locator("input[name=From]"), DemoWork.Day(400));
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Reason]"), "The birth certificate says so.");
        await hand.ButtonAsync("Change the day");
        await hand.SeeAsync("Changed. The family decides now.");
        await hand.SeeAsync("The birth certificate says so.");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "rights");
    }

    [BrowserTheory]
    [InlineData("student043", By.Keyboard)]
    [InlineData("student044", By.NoScript)]
    public async Task An_administrator_gives_a_role_ends_it_and_reads_of_it_and_helps_to_a_new_password(string student, By by)
    {
        using var learner = await browsing.ClientAsync(student);
        var (school, name) = (await learner.PlaceAsync(), await learner.NameAsync());
        var hand = await browsing.HandAsync(by, "w.admin", phone: true);
        await hand.GoAsync($"/office/{school}/people");
        await hand.WriteAsync(hand.Page.Locator("input[name=Name]"), name);
        await hand.ButtonAsync("Search");
        await hand.LinkAsync(name);
        await hand.PickAsync(hand.Page.Locator("select[name=NewRole]"), "Counselor");
        await hand.ButtonAsync("Give this role");
        await hand.SeeAsync("The role holds from now on.");
        var role = hand.Page.Locator("ul.lines > li:has-text('Counselor')");
        await hand.UseAsync(role.Locator("summary"));
        await Browsing.PictureAsync(hand.Page, "role-ending");
        await hand.UseAsync(role.Locator("button"));
        await hand.SeeAsync("The role has ended.");
        await hand.NoBarrierAsync();
        if (await hand.Page.Locator($"input[name={SessionProof.PasswordField}]").IsVisibleAsync())
        {
            await hand.WriteAsync("Your password", DemoDistrict.Password);
        }

        await hand.ButtonAsync("Make a link for a new password");
        await hand.Page.Locator(".secret").WaitForAsync();

        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('Who did what')"));
        await hand.WriteAsync("From", DemoWork.Day(-1));
        await hand.ButtonAsync("Show");
        await hand.Page.WaitForURLAsync("**from=*");
        await hand.SeeAsync(name);
        await Browsing.PictureAsync(hand.Page, "acts");
    }
}
