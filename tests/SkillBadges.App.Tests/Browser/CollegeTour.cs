using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A family claims credit, a college grants it, and an employer looks for skills; on a phone and without scripts where families are.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class CollegeTour(Browsing browsing)
{
    private const string Badge = "bookkeeping-cycle";

    [BrowserFact]
    public async Task A_mother_claims_credit_for_her_daughter_and_the_college_checks_asks_and_grants()
    {
        var name = await AgreeAsync();
        var mother = await browsing.OpenAsync("parent", phone: true, script: false);
        await mother.GotoAsync("/credit");
        await mother.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await mother.GetByText("Claim this credit").First.ClickAsync();
        await mother.FillAsync("input[name=Name]", name);
        await mother.FillAsync("input[name=BornOn]", "2010-04-02");
        await mother.FillAsync("input[name=Number]", "C0041234");
        await mother.SelectOptionAsync("select[name=Term]", new SelectOptionValue { Label = "Fall 2027" });
        await Browsing.PictureAsync(mother, "credit-claiming");
        await mother.GetByRole(AriaRole.Button, new() { Name = "Claim this credit" }).ClickAsync();
        await mother.GetByText("Sent to the college.").WaitForAsync();
        await SoundAsync("parent", mother.Url, "credit-sent");

        var college = await browsing.OpenAsync("college");
        await college.GotoAsync("/");
        await college.ClickAsync("header >> text=Credit claims");
        await college.GetByRole(AriaRole.Link, new() { Name = "ACCT 1010" }).WaitForAsync();
        Assert.DoesNotContain(name, await college.ContentAsync(), StringComparison.Ordinal);
        await Browsing.PictureAsync(college, "claims");
        Assert.Empty(await Browsing.BarriersAsync(college));
        await college.GetByRole(AriaRole.Link, new() { Name = "ACCT 1010" }).ClickAsync();
        await college.GetByText("Genuine").First.WaitForAsync();
        await college.GetByText(name).WaitForAsync();
        await Browsing.PictureAsync(college, "claim");
        Assert.Empty(await Browsing.BarriersAsync(college));

        await college.SelectOptionAsync("select[name=For]", "FinalTranscript");
        await college.FillAsync("input[name=Until]", DemoWork.Day(30));
        await college.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await college.GetByText("Waits for the final transcript").First.WaitForAsync();
        await college.GotoAsync("/claims");
        await college.CheckAsync("input[name=Marked]");
        await college.GetByRole(AriaRole.Button, new() { Name = "Grant credit without a mark" }).ClickAsync();
        await college.GetByText("1 answered").WaitForAsync();
        await Browsing.PictureAsync(college, "claims-answered");

        await mother.GotoAsync(mother.Url);
        await mother.GetByText("Credit granted").First.WaitForAsync();
        await SoundAsync("parent", mother.Url, "credit-granted");
        var spanish = await browsing.OpenAsync("parent", phone: true, language: "es-ES");
        await spanish.GotoAsync(mother.Url);
        await spanish.GetByText("Crédito concedido").First.WaitForAsync();
    }

    [BrowserFact]
    public async Task A_student_reads_what_employers_may_see_and_who_is_not_a_known_adult_is_told_no()
    {
        var student = await browsing.OpenAsync("leo", phone: true);
        await student.GotoAsync("/talent");
        await student.GetByRole(AriaRole.Button, new() { Name = "Let employers find me" }).ClickAsync();
        await student.GetByText("adults only").Last.WaitForAsync();
        await Browsing.PictureAsync(student, "talent-student");
        Assert.Empty(await Browsing.BarriersAsync(student));
    }

    [BrowserFact]
    public async Task An_employer_looks_for_skills_and_asks_and_an_adult_who_opted_in_says_yes()
    {
        await CheckAsync();
        var student = await browsing.OpenAsync("student082", phone: true, script: false);
        await student.GotoAsync("/talent");
        await student.GetByRole(AriaRole.Button, new() { Name = "Let employers find me" }).ClickAsync();
        await student.GetByText("Employers find what this school signed off, until").WaitForAsync();

        var employer = await browsing.OpenAsync("sam.carter");
        await employer.GotoAsync("/talent");
        await employer.SelectOptionAsync("select[name=Badge]", Badge);
        await employer.GetByRole(AriaRole.Button, new() { Name = "Find skills" }).ClickAsync();
        await employer.GetByText("Person 1").WaitForAsync();
        Assert.Empty(await Browsing.BarriersAsync(employer));
        await employer.GetByText("Ask to get in touch").First.ClickAsync();
        await employer.FillAsync("textarea", "We look for a bookkeeper from June on.");
        await Browsing.PictureAsync(employer, "talent-found");
        await employer.GetByRole(AriaRole.Button, new() { Name = "Pass it on" }).ClickAsync();
        await employer.GetByText("Passed on.").WaitForAsync();

        await student.GotoAsync("/talent");
        await student.FillAsync("input[name=Name]", "Theo Unmistakable");
        await student.FillAsync("input[name=Reach]", "theo@example.org");
        await Browsing.PictureAsync(student, "talent-asked");
        await student.GetByRole(AriaRole.Button, new() { Name = "Yes, tell them" }).ClickAsync();
        await student.GetByText("You said yes.").WaitForAsync();
        await SoundAsync("student082", student.Url, "talent-answered");

        await employer.GotoAsync("/talent");
        Assert.DoesNotContain("Unmistakable", await employer.ContentAsync(), StringComparison.Ordinal);
        await employer.GetByRole(AriaRole.Button, new() { Name = "Yes: show how to reach them" }).ClickAsync();
        await employer.GetByText("Theo Unmistakable").WaitForAsync();
        await Browsing.PictureAsync(employer, "talent-told");
    }

    // What the tour does not show: the state office looks at the market, where Sam may search.
    private async Task CheckAsync()
    {
        using var state = browsing.Visitor();
        using var sam = browsing.Visitor();
        (string Login, DemoClient Client)[] all = [("state.admin", state), ("sam.carter", sam)];
        await Task.WhenAll(all.Select(one => one.Client.SignInAsync(one.Login, CancellationToken.None)));
        var market = Place(await sam.FetchAsync("/api/me", CancellationToken.None));
        await state.PostAsync("/api/memberships", new() { ["personId"] = sam.PersonId, ["organizationId"] = market, ["role"] = "employer" }, CancellationToken.None);
        await state.PostAsync("/api/employer-checks", new() { ["employer"] = market, ["reference"] = "State register 1234567-0160" }, CancellationToken.None);
    }

    // What the tour does not show: an agreement about what a student of Summit has earned, and a guardian. The student's name is the answer.
    private async Task<string> AgreeAsync()
    {
        using var state = browsing.Visitor();
        using var registrar = browsing.Visitor();
        using var admissions = browsing.Visitor();
        using var student = browsing.Visitor();
        using var mother = browsing.Visitor();
        (string Login, DemoClient Client)[] all = [("state.admin", state), ("w.registrar", registrar), ("college", admissions), ("student081", student), ("parent", mother)];
        await Task.WhenAll(all.Select(one => one.Client.SignInAsync(one.Login, CancellationToken.None)));
        var me = await student.FetchAsync("/api/me", CancellationToken.None);
        var (school, college) = (Place(me), Place(await admissions.FetchAsync("/api/me", CancellationToken.None)));
        await state.PostAsync("/api/memberships", new() { ["personId"] = registrar.PersonId, ["organizationId"] = school, ["role"] = "registrar" }, CancellationToken.None);
        await state.PostAsync("/api/memberships", new() { ["personId"] = mother.PersonId, ["organizationId"] = school, ["role"] = "guardian" }, CancellationToken.None);
        await registrar.PostAsync("/api/guardianships", new() { ["guardianId"] = mother.PersonId, ["learnerId"] = student.PersonId, ["recordKeeperId"] = school, ["proof"] = "schoolRecord" }, CancellationToken.None);
        var proposed = await registrar.PostAsync(
            "/api/articulations",
            new()
            {
                ["organizationId"] = school, ["kind"] = "badge", ["slug"] = Badge, ["schoolId"] = school, ["collegeId"] = college,
                ["terms"] = new JsonObject { ["courseCode"] = "ACCT 1010", ["courseTitle"] = "Bookkeeping", ["credits"] = 3, ["from"] = DemoWork.Day(-60), ["fee"] = 25, ["conditions"] = "Enroll within two years after graduation." },
            },
            CancellationToken.None);
        await admissions.PostAsync($"/api/articulations/{proposed["id"]}/approvals", new() { ["organizationId"] = college, ["revision"] = 1 }, CancellationToken.None);
        return me["displayName"]!.GetValue<string>();
    }

    private static string Place(JsonNode me) => me["memberships"]![0]!["organizationId"]!.GetValue<string>();

    // axe-core is a script: it looks at the same page in a browser that runs some.
    private async Task SoundAsync(string login, string url, string picture)
    {
        var page = await browsing.OpenAsync(login, phone: true);
        await page.GotoAsync(url);
        await Browsing.PictureAsync(page, picture);
        Assert.Empty(await Browsing.BarriersAsync(page));
    }
}
