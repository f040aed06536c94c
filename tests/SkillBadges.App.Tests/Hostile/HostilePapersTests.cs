using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Issuing;
using SkillBadges.App.Layout;
using SkillBadges.App.Tests.Browser;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Pdf;
using SkillBadges.Core.Gradebook.Hours;
using SkillBadges.Core.Gradebook.Papers;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Hostile;

/// <summary>
/// Each of the payloads in every text of every document at once: certificate, transcript, letter, conference sheet and hours are drawn 500 times. None of them has a name or an address in it that the
/// document of plain words has not; what other programs say of some of them agrees.
/// </summary>
[Collection(DistrictCollection.Name)]
public sealed class HostilePapersTests(TestDistrict district, ITestOutputHelper output)
{
    // Other programs look at every so manieth: each shape and each way of the payloads is among them.
    private const int Apart = 21;

    private static readonly DateTimeOffset now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Texts english = new("en");

    [PdfFact]
    public async Task Each_of_500_payloads_in_every_text_of_a_document_stays_text()
    {
        foreach (var (name, draw) in await DrawingsAsync())
        {
            var plain = PdfActions.Of(draw("Plain words"));
            var faults = Payloads.All.AsParallel().SelectMany(payload => PdfActions.Of(draw(payload)).Except(plain).Select(foreign => $"{name} of {payload}: {foreign}")).ToList();
            Assert.Empty(faults);
            var looked = Payloads.All.Where((_, number) => number % Apart == 0).ToList();
            Parallel.ForEach(looked, payload => LookAt(name, draw(payload), payload));
            output.WriteLine($"{name}: drawn of {Payloads.All.Count} payloads, {looked.Count} of them read by other programs.");
        }
    }

    private static void LookAt(string name, byte[] document, string payload)
    {
        Gradebook.HostileDownloadTests.HoldsNoAction(document);
        Assert.True(Bare(PdfTools.Text(document)).Contains(Bare(payload)[..12], StringComparison.Ordinal), $"{name} does not say {payload}");
    }

    // Lines break anywhere.
    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private async Task<IReadOnlyList<(string Name, Func<string, byte[]> Draw)>> DrawingsAsync()
    {
        var learner = await district.LearnerAsync();
        var award = (await district.ApprovedAsync(learner.Person, TestDistrict.CoSignedBadge)).Answer.Award!.Id;
        var policy = await RecordAsync(learner);
        var (actor, services) = (new Actor(learner.Person), district.App.Services);
        var certificate = await services.GetRequiredService<CertificateReading>().ReadAsync(actor, AwardId.From(award), "es", default);
        var papers = services.GetRequiredService<PaperReading>();
        var letter = await papers.LetterAsync(actor, learner.Person, null, district.West, policy, "en", default);
        var sheet = await papers.SheetAsync(actor, learner.Person, null, district.West, policy, 12, "en", default);
        var hours = await services.GetRequiredService<HoursReading>().ReadAsync(actor, learner.Person, district.West, null, default);
        var profile = new SchoolProfile("About us", "https://school.example/policies");
        Assert.NotEmpty(hours.Lines);
        Assert.NotEmpty(sheet.Goals);
        Assert.NotEmpty(letter.Record.Courses);
        return
        [
            ("The certificate", text => CertificatePage.Draw(Rewritten.With(certificate, text), null, null, english, PdfTools.Typesetter)),
            ("The transcript", text => TranscriptPages.Draw(Rewritten.With(letter.Record, text), Rewritten.With(profile, text), english, PdfTools.Typesetter, now)),
            ("The letter", text => ScholarshipPages.Draw(Rewritten.With(letter, text), english, PdfTools.Typesetter, now)),
            ("The conference sheet", text => ConferencePages.Draw(Rewritten.With(sheet, text), english, PdfTools.Typesetter, now)),
            ("The hours", text => HoursPages.Draw(Rewritten.With(hours, text), english, PdfTools.Typesetter, now)),
        ];
    }

    /// <returns>The policy that letters are made under.</returns>
    private async Task<string> RecordAsync(TestLearner learner)
    {
        using var registrar = await district.AsAsync(district.WestRegistrar);
        var entry = new { kind = "service", on = "2026-01-05", minutes = 60, place = "Food bank", did = "Sorted cans", reflection = "Older people wait longest" };
        await SendAsync(learner.Client, "/api/logs", new { organization = district.West.Value, entry });
        var course = new { title = "Algebra 2", code = "MAT-220", letter = "B", credits = 1, term = "Fall", completedOn = "2025-12-19", source = "Lakeside Academy" };
        await SendAsync(registrar, $"/api/learners/{learner.Person}/courses", new { organizationId = district.West.Value, course });
        var plan = await SendAsync(registrar, "/api/plans", new { learnerId = learner.Person.Value, organizationId = district.West.Value });
        using var goals = new HttpRequestMessage(HttpMethod.Put, new Uri($"/api/plans/{plan["id"]}", UriKind.Relative))
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { pathway = "Welding", goals = new[] { new { id = "g", text = "A first job", steps = "Ask around" } }, targets = Array.Empty<object>() }),
        };
        goals.Headers.TryAddWithoutValidation("If-Match", "\"v1\"");
        using var written = await registrar.SendAsync(goals);
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync());
        var terms = new
        {
            name = "Letters", authority = "Board", note = "A note", letters = new[] { new { letter = "B", points = 3 } }, scales = new[] { new { scale = "four-level@1", levels = new { proficient = "B" } } },
            skills = "decided", courses = "all", weighsByCredit = false, decimals = 2, rounding = "half-up", effectiveFrom = "2020-07-01",
        };
        return (await SendAsync(registrar, "/api/grade-policies", new { organizationId = district.West.Value, terms }))["id"]!.GetValue<string>();
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> SendAsync(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsync(address, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {text}");
        return System.Text.Json.Nodes.JsonNode.Parse(text)!;
    }
}
