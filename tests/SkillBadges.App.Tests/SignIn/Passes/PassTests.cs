using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.App.SignIn.Passes;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Notices;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.SignIn.Passes;

/// <summary>A supervisor without an account, from the school's invitation to the signature, with a browser that runs no script.</summary>
public sealed partial class PassTests : IAsyncLifetime, IDisposable
{
    private readonly Letters letters = new();
    private TestDistrict district = null!;
    private TestLearner learner = null!;
    private HttpClient office = null!;
    private PlacementView placement = null!;

    public async Task InitializeAsync()
    {
        district = new(await TestApp.StartAsync(settings => settings with { MailFolder = letters.Folder }));
        await district.PopulateAsync();
        learner = await district.LearnerAsync();
        office = await district.AsAsync(district.WestRegistrar);
        placement = await ArrangeAsync(learner.Person);
    }

    public Task DisposeAsync() => district.DisposeAsync();

    public void Dispose()
    {
        office.Dispose();
        letters.Dispose();
    }

    [Fact]
    public async Task A_supervisor_signs_off_without_an_account_and_the_signature_outlives_the_internship()
    {
        var work = await district.TurnedInAsync(learner.Person, TestDistrict.SupervisedBadge);
        using var browser = district.App.Browser();
        await EnterAsync(browser, await SendAsync());

        var list = await browser.GetStringAsync(Address("/my-students"));
        Assert.Contains($"/my-students/{work.Value}", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", list, StringComparison.OrdinalIgnoreCase);
        var page = await browser.GetStringAsync(Address($"/my-students/{work.Value}"));
        using var decided = await SubmitAsync(browser, page, $"/my-students/{work.Value}", "decide", ("Outcome", "approved"), ("Version", Version(page)), ("Comment", "Well done."));

        Assert.Equal($"/my-students/{work.Value}", decided.Headers.Location?.ToString());
        var stored = (await district.StoredAsync(work)).Document;
        var decision = Assert.Single(stored.LastAttempt!.Decisions);
        Assert.Equal((SubmissionState.Approved, placement.Supervisor, placement.Id), (stored.State, decision.Assessor.Person.Value, decision.Context!.Placement!.Value.Value));

        using var ended = await office.PostAsync($"/api/placements/{placement.Id}/end", new { });
        Assert.True(ended.IsSuccessStatusCode);
        await LeadsNowhereAsync(browser);
        Assert.Equal(SubmissionState.Approved, (await district.StoredAsync(work)).Document.State);
    }

    [Fact]
    public async Task Work_that_is_sent_back_leaves_no_level_that_nobody_marked()
    {
        var work = await district.TurnedInAsync(learner.Person, TestDistrict.SupervisedBadge);
        using var browser = district.App.Browser();
        await EnterAsync(browser, await SendAsync());
        var page = await browser.GetStringAsync(Address($"/my-students/{work.Value}"));
        Assert.DoesNotContain(" checked", page, StringComparison.Ordinal);

        using var decided = await SubmitAsync(browser, page, $"/my-students/{work.Value}", "decide", ("Outcome", "returned"), ("Version", Version(page)), ("Comment", "The gauge is missing."));

        Assert.Equal($"/my-students/{work.Value}", decided.Headers.Location?.ToString());
        Assert.Empty(Assert.Single((await district.StoredAsync(work)).Document.LastAttempt!.Decisions).Ratings);
    }

    [Fact]
    public async Task A_supervisor_confirms_hours_of_their_own_intern_with_one_tap()
    {
        var school = (await district.Store.GetAsync(OrganizationDocuments.Kind, district.West.Value, "organization", default)).Document;
        var today = school.DayOf(district.App.Clock.GetUtcNow());
        var other = await district.LearnerAsync();
        foreach (var (writer, kind, on, did) in new[]
        {
            (learner, "workBased", today, "Counted the till."), (learner, "service", today, "Cleaned the park."), (learner, "workBased", today.AddDays(-9), "Worked elsewhere."), (other, "workBased", today, "Sold bread."),
        })
        {
            var entry = new { kind, on, minutes = 150, place = "Market", did, reflection = "People ask twice." };
            using var written = await writer.Client.PostAsync("/api/logs", new { organization = district.West.Value, entry });
            Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        }

        using var browser = district.App.Browser();
        await EnterAsync(browser, await SendAsync());
        var list = await browser.GetStringAsync(Address("/my-students"));
        Assert.Contains("Counted the till.", list, StringComparison.Ordinal);
        Assert.Contains("Confirm 2 h 30 min", list, StringComparison.Ordinal);
        Assert.All(["Cleaned the park.", "Worked elsewhere.", "Sold bread."], text => Assert.DoesNotContain(text, list, StringComparison.Ordinal));

        using var confirmed = await SubmitAsync(browser, list, "/my-students", "hours", ("Entry", EntryField().Match(list).Groups[1].Value));
        Assert.Equal("/my-students?done=hours", confirmed.Headers.Location?.ToString());
        Assert.DoesNotContain("Counted the till.", await browser.GetStringAsync(Address("/my-students")), StringComparison.Ordinal);
        var own = await learner.Client.GetStringAsync(new Uri("/hours", UriKind.Relative));
        Assert.Equal((1, 2), (Occurrences(own, "confirmed on "), Occurrences(own, "not confirmed yet")));
    }

    [Fact]
    public async Task Opening_the_link_spends_nothing_and_leaves_a_clean_address()
    {
        var link = await SendAsync();
        for (var opened = 0; opened < 3; opened++)
        {
            using var scanner = district.App.Browser();
            using var answer = await scanner.GetAsync(Address(link));
            Assert.Equal((HttpStatusCode.Redirect, "/pass", "no-referrer"), (answer.StatusCode, answer.Headers.Location?.ToString(), answer.Headers.GetValues("Referrer-Policy").Single()));
            Assert.Equal(HttpStatusCode.Redirect, (await scanner.GetAsync(Address("/my-students"))).StatusCode);
        }

        using var browser = district.App.Browser();
        await EnterAsync(browser, link);
        using var again = await browser.GetAsync(Address(link));
        Assert.Equal("/my-students", again.Headers.Location?.ToString());
        var secret = link.Split('/')[^1];
        Assert.DoesNotContain(district.App.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal) || line.Contains("sam@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_cookie_is_for_this_browser_and_no_script()
    {
        using var browser = district.App.Browser();
        using var entered = await EnterAsync(browser, await SendAsync());

        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"), value => value.StartsWith("skillbadges-pass=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(placement.Id, cookie, StringComparison.Ordinal);
        using var forged = district.App.Browser();
        forged.DefaultRequestHeaders.Add("Cookie", "skillbadges-pass=" + placement.Id);
        await LeadsNowhereAsync(forged);
    }

    [Fact]
    public async Task To_a_pass_there_is_nothing_but_its_internship()
    {
        var mine = await district.TurnedInAsync(learner.Person, TestDistrict.SupervisedBadge);
        var other = await district.LearnerAsync();
        var otherPlacement = await ArrangeAsync(other.Person, PersonId.From(placement.Supervisor));
        var others = await district.TurnedInAsync(other.Person, TestDistrict.SupervisedBadge);
        using var browser = district.App.Browser();
        await EnterAsync(browser, await SendAsync());
        browser.DefaultRequestHeaders.Remove("Accept");

        Assert.Equal(200, await browser.StatusAsync($"/api/submissions/{mine.Value}"));
        Assert.Equal(200, await browser.StatusAsync($"/api/placements/{placement.Id}"));
        using var tasks = await browser.GetAsync(Address("/api/review-tasks"));
        Assert.Equal([mine.Value], (await tasks.ReadAsync<PageOf<ReviewTaskView>>()).Items.Select(task => task.Submission));
        foreach (var address in new[]
        {
            $"/api/submissions/{others.Value}", $"/api/placements/{otherPlacement.Id}", $"/my-students/{others.Value}", "/api/me", "/api/placements", "/api/submissions", "/api/notices",
            $"/api/placements/{placement.Id}/papers", $"/api/placements/{placement.Id}/pass", $"/api/learners/{learner.Person.Value}/gradebook", "/account", "/notices",
        })
        {
            Assert.Equal((address, 404), (address, await browser.StatusAsync(address)));
        }

        using var decided = await browser.PostAsync($"/api/submissions/{others.Value}/decisions", TestDistrict.Approval);
        await decided.RefusesAsync(404, "submission.not-found");
        using var closed = await browser.PostAsync($"/api/people/{placement.Supervisor}/close", new { });
        await closed.RefusesAsync(404, "request.no-such-address");
    }

    [Fact]
    public async Task Only_the_skills_that_the_internship_names_are_seen_and_signed()
    {
        var badge = await district.Store.FindAsync(Core.Definitions.DefinitionDocuments.Heads, TestDistrict.SupervisedBadge, CancellationToken.None);
        var definition = await Core.Definitions.DefinitionDocuments.VersionAsync(district.Store, new(TestDistrict.SupervisedBadge, badge!.Document.CurrentVersion), CancellationToken.None);
        var named = definition.Competencies[0].Id;
        var other = await district.LearnerAsync();
        placement = await ArrangeAsync(other.Person, skill: named);
        var work = await district.TurnedInAsync(other.Person, TestDistrict.SupervisedBadge);
        using var browser = district.App.Browser();
        await EnterAsync(browser, await SendAsync());
        browser.DefaultRequestHeaders.Remove("Accept");

        using var read = await browser.GetAsync(Address($"/api/submissions/{work.Value}"));
        Assert.Equal([named], (await read.ReadAsync<SubmissionView>()).Attempts.Single().Work.Select(part => part.Competency));
        using var approved = await browser.PostAsync($"/api/submissions/{work.Value}/decisions", TestDistrict.Approval);
        await approved.RefusesAsync(403, "decision.skill-not-named");
        using var returned = await browser.PostAsync(
            $"/api/submissions/{work.Value}/decisions", new { attempt = 1, outcome = "returned", comment = "Greet first.", ratings = new[] { new { competencyId = named, level = definition.Scale.Levels[0].Code } } });
        Assert.Equal(201, (int)returned.StatusCode);
    }

    [Fact]
    public async Task Five_wrong_codes_end_a_code_and_codes_are_not_sent_without_end()
    {
        using var browser = district.App.Browser();
        using var opened = await browser.GetAsync(Address(await SendAsync()));
        var code = await AskForCodeAsync(browser);
        var wrong = code == "000000" ? "000001" : "000000";
        for (var tries = 0; tries < PassCode.Tries; tries++)
        {
            using var refused = await EnterCodeAsync(browser, wrong);
            Assert.Contains("pass.wrong-code", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var late = await EnterCodeAsync(browser, code);
        Assert.Contains("pass.wrong-code", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        for (var sent = 1; sent < SupervisorPass.MaxCodesAnHour; sent++)
        {
            await AskForCodeAsync(browser);
        }

        using var tooOften = await SubmitAsync(browser, await browser.GetStringAsync(Address("/pass")), "/pass", "send");
        Assert.Contains("pass.too-often", await tooOften.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_link_ends_the_old_one_and_asking_tells_nobody_who_is_known()
    {
        var old = await SendAsync();
        await AgeLinkAsync();
        using var browser = district.App.Browser();
        using var known = await SubmitAsync(browser, await browser.GetStringAsync(Address("/pass")), "/pass", "new-link", ("Address", "sam@market.example"));
        using var unknown = await SubmitAsync(browser, await browser.GetStringAsync(Address("/pass")), "/pass", "new-link", ("Address", "nobody@market.example"));

        Assert.Equal(Status(await known.Content.ReadAsStringAsync()), Status(await unknown.Content.ReadAsStringAsync()));
        var fresh = LinkIn((await letters.TakeAsync("/pass/")).Body);
        Assert.NotEqual(old, fresh);
        Assert.Equal(410, await browser.StatusAsync(old));
        await EnterAsync(browser, fresh);
        Assert.Equal(200, await browser.StatusAsync("/my-students"));
    }

    [Fact]
    public async Task The_school_takes_a_link_back_on_every_device()
    {
        var link = await SendAsync();
        using var browser = district.App.Browser();
        await EnterAsync(browser, link);

        using var revoked = await office.DeleteAsync(Address($"/api/placements/{placement.Id}/pass"));

        Assert.NotNull((await revoked.ReadAsync<PassView>()).RevokedAt);
        await LeadsNowhereAsync(browser);
        Assert.Equal(410, await browser.StatusAsync(link));
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nothing()
    {
        var work = await district.TurnedInAsync(learner.Person, TestDistrict.SupervisedBadge);
        using var browser = district.App.Browser();
        await EnterAsync(browser, await SendAsync());
        browser.DefaultRequestHeaders.Remove("Origin");
        browser.DefaultRequestHeaders.Remove("Accept");

        using var foreign = await browser.PostAsync($"/api/submissions/{work.Value}/decisions", TestDistrict.Approval, ("Origin", "https://evil.example"));
        await foreign.RefusesAsync(403, "request.cross-site");
        using var form = new FormUrlEncodedContent([new("_handler", "decide"), new("Outcome", "approved")]);
        browser.DefaultRequestHeaders.Add("Origin", district.App.Settings.Address.BaseUrl);
        using var withoutToken = await browser.PostAsync(Address($"/my-students/{work.Value}"), form);
        Assert.Equal(400, (int)withoutToken.StatusCode);
        Assert.Equal(SubmissionState.Submitted, (await district.StoredAsync(work)).Document.State);
    }

    private static Uri Address(string path) => new(path, UriKind.RelativeOrAbsolute);

    private static async Task LeadsNowhereAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync(Address("/my-students"));
        Assert.Equal((HttpStatusCode.Redirect, "/pass"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    private static string LinkIn(string text) => Link().Match(text).Value;

    private static string Status(string page) => StatusNote().Match(page).Value;

    private static int Occurrences(string page, string text) => page.Split(text).Length - 1;

    private static string Version(string page) => VersionField().Match(page).Groups[1].Value;

    private static Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, string action, string handler, params (string Name, string Value)[] fields)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(new("__RequestVerificationToken", AntiforgeryToken().Match(page).Groups[1].Value)).Append(new("_handler", handler));
        return browser.PostAsync(Address(action), new FormUrlEncodedContent(form));
    }

    private async Task<PlacementView> ArrangeAsync(PersonId student, PersonId? supervisor = null, string? skill = null)
    {
        using var made = await office.PostAsync("/api/placements", new Dictionary<string, object?>
        {
            ["learner"] = student.Value,
            ["school"] = district.West.Value,
            ["employer"] = district.Market.Value,
            ["from"] = district.App.Clock.GetUtcNow().AddDays(-1),
            ["to"] = district.App.Clock.GetUtcNow().AddDays(30),
            ["badges"] = new[] { TestDistrict.SupervisedBadge },
            [supervisor is null ? "supervisorName" : "supervisor"] = supervisor?.Value ?? "Sam Green",
            ["skills"] = skill is null ? [] : new[] { new { badge = TestDistrict.SupervisedBadge, competency = skill } },
        });
        return await made.ReadAsync<PlacementView>();
    }

    // The school sends a link; the letter holds it.
    private async Task<string> SendAsync()
    {
        using var sent = await office.PostAsync($"/api/placements/{placement.Id}/pass", new { channel = "mail", address = "sam@market.example" });
        Assert.DoesNotContain("sam@market", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(201, (int)sent.StatusCode);
        return LinkIn((await letters.TakeAsync("/pass/")).Body);
    }

    private async Task<HttpResponseMessage> EnterAsync(HttpClient browser, string link)
    {
        using var opened = await browser.GetAsync(Address(link));
        Assert.Equal("/pass", opened.Headers.Location?.ToString());
        var entered = await EnterCodeAsync(browser, await AskForCodeAsync(browser));
        Assert.Equal("/my-students", entered.Headers.Location?.ToString());
        return entered;
    }

    private async Task<string> AskForCodeAsync(HttpClient browser)
    {
        using var asked = await SubmitAsync(browser, await browser.GetStringAsync(Address("/pass")), "/pass", "send");
        Assert.Contains("one-time-code", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return Code().Match((await letters.TakeAsync("Your code is ")).Body).Value;
    }

    private static async Task<HttpResponseMessage> EnterCodeAsync(HttpClient browser, string code) =>
        await SubmitAsync(browser, await browser.GetStringAsync(Address("/pass")), "/pass", "code", ("Code", code));

    // Links are sent every two minutes at most.
    private async Task AgeLinkAsync()
    {
        var read = (await district.Store.FindAsync(PassDocuments.Kind, placement.Id, CancellationToken.None))!;
        await district.Store.CommitAsync(
            new Changes().Replace(PassDocuments.Kind, read, read.Document with { LinkSentAt = read.Document.LinkSentAt - SupervisorPass.BetweenLinks }), CancellationToken.None);
    }

    [GeneratedRegex("/pass/[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex Code();

    [GeneratedRegex("role=\"status\">[^<]+")]
    private static partial Regex StatusNote();

    [GeneratedRegex("name=\"Version\" value=\"([0-9]+)\"")]
    private static partial Regex VersionField();

    [GeneratedRegex("name=\"Entry\" value=\"([^\"]+)\"")]
    private static partial Regex EntryField();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
