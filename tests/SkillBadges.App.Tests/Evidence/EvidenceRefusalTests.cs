using System.Globalization;
using System.Text;
using SkillBadges.App.Evidence;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>Proof that is not taken, each with its code; the draft is as it was.</summary>
[Collection(DistrictCollection.Name)]
public sealed class EvidenceRefusalTests(TestDistrict district)
{
    private static readonly string Long = new('n', 10_000);

    public static readonly TheoryData<string, string, int, string> Bodies = new()
    {
        { "a script for a link", """{"competency":"$","title":"t","url":"javascript:alert(1)"}""", 422, "evidence.url" },
        { "data for a link", """{"competency":"$","title":"t","url":"data:text/html,x"}""", 422, "evidence.url" },
        { "a file for a link", """{"competency":"$","title":"t","url":"file:///etc/passwd"}""", 422, "evidence.url" },
        { "a link with a name and a password", """{"competency":"$","title":"t","url":"https://a:b@example.org/"}""", 422, "evidence.url" },
        { "a link that is too long", $$"""{"competency":"$","title":"t","url":"https://example.org/{{Long}}"}""", 422, "evidence.url" },
        { "a link with a line break", """{"competency":"$","title":"t","url":"https://example.org/\nx"}""", 422, "evidence.url" },
        { "a title of 10,000 characters", $$"""{"competency":"$","title":"{{Long}}","text":"x"}""", 422, "evidence.title" },
        { "no title", """{"competency":"$","title":" ","text":"x"}""", 422, "evidence.title" },
        { "a title that turns the direction", """{"competency":"$","title":"a\u202Egpj.exe","text":"x"}""", 422, "evidence.title" },
        { "a title missing", """{"competency":"$","text":"x"}""", 400, "request.missing-member" },
        { "empty text", """{"competency":"$","title":"t","text":" "}""", 422, "evidence.text" },
        { "text of 20,001 characters", $$"""{"competency":"$","title":"t","text":"{{new string('x', 20_001)}}"}""", 422, "evidence.text" },
        { "nothing of the three", """{"competency":"$","title":"t"}""", 422, "evidence.one-kind" },
        { "two of the three", """{"competency":"$","title":"t","text":"x","url":"https://example.org"}""", 422, "evidence.one-kind" },
        { "a certificate without number", """{"competency":"$","title":"t","certificate":{"number":" ","issuer":"OSHA"}}""", 422, "evidence.certificate" },
        { "a certificate that lacks its number", """{"competency":"$","title":"t","certificate":{"issuer":"OSHA"}}""", 400, "request.missing-member" },
        { "a certificate with 10,000 digits", $$"""{"competency":"$","title":"t","certificate":{"number":"{{Long}}","issuer":"OSHA"} }""", 422, "evidence.certificate" },
        { "a certificate without issuer", """{"competency":"$","title":"t","certificate":{"number":"1","issuer":""}}""", 422, "evidence.certificate" },
        { "a certificate that ends on no day", """{"competency":"$","title":"t","certificate":{"number":"1","issuer":"OSHA","expiresOn":"2026-02-30"}}""", 400, "request.wrong-type" },
        { "an unknown option", """{"competency":"$","title":"t","text":"x","option":"no-such"}""", 422, "evidence.unknown-option" },
        { "an option of 10,000 characters", $$"""{"competency":"$","title":"t","text":"x","option":"{{Long}}"}""", 422, "evidence.unknown-option" },
        { "an unknown skill", """{"competency":"no-such","title":"t","text":"x"}""", 422, "definition.unknown-competency" },
        { "an unknown skill with an option", """{"competency":"no-such","title":"t","text":"x","option":"a"}""", 422, "definition.unknown-competency" },
        { "a context that is unknown", """{"competency":"$","title":"t","text":"x","context":"moon"}""", 400, "request.wrong-type" },
        { "a context as a number", """{"competency":"$","title":"t","text":"x","context":1}""", 400, "request.wrong-type" },
        { "a title that is a number", """{"competency":"$","title":5,"text":"x"}""", 400, "request.wrong-type" },
        { "a title that is null", """{"competency":"$","title":null,"text":"x"}""", 400, "request.wrong-type" },
        { "an unknown member", """{"competency":"$","title":"t","text":"x","digest":"00"}""", 400, "request.unknown-member" },
        { "an unknown member inside", """{"competency":"$","title":"t","certificate":{"number":"1","issuer":"x","verified":true}}""", 400, "request.unknown-member" },
        { "a member twice", """{"competency":"$","title":"t","title":"u","text":"x"}""", 400, "request.duplicate-member" },
        { "half a body", """{"competency":"$","title":"t",""", 400, "request.malformed-json" },
        { "half a surrogate pair", """{"competency":"$","title":"\uD800","text":"x"}""", 400, "request.text-not-storable" },
        { "a zero character", """{"competency":"$","title":"a\u0000b","text":"x"}""", 400, "request.text-not-storable" },
        { "a list", "[]", 400, "request.wrong-type" },
        { "nothing", "", 400, "request.body-missing" },
    };

    public static readonly TheoryData<string, int, string> Files = new()
    {
        { "svg", 422, "evidence.markup" },
        { "html", 422, "evidence.markup" },
        { "heic", 422, "evidence.heic" },
        { "zip", 422, "evidence.truncated" },
        { "exe", 422, "evidence.executable" },
        { "empty", 422, "evidence.file-type" },
        { "gif", 422, "evidence.file-type" },
        { "path up", 422, "evidence.file-name" },
        { "path up with backslashes", 422, "evidence.file-name" },
        { "absolute path", 422, "evidence.file-name" },
        { "drive", 422, "evidence.file-name" },
        { "escaped path", 422, "evidence.file-name" },
        { "hidden", 422, "evidence.file-name" },
        { "disguised", 422, "evidence.file-name" },
        { "ends in a dot", 422, "evidence.file-name" },
        { "name of 10,000 characters", 422, "evidence.file-name" },
        { "no name", 422, "evidence.form" },
        { "no title", 422, "evidence.title" },
        { "title of 4,000 characters", 422, "evidence.title" },
        { "title over 4 KB", 422, "evidence.form" },
        { "no competency", 422, "definition.unknown-competency" },
        { "unknown competency", 422, "definition.unknown-competency" },
        { "unknown option", 422, "evidence.unknown-option" },
        { "unknown context", 422, "evidence.form" },
        { "unknown field", 422, "evidence.form" },
        { "field twice", 422, "evidence.form" },
        { "field not utf-8", 422, "evidence.form" },
        { "field after the file", 422, "evidence.form" },
        { "two files", 422, "evidence.form" },
        { "no file", 422, "evidence.form" },
        { "truncated in the file", 422, "evidence.form" },
        { "truncated in a field", 422, "evidence.form" },
        { "nothing", 422, "evidence.form" },
        { "json", 415, "request.media-type" },
        { "no boundary", 415, "request.media-type" },
        { "stale", 412, "request.stale" },
        { "If-Match that is none", 400, "request.if-match" },
        { "key that is none", 400, "request.idempotency-key" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Proof_that_breaks_a_rule_is_refused(string what, string body, int status, string code)
    {
        var learner = await district.LearnerAsync();
        var draft = await district.DraftAsync(learner);

        using var answer = await learner.Client.PostTextAsync($"/api/submissions/{draft.Id}/evidence", body.Replace("$", draft.Draft[0].Competency, StringComparison.Ordinal));

        await answer.RefusesAsync(status, code);
        await UnchangedAsync(draft, what);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_that_breaks_a_rule_is_refused(string what, int status, string code)
    {
        var learner = await district.LearnerAsync();
        var draft = await district.DraftAsync(learner);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/submissions/{draft.Id}/files", UriKind.Relative)) { Content = UploadForms.Bad(what, draft.Draft[0].Competency) };
        if (what is "stale" or "If-Match that is none" or "key that is none")
        {
            request.Headers.TryAddWithoutValidation(what.StartsWith("key", StringComparison.Ordinal) ? "Idempotency-Key" : "If-Match", what == "stale" ? "\"v99\"" : "no such");
        }

        using var answer = await learner.Client.SendAsync(request);

        await answer.RefusesAsync(status, code);
        await UnchangedAsync(draft, what);
    }

    [Fact]
    public async Task Every_hostile_file_is_refused_at_the_door_with_its_own_code_whatever_it_calls_itself_and_nothing_of_it_is_kept()
    {
        await using var app = await TestApp.StartAsync(settings => settings with { MaxFileBytes = 100_000_000 });
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var learner = await own.LearnerAsync();
        var draft = await own.DraftAsync(learner);
        var before = Kept(app);
        var wrong = new List<string>();
        var cases = HostileFiles.Cases.Select(row => ((string)row[0], (string)row[1])).ToList();
        Assert.True(cases.Count >= 60, $"Only {cases.Count} files are tried.");
        foreach (var (what, code) in cases)
        {
            using var answer = await learner.Client.PostAsync(
                new Uri($"/api/submissions/{draft.Id}/files", UriKind.Relative), UploadForms.Good(draft.Draft[0].Competency, "photo.png", HostileFiles.Of(what)));
            var problem = await answer.ProblemAsync();
            if ((problem.Status, problem.Code) != (422, code))
            {
                wrong.Add($"{what}: {problem.Status} {problem.Code} in place of {code}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(before, Kept(app));
        Assert.Equal(1, (await own.StoredAsync(SubmissionId.From(draft.Id))).Version);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_and_nothing_of_it_stays()
    {
        await using var app = await TestApp.StartAsync(settings => settings with { MaxFileBytes = 10_000 });
        var small = new TestDistrict(app);
        await small.PopulateAsync();
        var learner = await small.LearnerAsync();
        var draft = await small.DraftAsync(learner);

        using var answer = await learner.Client.PostAsync(
            new Uri($"/api/submissions/{draft.Id}/files", UriKind.Relative), UploadForms.Good(draft.Draft[0].Competency, "photo.png", UploadForms.Png(10_001)));

        await answer.RefusesAsync(422, "file.too-large");
        Assert.Equal(1, (await small.StoredAsync(SubmissionId.From(draft.Id))).Version);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.Settings.DataFolder, "files", "incoming")));
        using var fits = await learner.Client.PostAsync(
            new Uri($"/api/submissions/{draft.Id}/files", UriKind.Relative), UploadForms.Good(draft.Draft[0].Competency, "photo.png", UploadForms.Png(10_000)));
        Assert.Equal(10_000, Assert.Single((await fits.ReadAsync<SubmissionView>()).Draft[0].Evidence).Bytes);
    }

    [Theory]
    [InlineData("\u0635\u0648\u0631\u0629 \u0627\u0644\u0644\u062D\u0627\u0645", "\u0644\u062D\u0627\u0645-3.png")]
    [InlineData("\u05E8\u05D9\u05EA\u05D5\u05DA", "\u05EA\u05DE\u05D5\u05E0\u05D4.png")]
    [InlineData("Schwei\u00DFnaht \u2014 \u7B2C\u4E09", "\u7B2C\u4E09 \uD83D\uDD25.png")]
    public async Task Titles_and_file_names_of_any_script_are_taken_and_given_back(string title, string fileName)
    {
        var learner = await district.LearnerAsync();
        var draft = await district.DraftAsync(learner);

        using var answer = await learner.Client.PostAsync(
            new Uri($"/api/submissions/{draft.Id}/files", UriKind.Relative), UploadForms.Good(draft.Draft[0].Competency, fileName, UploadForms.Png(100), title));

        var item = Assert.Single((await answer.ReadAsync<SubmissionView>()).Draft[0].Evidence);
        Assert.Equal((title, fileName, "image/png"), (item.Title, item.FileName, item.MediaType));
        using var file = await learner.Client.GetAsync(new Uri($"/api/submissions/{draft.Id}/evidence/{item.Id}/content", UriKind.Relative));
        Assert.Equal(fileName, file.Content.Headers.ContentDisposition?.FileNameStar);
    }

    [Fact]
    public async Task A_file_is_handed_out_as_a_download_in_which_nothing_can_run()
    {
        var learner = await district.LearnerAsync();
        var draft = await district.DraftAsync(learner);
        var bytes = Encoding.UTF8.GetBytes("Notes. <script>alert(document.domain)</script>");
        using var added = await learner.Client.PostAsync(new Uri($"/api/submissions/{draft.Id}/files", UriKind.Relative), UploadForms.Good(draft.Draft[0].Competency, "notes\";x.html", bytes));
        await added.RefusesAsync(422, "evidence.file-name");
        using var again = await learner.Client.PostAsync(new Uri($"/api/submissions/{draft.Id}/files", UriKind.Relative), UploadForms.Good(draft.Draft[0].Competency, "notes.html", bytes));
        var item = Assert.Single((await again.ReadAsync<SubmissionView>()).Draft[0].Evidence);

        using var answer = await learner.Client.GetAsync(new Uri($"/api/submissions/{draft.Id}/evidence/{item.Id}/content", UriKind.Relative));

        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("attachment", "text/plain"), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
    }

    private static int Kept(TestApp app) => ((string[])["files", "uploads"]).Select(folder => Path.Combine(app.Settings.DataFolder, folder)).Where(Directory.Exists)
        .Sum(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count());

    private async Task UnchangedAsync(SubmissionView draft, string what)
    {
        var stored = await district.StoredAsync(SubmissionId.From(draft.Id));
        Assert.True(stored.Version == 1, string.Create(CultureInfo.InvariantCulture, $"{what}: the draft is at version {stored.Version}."));
        Assert.All(stored.Document.Draft, work => Assert.Empty(work.Items));
    }
}
