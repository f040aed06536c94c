using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Browser;
using SkillBadges.App.Tests.Definitions;
using SkillBadges.App.Tests.Gradebook;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Pdf;
using SkillBadges.App.Tests.Sharing;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Hostile;

/// <summary>
/// Markup typed into the fields that no tour in a browser types into: hours, profile, notebook, plans, courses, policies, requests for records, translations, messages. On every page that shows
/// them it is text, in every file it is told apart from orders, and what is for programs is never taken for a page.
/// </summary>
[Collection(DistrictCollection.Name)]
public sealed class HostileFieldTests(TestDistrict district)
{
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly List<string> looked = [];
    private int next;

    [Fact]
    public void What_reads_pages_here_sees_what_runs_and_leaves_text_alone()
    {
        foreach (var running in new[]
        {
            "<p><script>ran(1)</script>", "<img/src='x'/onerror=ran(1)>", "<a href=\"&#106;ava&#10;script:ran(1)\">", "<SVG ONLOAD=ran(1)>", "<input value='x' autofocus onfocus=ran(1)>", "<iframe srcdoc=x>", "<script src=//elsewhere.example/x.js></script>",
            "<meta http-equiv=refresh>", "<p title=\"\"><img src=x onerror=ran(1)>\">", "<form action=javascript:ran(1)>",
        })
        {
            Assert.NotEmpty(PageMarkup.Foreign(running));
        }

        Assert.Empty(PageMarkup.Foreign("<script src=\"/app.js\"></script><p title=\"&quot;&gt;&lt;img src=x onerror=ran(1)&gt;\">&lt;script&gt; a < b <a href=\"/x?q=javascript:\">x</a><!-- <script> --><img src=\"data:image/png;base64,AA\">"));
    }

    [PdfFact]
    public async Task None_of_500_payloads_becomes_markup_in_a_page_an_action_in_a_document_or_a_page_of_its_own()
    {
        var school = (await district.App.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        var (teacher, registrar) = (await district.App.PersonAsync(school, Role.Teacher), await district.App.PersonAsync(school, Role.Registrar));
        var learner = await district.LearnerAsync(school, teacher);
        using var asTeacher = await district.AsAsync(teacher);
        using var asRegistrar = await district.AsAsync(registrar);
        using var ownPages = PageVisitor.Of(district.App, learner.Client);
        using var office = await PageVisitor.OfAsync(district.App, registrar);
        using var classroom = await PageVisitor.OfAsync(district.App, teacher);

        await WriteOwnAsync(learner, asTeacher, school);
        await LookAsync(ownPages, "/hours", "/notebook", "/profile");
        await LookAsync(classroom, $"/profile/{learner.Person}");
        await WritePlanAsync(asRegistrar, learner, school, office);
        await WriteOfficeAsync(asRegistrar, learner, school, office);
        await LookAsync(ownPages, "/record", "/plan");
        await ReadFilesAsync(learner, school);
        await TranslateAsync();
        await AskTalentAsync();

        Assert.Equal(500, Payloads.All.Count(used.Contains));
        Assert.Equal(looked.Distinct(), looked);
    }

    private async Task WriteOwnAsync(TestLearner learner, HttpClient asTeacher, OrganizationId school)
    {
        foreach (var (kind, on) in new[] { ("service", "2026-01-05"), ("workBased", "2026-01-06"), ("personalDay", "2026-01-07") })
        {
            var entry = await SendAsync(learner.Client, HttpMethod.Post, "/api/logs", new { organization = school.Value, entry = new { kind, on, minutes = 60, place = Text(200), did = Text(3_000), reflection = Text(3_000), plan = Text(2_000) } });
            await SendAsync(asTeacher, HttpMethod.Post, $"/api/logs/{entry["id"]}/signatures", new { words = Text(200) });
        }

        var seen = new { id = "1", learner = learner.Person.Value, level = "developing", note = Text(400) };
        await SendAsync(asTeacher, HttpMethod.Post, "/api/observations", new { badge = TestDistrict.Badge, competency = district.Definition.Competencies[0].Id, organization = school.Value, items = new[] { seen } });

        await SendAsync(learner.Client, HttpMethod.Put, "/api/notebook", new { goals = Enumerable.Range(0, 3).Select(number => new { id = $"g{number}", text = Text(500) }) }, 0);
        await SendAsync(learner.Client, HttpMethod.Post, "/api/notebook/notes", new { text = Text(2_000) });
        var profile = $"/api/learners/{learner.Person}/profile";
        await SendAsync(learner.Client, HttpMethod.Put, profile, new { lines = new[] { "strengths", "challenges", "goals" }.Select(block => new { id = block, block, text = Text(500) }) }, 0);
        await SendAsync(learner.Client, HttpMethod.Put, $"{profile}/audiences", new { shown = new[] { "strengths", "goals" }.Select(block => new { block, to = new[] { "teachers" } }) }, 1);
        await SendAsync(asTeacher, HttpMethod.Post, $"{profile}/proposals", new { school = school.Value, block = "strengths", text = Text(500) });
    }

    private async Task WritePlanAsync(HttpClient asRegistrar, TestLearner learner, OrganizationId school, PageVisitor office)
    {
        var plan = (await SendAsync(asRegistrar, HttpMethod.Post, "/api/plans", new { learnerId = learner.Person.Value, organizationId = school.Value }))["id"];
        var targets = new[] { new { id = "t", period = Text(60), badge = TestDistrict.Badge } };
        await SendAsync(asRegistrar, HttpMethod.Put, $"/api/plans/{plan}", new { pathway = Text(200), goals = new[] { new { id = "g", text = Text(1_500), steps = Text(1_500) } }, targets }, 1);
        await SendAsync(asRegistrar, HttpMethod.Post, $"/api/plans/{plan}/reviews", new { notes = Text(1_500) });
        await LookAsync(office, $"/plans/{plan}", $"/advising/{school}/{learner.Person}");
    }

    private async Task WriteOfficeAsync(HttpClient asRegistrar, TestLearner learner, OrganizationId school, PageVisitor office)
    {
        var course = new { title = Text(150), code = Text(30), letter = "<i>", credits = 1, term = Text(60), completedOn = "2025-12-19", source = Text(150) };
        await SendAsync(asRegistrar, HttpMethod.Post, $"/api/learners/{learner.Person}/courses", new { organizationId = school.Value, course });
        var wrong = await SendAsync(asRegistrar, HttpMethod.Post, $"/api/learners/{learner.Person}/courses", new { organizationId = school.Value, course });
        await SendAsync(asRegistrar, HttpMethod.Post, $"/api/courses/{wrong["id"]}/retraction", new { reason = Text(200) });
        var terms = new
        {
            name = Text(100), authority = Text(100), note = Text(500), letters = new[] { new { letter = "<b>", points = 3 } }, scales = new[] { new { scale = "four-level@1", levels = new { proficient = "<b>" } } },
            skills = "decided", courses = "all", weighsByCredit = false, decimals = 2, rounding = "half-up", effectiveFrom = "2020-07-01",
        };
        policy = (await SendAsync(asRegistrar, HttpMethod.Post, "/api/grade-policies", new { organizationId = school.Value, terms }))["id"]!.GetValue<string>();
        var request = (await SendAsync(asRegistrar, HttpMethod.Post, "/api/transfers", new { recordKeeper = school.Value, receiverName = Text(150), ground = "enrollment", about = Text(200) }))["id"];
        await SendAsync(asRegistrar, HttpMethod.Post, $"/api/transfers/{request}/refusal", new { reason = Text(200) });
        await LookAsync(office, $"/office/{school}/people/{learner.Person}/courses", $"/office/{school}/policies", $"/office/{school}/requests", $"/office/{school}/requests/{request}");
    }

    private string policy = "";

    private async Task ReadFilesAsync(TestLearner learner, OrganizationId school)
    {
        var (record, own) = ($"/api/learners/{learner.Person}", $"issuer={school}&policy={Uri.EscapeDataString(policy)}");
        foreach (var address in new[] { $"{record}/hours?organization={school}", $"{record}/transcript?form=pdf&{own}", $"{record}/conference-sheet?{own}", $"{record}/scholarship-letter?{own}" })
        {
            using var answer = await learner.Client.GetAsync(new Uri($"{address}&language=es", UriKind.Relative));
            var document = await answer.Content.ReadAsByteArrayAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{address}: {System.Text.Encoding.UTF8.GetString(document)}");
            HostileDownloadTests.Saved(answer, "application/pdf");
            HostileDownloadTests.HoldsNoAction(document);
            Assert.Contains("ran(", PdfTools.Text(document), StringComparison.Ordinal);
        }
    }

    private async Task TranslateAsync()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        using var author = PageVisitor.Of(district.App, workshop.LeadAdmin);
        var address = $"/authoring/{workshop.Slug}/translations?language=fr";
        await author.SendAsync(address, "translate", ("name", Text(100)), ("description", Text(300)), ("criteria", Text(500)), ("Note", Text(200)));
        Look(address, author.Html);
        await LookAsync(author, $"/authoring/{workshop.Slug}/changes");
    }

    private async Task AskTalentAsync()
    {
        using var scene = await TalentScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(19, TestDistrict.CoSignedBadge);
        var search = await scene.FoundAsync(TestDistrict.CoSignedBadge);
        foreach (var talent in search.Found.Take(9))
        {
            await SendAsync(scene.Client, HttpMethod.Post, "/api/talent-contacts", new { search = search.Search, reference = talent.Reference, message = Text(480) });
        }

        using var pages = PageVisitor.Of(district.App, learner.Client);
        await LookAsync(pages, "/talent");
    }

    // What programs read says what it is, and a browser keeps to that.
    private static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string address, object body, int? version = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = JsonContent.Create(body) };
        if (version is { } read)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"v{read}\"");
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {address}: {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
        return JsonNode.Parse(text)!;
    }

    private async Task LookAsync(PageVisitor visitor, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            await visitor.OpenAsync(address);
            Look(address, visitor.Html);
        }
    }

    private void Look(string address, string html)
    {
        looked.Add(address);
        Assert.True(html.Contains("ran(", StringComparison.Ordinal), $"{address} shows none of them.");
        Assert.Empty(PageMarkup.Foreign(html));
        Assert.Empty(Payloads.All.Where(payload => payload.Contains('<', StringComparison.Ordinal) && html.Contains(payload, StringComparison.Ordinal)));
    }

    // The next ones, as many as a field takes.
    private string Text(int most)
    {
        var text = "";
        while (Payloads.All[next % Payloads.All.Count] is var payload && text.Length + payload.Length + 1 <= most)
        {
            text += text.Length == 0 ? payload : $" {payload}";
            used.Add(payload);
            next++;
        }

        return text.Length > 0 ? text : "<svg/onload=ran(0)>";
    }
}
