using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Notices;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Evidence.Mentors;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>Learning outside school: logs, and people without an account who say what they saw.</summary>
[Collection(DistrictCollection.Name)]
public sealed partial class ConfirmationTests(TestDistrict district)
{
    [Fact]
    public async Task A_mentor_answers_once_through_a_link_that_looking_at_does_not_spend()
    {
        var (learner, work, item) = await WorkAsync(district);
        var asked = await AskAsync(learner.Client, work, item);
        Assert.Equal("e…@club.example", asked.SentTo);
        var link = await LinkAsync(asked.Id);
        using var mentor = district.App.Browser();
        for (var look = 0; look < 3; look++)
        {
            var page = await mentor.GetStringAsync(link);
            Assert.Contains("How I did it", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        }

        using var answered = await AnswerAsync(mentor, link, "yes", "I stood beside.");

        Assert.Contains("Thank you", await answered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var teacher = await district.AsAsync(district.Teacher);
        using var list = await teacher.GetAsync(new Uri($"/api/submissions/{work}/confirmations", UriKind.Relative));
        var seen = Assert.Single((await list.ReadAsync<PageOf<ConfirmationView>>()).Items);
        Assert.Equal((true, "Coach Ellis", "Coach", "I stood beside."), (seen.Saw, seen.Name, seen.Relation, seen.Words));
        using var again = await mentor.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        var stored = System.Text.Json.JsonSerializer.Serialize((await district.Store.FindAsync(ConfirmationDocuments.Kind, asked.Id, default))!.Document);
        Assert.DoesNotContain("ellis@", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mentors_words_are_shown_as_text_and_sound_ones_are_asked_for()
    {
        var (learner, work, item) = await WorkAsync(district);
        var link = await LinkAsync((await AskAsync(learner.Client, work, item)).Id);
        using var mentor = district.App.Browser();

        using var refused = await AnswerAsync(mentor, link, "yes", "<script>alert(1)</script>\u202E");

        var page = await refused.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        using var accepted = await AnswerAsync(mentor, link, "no", "I was not there.");
        Assert.Contains("Thank you", await accepted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_link_ends_the_older_and_the_learner_is_never_given_one()
    {
        var (learner, work, item) = await WorkAsync(district);
        var asked = await AskAsync(learner.Client, work, item);
        using var denied = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/confirmations/{asked.Id}/links", null);
        await denied.RefusesAsync(404, "confirmation.not-found");
        var first = await LinkAsync(asked.Id);
        var second = await LinkAsync(asked.Id);
        using var mentor = district.App.Browser();

        using var old = await mentor.GetAsync(first);
        using var current = await mentor.GetAsync(second);

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.OK), (old.StatusCode, current.StatusCode));
    }

    [Fact]
    public async Task A_learner_asks_ten_at_a_time()
    {
        var (learner, work, item) = await WorkAsync(district);
        for (var asked = 0; asked < Confirmation.MaxWaiting; asked++)
        {
            await AskAsync(learner.Client, work, item);
        }

        using var answer = await learner.Client.PostAsync($"/api/submissions/{work}/confirmations", new { evidence = item, mentor = "Coach Ellis", address = "ellis@club.example" });

        await answer.RefusesAsync(409, "confirmation.too-many");
    }

    [Theory]
    [InlineData("ellis@club.example\r\nBcc: all@school.example")]
    [InlineData("ellis@club.example>, <all@school.example")]
    [InlineData("ellis")]
    [InlineData("ellis@club")]
    [InlineData("a@b@club.example")]
    [InlineData("@club.example")]
    [InlineData("")]
    public async Task A_letter_goes_to_one_address_and_nothing_else(string address)
    {
        var (learner, work, item) = await WorkAsync(district);

        using var answer = await learner.Client.PostAsync($"/api/submissions/{work}/confirmations", new { evidence = item, mentor = "Coach Ellis", address });

        await answer.RefusesAsync(422, "confirmation.address");
    }

    [Fact]
    public async Task The_letter_names_nobody_and_its_link_leads_to_the_page()
    {
        using var mail = new Letters();
        await using var app = await TestApp.StartAsync(settings => settings with { MailFolder = mail.Folder });
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var (learner, work, item) = await WorkAsync(own);
        await AskAsync(learner.Client, work, item);
        var letter = Assert.Single(await mail.TakeAsync(1));
        Assert.Contains("To: <ellis@club.example>", letter.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", letter.Body, StringComparison.Ordinal);
        using var browser = app.Browser();
        using var page = await browser.GetAsync(new Uri(LinkInLetter().Match(letter.Body).Value));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_mentors_yes_confirms_an_entry_and_confirmed_entries_become_proof()
    {
        var learner = await district.LearnerAsync();
        var (first, second) = (await WriteAsync(learner.Client, "2026-01-02", 90), await WriteAsync(learner.Client, "2026-01-03", 60));
        var draft = await district.DraftAsync(learner);
        var competency = draft.Draft[0].Competency;
        using var early = await learner.Client.PostAsync($"/api/submissions/{draft.Id}/logs", new { competency, title = "My days", entries = new[] { first.Id } });
        await early.RefusesAsync(409, "log.not-confirmed");
        using var asked = await learner.Client.PostAsync($"/api/logs/{first.Id}/confirmations", new { mentor = "Coach Ellis", address = "ellis@club.example" });
        using var mentor = district.App.Browser();
        using var answered = await AnswerAsync(mentor, await LinkAsync((await asked.ReadAsync<ConfirmationView>()).Id), "yes", "Two long evenings.");
        using var teacher = await district.AsAsync(district.Teacher);
        using var signed = await teacher.PostAsync($"/api/logs/{second.Id}/signatures", new { words = "Seen." });
        Assert.Equal(LogSigner.Teacher, (await signed.ReadAsync<LogEntryView>()).ConfirmedAs);

        using var proven = await learner.Client.PostAsync($"/api/submissions/{draft.Id}/logs", new { competency, title = "My days", entries = new[] { first.Id, second.Id } });

        var item = Assert.Single((await proven.ReadAsync<SubmissionView>()).Draft[0].Evidence);
        Assert.Equal((150, LearningContext.PersonalDay), (item.Log!.Minutes, item.Context));
        using var rewritten = await learner.Client.PutJsonAsync($"/api/logs/{first.Id}", Entry("2026-01-02", 900));
        await rewritten.RefusesAsync(409, "log.confirmed");
        using var totals = await learner.Client.GetAsync(new Uri($"/api/log-totals?organization={district.West}", UriKind.Relative));
        Assert.Contains(new LogTotal(LogKind.PersonalDay, 2, 150, 150), (await totals.ReadAsync<LogTotalsView>()).Items);
    }

    [Fact]
    public async Task An_entry_that_was_rewritten_after_the_question_is_not_what_the_mentor_confirmed()
    {
        var learner = await district.LearnerAsync();
        var entry = await WriteAsync(learner.Client, "2026-01-05", 15);
        using var asked = await learner.Client.PostAsync($"/api/logs/{entry.Id}/confirmations", new { mentor = "Coach Ellis", address = "ellis@club.example" });
        var link = await LinkAsync((await asked.ReadAsync<ConfirmationView>()).Id);
        using var rewritten = await learner.Client.PutJsonAsync($"/api/logs/{entry.Id}", Entry("2026-01-05", 900));
        Assert.Equal(HttpStatusCode.OK, rewritten.StatusCode);
        using var mentor = district.App.Browser();

        using var answered = await AnswerAsync(mentor, link, "yes", "A quarter of an hour.");

        Assert.Contains("Thank you", await answered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var read = await learner.Client.GetAsync(new Uri($"/api/logs/{entry.Id}", UriKind.Relative));
        Assert.Null((await read.ReadAsync<LogEntryView>()).ConfirmedAs);
    }

    [Fact]
    public async Task Who_supervises_the_internship_confirms_work_and_nothing_else()
    {
        var learner = await district.LearnerAsync();
        await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge);
        var personal = await WriteAsync(learner.Client, "2026-01-02", 60);
        var work = await WriteAsync(learner.Client, "2026-01-03", 60, "workBased");
        using var supervisor = await district.AsAsync(district.Supervisor);

        using var denied = await supervisor.PostAsync($"/api/logs/{personal.Id}/signatures", new { });
        using var signed = await supervisor.PostAsync($"/api/logs/{work.Id}/signatures", new { });
        using var list = await supervisor.GetAsync(new Uri($"/api/logs?organization={district.West}&learner={learner.Person}", UriKind.Relative));

        await denied.RefusesAsync(404, "log.not-found");
        Assert.Equal(LogSigner.Supervisor, (await signed.ReadAsync<LogEntryView>()).ConfirmedAs);
        Assert.Equal(work.Id, Assert.Single((await list.ReadAsync<PageOf<LogEntryView>>()).Items).Id);
    }

    [Theory]
    [InlineData("2026-01-02", 0, "log.minutes")]
    [InlineData("2026-01-02", 1441, "log.minutes")]
    [InlineData("2126-01-02", 60, "log.day")]
    [InlineData("1926-01-02", 60, "log.day")]
    public async Task An_entry_tells_of_what_can_have_been(string on, int minutes, string code)
    {
        var learner = await district.LearnerAsync();

        using var answer = await learner.Client.PostAsync("/api/logs", new { organization = district.West.Value, entry = Entry(on, minutes) });

        await answer.RefusesAsync(422, code);
    }

    [Fact]
    public async Task A_day_has_twenty_four_hours()
    {
        var learner = await district.LearnerAsync();
        var entry = await WriteAsync(learner.Client, "2026-01-02", 1400);

        using var more = await learner.Client.PostAsync("/api/logs", new { organization = district.West.Value, entry = Entry("2026-01-02", 41) });
        using var rewritten = await learner.Client.PutJsonAsync($"/api/logs/{entry.Id}", Entry("2026-01-02", 1440));

        await more.RefusesAsync(422, "log.day-full");
        Assert.Equal(1440, (await rewritten.ReadAsync<LogEntryView>()).Minutes);
    }

    private static async Task<(TestLearner Learner, SubmissionId Work, string Evidence)> WorkAsync(TestDistrict district)
    {
        var learner = await district.LearnerAsync();
        var work = await district.TurnedInAsync(learner.Person);
        return (learner, work, (await district.StoredAsync(work)).Document.Attempts[0].Work[0].Items[0].Id);
    }

    private static async Task<ConfirmationView> AskAsync(HttpClient learner, SubmissionId work, string evidence)
    {
        using var asked = await learner.PostAsync($"/api/submissions/{work}/confirmations", new { evidence, mentor = "Coach Ellis", address = "ellis@club.example" });
        return await asked.ReadAsync<ConfirmationView>();
    }

    private async Task<Uri> LinkAsync(string confirmation)
    {
        using var teacher = await district.AsAsync(district.Teacher);
        using var made = await teacher.SendJsonAsync(HttpMethod.Post, $"/api/confirmations/{confirmation}/links", null);
        return new((await made.ReadAsync<MentorLinkView>()).Link);
    }

    private static async Task<HttpResponseMessage> AnswerAsync(HttpClient mentor, Uri link, string saw, string words)
    {
        var token = AntiforgeryToken().Match(await mentor.GetStringAsync(link)).Groups[1].Value;
        return await mentor.PostAsync(link, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["_handler"] = "answer", ["Name"] = "Coach Ellis", ["Relation"] = "Coach", ["SeenOn"] = "2026-01-02", ["Words"] = words, ["Saw"] = saw,
        }));
    }

    private async Task<LogEntryView> WriteAsync(HttpClient learner, string on, int minutes, string kind = "personalDay")
    {
        using var written = await learner.PostAsync("/api/logs", new { organization = district.West.Value, entry = Entry(on, minutes, kind) });
        var view = await written.ReadAsync<LogEntryView>();
        Assert.Equal(minutes, view.Minutes);
        Assert.Equal(on, view.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return view;
    }

    private static object Entry(string on, int minutes, string kind = "personalDay") => new { kind, on, minutes, place = "City library", did = "Read two chapters.", reflection = "Notes help.", plan = "Three chapters." };

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();

    [GeneratedRegex("https?://\\S+/confirmation/\\S+")]
    private static partial Regex LinkInLetter();
}
