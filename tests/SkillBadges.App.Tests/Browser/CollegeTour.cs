using System.Text.Json.Nodes;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A family claims credit, a college grants it, and an employer looks for skills; on a phone where families are.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class CollegeTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData("student081", By.Keyboard)]
    [InlineData("student083", By.NoScript)]
    public async Task A_mother_claims_credit_for_her_daughter_and_the_college_checks_asks_and_grants(string student, By by)
    {
        var name = (await CreditAgreement.MakeAsync(browsing, student)).Name;
        var mother = await browsing.HandAsync(by, "parent", phone: true);
        await mother.NavigateAsync("College credit");
        await mother.LinkAsync(name);
        await ClaimAsync(mother, name);
        await mother.ButtonAsync("Take it back");
        await mother.Page.Locator("section[id^='claim-'] button").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        var declined = await ClaimAsync(mother, name);
        var college = await browsing.HandAsync(by, "college");
        await DeclineAsync(college, declined, by);
        await mother.GoAsync(mother.Page.Url);
        await mother.SeeAsync("The course is full.");
        var claim = await ClaimAsync(mother, name);

        await college.NavigateAsync("Credit claims");
        Assert.DoesNotContain(name, await college.Page.ContentAsync(), StringComparison.Ordinal);
        await college.SeeAsync("Bookkeeping Cycle · Fall 2027");
        await Browsing.PictureAsync(college.Page, "claims");
        await college.UseAsync(college.Page.Locator($"a[href='/claims/{claim}']"));
        await college.SeeAsync("Genuine");
        await college.SeeAsync(name);
        await college.SeeAsync("signed off by a teacher");
        await Browsing.PictureAsync(college.Page, "claim");

        await AskAsync(college);
        await college.SeeAsync("Waits for the final transcript");
        await college.NavigateAsync("Credit claims");
        await college.ButtonAsync("Show");
        await college.Page.WaitForURLAsync("**term=*");
        await college.LinkAsync("Mark all on this page");
        await college.Page.WaitForURLAsync("**mark=all*");
        Assert.True(await college.Page.Locator($"input[name=Marked][value='{claim}']").IsCheckedAsync());
        await college.NavigateAsync("Credit claims");
        await college.TickAsync(college.Page.Locator($"input[name=Marked][value='{claim}']"));

        // Whoever presses Enter behind a word to the student has chosen none of the three answers.
        await college.WriteAsync(college.Page.Locator("input[name=Note]"), "Please bring the original.");
        await college.Page.Locator("input[name=Note]").PressAsync("Enter");
        Assert.Equal("Please bring the original.", await college.Page.Locator("input[name=Note]").InputValueAsync());

        // A day is missing: what was marked and written is still there.
        await college.ButtonAsync("Ask for it");
        await college.Page.Locator(".refusal, .refused").First.WaitForAsync();
        Assert.True(await college.Page.Locator($"input[name=Marked][value='{claim}']").IsCheckedAsync());
        Assert.Equal("Please bring the original.", await college.Page.Locator("input[name=Note]").InputValueAsync());
        await AskAsync(college);
        await college.SeeAsync("1 answered");
        await Browsing.PictureAsync(college.Page, "claims-answered");
        await college.GoAsync($"/claims/{claim}");
        await college.PickAsync("Graded", "a letter");
        await college.ButtonAsync("Grant the credit");
        await college.Page.Locator(".refusal").WaitForAsync();
        Assert.Equal("Letter", await college.Page.GetByLabel("Graded").InputValueAsync());
        await college.WriteAsync(college.Page.Locator("input[name=Mark]"), "A-");
        await college.ButtonAsync("Grant the credit");
        await college.SeeAsync("Credit granted");

        await mother.GoAsync(mother.Page.Url);
        await mother.SeeAsync("Credit granted");
        var proof = await ProofAsync(mother);
        Assert.Contains("ACCT 1010", proof, StringComparison.Ordinal);
        var spanish = await browsing.OpenAsync("parent", phone: true, language: "es-ES");
        await spanish.GotoAsync(mother.Page.Url);
        await spanish.GetByText("Crédito concedido").First.WaitForAsync();
    }

    [BrowserFact]
    public async Task A_college_answers_what_it_marks_in_its_list_with_a_pointer_and_scripts()
    {
        var agreement = (await CreditAgreement.MakeAsync(browsing, "student083")).Id;
        using var adult = await browsing.ClientAsync("student082");
        var made = await adult.PostAsync(
            "/api/credit-claims",
            new()
            {
                ["learner"] = adult.PersonId, ["articulation"] = agreement, ["subject"] = $"{CreditAgreement.Badge}@1", ["term"] = "2028-spring",
                ["applicant"] = new JsonObject { ["name"] = "Somebody", ["bornOn"] = "2007-04-02", ["number"] = "C0041236" },
            },
            default);
        var college = await browsing.HandAsync(By.Mouse, "college");
        await college.NavigateAsync("Credit claims");
        await college.PickAsync(college.Page.Locator("select[name=term]"), "2028-spring");
        await college.ButtonAsync("Show");
        await college.Page.WaitForURLAsync("**term=2028-spring*");
        await college.TickAsync(college.Page.Locator($"input[name=Marked][value='{made["id"]}']"));
        await college.WriteAsync(college.Page.Locator("input[name=Note]"), "The course is full.");
        await college.ButtonAsync("Decline");
        await college.SeeAsync("1 answered");
    }

    [BrowserFact]
    public async Task A_student_reads_what_employers_may_see_and_who_is_not_a_known_adult_is_told_no()
    {
        var student = await browsing.HandAsync(By.Keyboard, "leo", phone: true);
        await student.GoAsync("/talent");
        await student.ButtonAsync("Let employers find me");
        await student.Page.GetByText("adults only").Last.WaitForAsync();
        await Browsing.PictureAsync(student.Page, "talent-student");
        Assert.Empty(await Browsing.BarriersAsync(student.Page));
    }

    private static async Task<string> ClaimAsync(Hand mother, string name)
    {
        await mother.UnfoldAsync("Claim this credit");
        await mother.WriteAsync("Name, as the college knows it", name);
        await mother.WriteAsync("Birth date", "2010-04-02");
        await mother.WriteAsync("Student number at the college", "C0041234");
        await mother.PickAsync("Term", "Fall 2027");
        await Browsing.PictureAsync(mother.Page, "credit-claiming");
        await mother.ButtonAsync("Claim this credit");
        await mother.SeeAsync("Sent to the college.");
        return (await mother.Page.Locator("section[id^='claim-']:has(button)").GetAttributeAsync("id"))!["claim-".Length..];
    }

    // The college signs within moments: the page is opened again until the link is there, and what it leads to is read as the mother's browser does.
    private static async Task<string> ProofAsync(Hand mother)
    {
        var link = mother.Page.Locator("a[href^='/api/derived-credentials/']");
        for (var look = 0; await link.CountAsync() == 0 && look < 40; look++)
        {
            await Task.Delay(500);
            await mother.GoAsync(mother.Page.Url);
        }

        var answer = await mother.Page.Context.APIRequest.GetAsync(new Uri(new Uri(mother.Page.Url), await link.First.GetAttributeAsync("href") + "?form=eddsa-rdfc-2022").ToString());
        Assert.Equal(200, answer.Status);
        return await answer.TextAsync();
    }

    private static async Task DeclineAsync(Hand college, string claim, By by)
    {
        await college.GoAsync($"/claims/{claim}");
        await college.WriteAsync(college.Page.Locator("input[name=Why]"), "The course is full.");
        await college.UseAsync(college.Page.Locator("form:has(input[name=Why]) button"));
        await college.SeeAsync("The course is full.");
        Assert.Empty(by == By.NoScript ? [] : await Browsing.BarriersAsync(college.Page));
    }

    private static async Task AskAsync(Hand college)
    {
        await college.PickAsync(college.Page.Locator("select[name=For]"), "FinalTranscript");
        await college.WriteAsync(college.Page.Locator("input[name=Until]"), DemoWork.Day(30));
        await college.ButtonAsync("Ask for it");
    }

    [BrowserTheory]
    [InlineData("student112", By.Keyboard)]
    [InlineData("student113", By.NoScript)]
    public async Task A_grown_student_says_no_to_an_employer_and_is_found_no_more(string login, By by)
    {
        await browsing.OnceAsync("employer", CheckAsync);
        await GrownAsync(login);
        using var sam = await browsing.ClientAsync("sam.carter");
        var student = await browsing.HandAsync(by, login, phone: true);
        await student.GoAsync("/talent");
        await student.ButtonAsync("Let employers find me");
        await student.SeeAsync("Employers find what this school signed off, until");
        await AskAllAsync(sam);
        await student.GoAsync("/talent");
        await Browsing.PictureAsync(student.Page, "talent-asked");
        await student.ButtonAsync("No");
        await student.SeeAsync("You said no.");
        await student.ButtonAsync("Stop it now");
        await student.SeeAsync("Employers do not find what this school signed off.");
        await student.NoBarrierAsync();
    }

    [BrowserTheory]
    [InlineData("student111", "graphic-design", By.Keyboard)]
    [InlineData("student082", CreditAgreement.Badge, By.NoScript)]
    public async Task An_employer_looks_for_skills_and_asks_and_an_adult_who_opted_in_says_yes(string login, string badge, By by)
    {
        await browsing.OnceAsync("employer", CheckAsync);
        var student = await browsing.HandAsync(by, login, phone: true);
        await student.GoAsync("/talent");
        await student.ButtonAsync("Let employers find me");
        await student.SeeAsync("Employers find what this school signed off, until");

        var employer = await browsing.HandAsync(by, "sam.carter");
        await employer.NavigateAsync("Find skills");
        await employer.PickAsync(employer.Page.Locator("select[name=Badge]"), badge);
        await employer.ButtonAsync("Find skills");
        await employer.SeeAsync("Person 1");
        Assert.True((await employer.Page.Locator("section[aria-labelledby=found-1] li .fine").First.InnerTextAsync()).Length > 20, "What the level looks like is said.");
        // What no page of the sweep shows: who was found. axe-core is a script.
        Assert.Empty(by == By.NoScript ? [] : await Browsing.BarriersAsync(employer.Page));
        await employer.UnfoldAsync("Ask to get in touch");
        await employer.ButtonAsync("Pass it on");
        await employer.Page.Locator(".refusal").WaitForAsync();
        await employer.WriteAsync(employer.Page.Locator("textarea").First, "We look for somebody from June on.");
        await Browsing.PictureAsync(employer.Page, "talent-found");
        await employer.ButtonAsync("Pass it on");
        await employer.SeeAsync("Passed on.");

        await student.GoAsync("/talent");
        await student.WriteAsync("Name", $"Theo Unmistakable {login}");
        await student.WriteAsync("E-mail or telephone", "theo@example.org");
        Assert.Empty(by == By.NoScript ? [] : await Browsing.BarriersAsync(student.Page));
        await student.ButtonAsync("Yes, tell them");
        await student.SeeAsync("You said yes.");

        await employer.NavigateAsync("Find skills");
        Assert.DoesNotContain($"Theo Unmistakable {login}", await employer.Page.ContentAsync(), StringComparison.Ordinal);
        await employer.ButtonAsync("Yes: show how to reach them");
        await employer.SeeAsync($"Theo Unmistakable {login}");
        await Browsing.PictureAsync(employer.Page, "talent-told");
    }

    // What the tour does not show: the state office looks at the market, where Sam may search, and a school enters that a student of another district is an adult.
    private async Task CheckAsync()
    {
        using var state = await browsing.ClientAsync("state.admin");
        using var sam = await browsing.ClientAsync("sam.carter");
        var market = Place(await sam.FetchAsync("/api/me", default));
        await state.PostAsync("/api/memberships", new() { ["personId"] = sam.PersonId, ["organizationId"] = market, ["role"] = "employer" }, default);
        await state.PostAsync("/api/employer-checks", new() { ["employer"] = market, ["reference"] = "State register 1234567-0160" }, default);
        await GrownAsync("student111");
    }

    private async Task GrownAsync(string login)
    {
        using var registrar = await browsing.ClientAsync("e.registrar");
        using var student = await browsing.ClientAsync(login);
        await registrar.PostAsync($"/api/learners/{student.PersonId}/rights-changes", new() { ["school"] = await student.PlaceAsync(), ["rightsPassOn"] = DemoWork.Day(-10), ["reason"] = "The birth certificate says so." }, default);
    }

    // Whoever is found now and was not asked before.
    private static async Task AskAllAsync(DemoClient sam)
    {
        var market = (await sam.FetchAsync("/api/me", default))["memberships"]!.AsArray().First(one => one!["role"]!.GetValue<string>() == "employer")!["organizationId"]!.GetValue<string>();
        var search = await sam.PostAsync("/api/talent-searches", new() { ["employer"] = market, ["skills"] = new JsonArray(new JsonObject { ["badge"] = "graphic-design" }) }, default);
        foreach (var found in search["found"]!.AsArray())
        {
            var body = new JsonObject { ["search"] = search["search"]!.DeepClone(), ["reference"] = found!["reference"]!.DeepClone(), ["message"] = "We look for somebody from June on." };
            await DemoWork.RefusedAsync(() => sam.PostAsync("/api/talent-contacts", body, default));
        }
    }

    private static string Place(JsonNode me) => me["memberships"]![0]!["organizationId"]!.GetValue<string>();
}
