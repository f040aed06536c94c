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
    [InlineData("student045", By.Keyboard)]
    [InlineData("student046", By.NoScript)]
    public async Task A_registrar_puts_a_badge_on_hold_lets_it_count_again_and_takes_it_back(string student, By by)
    {
        using var learner = await browsing.ClientAsync(student);
        using var teacher = await browsing.ClientAsync("ms.rivera");
        var school = await learner.PlaceAsync();
        await teacher.PostAsync($"/api/submissions/{await DemoWork.TurnInAsync(learner, school, "smaw-fillet", default)}/decisions", new() { ["attempt"] = 1, ["outcome"] = "approved" }, default);
        var hand = await browsing.HandAsync(by, "w.registrar", phone: true);
        await hand.GoAsync($"/office/{school}/people/{learner.PersonId}");
        await hand.LinkAsync("Badges awarded here");
        foreach (var (button, reason, says) in new[]
        {
            ("Put on hold", "A photo may be another student's.", "It is on hold."), ("Let it count again", "It was theirs after all.", "It counts again."), ("Take back for good", "The weld was bought.", "It is taken back."),
        })
        {
            await hand.UnfoldAsync("Take back or put on hold");
            await hand.NoBarrierAsync();
            await hand.WriteAsync("Why", reason);
            await hand.ButtonAsync(button);
            await hand.SeeAsync(says);
            await hand.SeeAsync(reason);
            await Browsing.PictureAsync(hand.Page, $"student-badges-{button.Split(' ')[0]}");
        }

        Assert.Equal(0, await hand.Page.Locator("summary:has-text('Take back')").CountAsync());
        await hand.NoBarrierAsync();
    }

    [BrowserTheory]
    [InlineData("student047", By.Keyboard)]
    [InlineData("student048", By.NoScript)]
    public async Task A_registrar_writes_a_family_down_and_ends_it(string student, By by)
    {
        using var learner = await browsing.ClientAsync(student);
        var hand = await browsing.HandAsync(by, "w.registrar", phone: true);
        await hand.GoAsync($"/office/{await learner.PlaceAsync()}/people/{learner.PersonId}");
        await hand.LinkAsync("Family");
        await hand.UnfoldAsync("Somebody who is not entered yet");
        await hand.NoBarrierAsync();
        await hand.WriteAsync(hand.Page.Locator("input[name=NewName]"), $"Rosa Aunt{by}");
        await hand.PickAsync(hand.Page.Locator("form:has(input[name=NewName]) select"), "CourtOrder");
        await hand.ButtonAsync("Enter and write down");
        await hand.SeeAsync("They are entered and written down.");
        await hand.SeeAsync("a court's order");

        await hand.WriteAsync(hand.Page.Locator("input[name=Name]"), "rosa");
        await hand.ButtonAsync("Search");
        await hand.SeeAsync("found");
        Assert.Equal(0, await hand.Page.Locator($"label.check:has-text('Rosa Aunt{by}')").CountAsync());
        var family = hand.Page.Locator($"ul.lines > li:has-text('Rosa Aunt{by}')");
        await hand.UseAsync(family.Locator("summary"));
        await hand.UseAsync(family.Locator("button"));
        await hand.SeeAsync("It has ended.");
        await hand.WriteAsync(hand.Page.Locator("input[name=Name]"), $"rosa aunt{by}");
        await hand.ButtonAsync("Search");
        await hand.TickAsync(hand.Page.Locator($"label.check:has-text('Rosa Aunt{by}') input"));
        await Browsing.PictureAsync(hand.Page, "student-family");
        await hand.NoBarrierAsync();
        await hand.ButtonAsync("Write down");
        await hand.SeeAsync("They are written down and see the record from now on.");
    }

    [BrowserTheory]
    [InlineData("student049", By.Keyboard)]
    [InlineData("student050", By.NoScript)]
    public async Task A_registrar_enters_an_internship_sends_its_link_takes_it_back_and_ends_it(string student, By by)
    {
        using var learner = await browsing.ClientAsync(student);
        var hand = await browsing.HandAsync(by, "w.registrar", phone: true);
        var page = hand.Page;
        await hand.GoAsync($"/office/{await learner.PlaceAsync()}/people/{learner.PersonId}");
        await hand.LinkAsync("Learning at work");
        await hand.LinkAsync("A new internship");
        await hand.WriteAsync(page.Locator("input[name=startsWith]"), "north");
        await hand.ButtonAsync("Show");
        await hand.LinkAsync("Northside Market");
        await hand.TickAsync(page.Locator("input[value=customer-service]"));
        await hand.ButtonAsync("Go on");
        await hand.HeadingAsync("3. Who, what and how long?");
        await hand.WriteAsync(page.Locator("input[name=NewName]"), $"Gil Boss{by}");
        await hand.WriteAsync(page.Locator("input[name=From]"), DemoWork.Day(20));
        await hand.WriteAsync(page.Locator("input[name=To]"), DemoWork.Day(10));
        await hand.FocusAsync(page.Locator("input[name=Skills]").First);
        await page.Keyboard.PressAsync("Space");
        await Browsing.PictureAsync(page, "internship-new");
        await hand.ButtonAsync("Enter this internship");
        await page.Locator(".refusal").WaitForAsync();
        Assert.Equal($"Gil Boss{by}", await page.Locator("input[name=NewName]").InputValueAsync());
        await hand.WriteAsync(page.Locator("input[name=To]"), DemoWork.Day(90));
        await hand.ButtonAsync("Enter this internship");
        await hand.SeeAsync("The internship is entered.");
        await hand.SeeAsync($"Gil Boss{by}");
        await hand.SeeAsync("of its skills");

        var address = $"{Guid.NewGuid():N}@market.example";
        await hand.UnfoldAsync("Send the supervisor a link");
        await hand.NoBarrierAsync();
        await hand.WriteAsync(page.Locator("input[name=Address]"), address);
        await hand.ButtonAsync("Send the link");
        await hand.SeeAsync("The link is on its way.");
        await browsing.LetterAsync(address, "/pass/");
        await Browsing.PictureAsync(page, "internships");
        await hand.ButtonAsync("Take the link back");
        await hand.SeeAsync("The link leads nowhere any more");
        await hand.UnfoldAsync("End this internship");
        await hand.ButtonAsync("End it now");
        await hand.SeeAsync("The internship has ended.");
        await hand.NoBarrierAsync();
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task An_administrator_closes_an_account(By by)
    {
        using var admin = await browsing.ClientAsync("w.admin");
        var school = await admin.PlaceAsync();
        var left = await admin.PostAsync("/api/people", new() { ["displayName"] = $"Gone Soon{by}", ["organizationId"] = school, ["role"] = "teacher" }, default);
        var hand = await browsing.HandAsync(by, "w.admin", phone: true);
        await hand.GoAsync($"/office/{school}/people/{left["id"]}");
        await hand.UnfoldAsync("Close the account");
        var password = hand.Page.Locator($"form:has(button:has-text('Close the account now')) input[name={SessionProof.PasswordField}]");
        if (await password.IsVisibleAsync())
        {
            await hand.WriteAsync(password, DemoDistrict.Password);
        }

        await hand.NoBarrierAsync();
        await hand.ButtonAsync("Close the account now");
        await hand.SeeAsync("The account is closed.");
        await hand.SeeAsync("What was decided and earned stays.");
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
