using System.Text.Json.Nodes;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Pdf;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Evidence.Mentors;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>What of a record is handed out on paper, beside the transcript.</summary>
[Collection(DistrictCollection.Name)]
public sealed class PapersTests(TestDistrict district)
{
    [PdfFact]
    public async Task Hours_on_paper_say_who_stands_by_them_and_keep_the_others_apart()
    {
        var learner = await district.LearnerAsync();
        await LogAsync(learner.Person, new(LogKind.Service, new(2025, 10, 3), 90, "Food bank", "Sorted cans.", "Older people wait longest."), LogSigner.Teacher);
        await LogAsync(learner.Person, new(LogKind.WorkBased, new(2025, 10, 4), 240, "Northside Market", "Took in the delivery.", "Cold goods first."), LogSigner.Mentor);
        await LogAsync(learner.Person, new(LogKind.Service, new(2025, 10, 5), 600, "The library", "Read aloud.", "Slowly."), null);

        var document = await learner.Client.GetByteArrayAsync(Hours(learner.Person, "&language=en"));
        PdfTools.Check(document);
        var text = PdfTools.Text(document);

        foreach (var words in new[] { "Ada Lovelace", "1 h 30 min", "2025-2026", "Coach Ellis", "Older people wait longest.", "Not confirmed, and in no sum above: 10 h." })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.True(text.IndexOf("Not confirmed yet", StringComparison.Ordinal) < text.IndexOf("The library", StringComparison.Ordinal));
        Assert.DoesNotContain("11 h", text, StringComparison.Ordinal);
        Assert.Contains("Horas confirmadas", PdfTools.Text(await learner.Client.GetByteArrayAsync(Hours(learner.Person, "&language=es"))), StringComparison.Ordinal);
        Assert.Contains("/Lang <feff00650073>", PdfTools.Objects(await learner.Client.GetByteArrayAsync(Hours(learner.Person, "&language=es"))), StringComparison.Ordinal);
        Assert.DoesNotContain("Food bank", PdfTools.Text(await learner.Client.GetByteArrayAsync(Hours(learner.Person, "&year=2026"))), StringComparison.Ordinal);
        using var unknown = await learner.Client.GetAsync(Hours(learner.Person, "&language=tlh"));
        await unknown.RefusesAsync(422, "paper.language");
    }

    [PdfFact]
    public async Task A_transcript_names_the_version_of_the_policy_that_its_letters_and_average_were_made_with()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        using var registrar = await district.AsAsync(district.WestRegistrar);
        var first = await (await registrar.PostAsync("/api/grade-policies", Policy(3))).ReadAsync<GradePolicyView>();
        var second = await (await registrar.PostAsync($"/api/grade-policies/{first.Key}/versions", Policy(3.5m))).ReadAsync<GradePolicyView>();
        Assert.Equal((1, 2), (first.Version, second.Version));

        var now = await TranscriptAsync(learner, first.Key);
        foreach (var words in new[] { "CONVERTED", "Policy: Letters for scholarships, version 2", "A HighSchool, Board resolution 7", "Average, converted: 3.50", "no letter", "are not decisions" })
        {
            Assert.Contains(words, now, StringComparison.Ordinal);
        }

        var again = await TranscriptAsync(learner, first.Id);
        Assert.Contains("Policy: Letters for scholarships, version 1", again, StringComparison.Ordinal);
        Assert.Contains("Average, converted: 3.00", again, StringComparison.Ordinal);
        Assert.True(now.IndexOf("Proficient", StringComparison.Ordinal) < now.IndexOf("Converted letters", StringComparison.Ordinal));

        using var elsewhere = await district.AsAsync(district.EastRegistrar);
        using var other = await elsewhere.PostAsync($"/api/grade-policies/{first.Key}/versions", Policy(4));
        await other.RefusesAsync(403, "role.missing");
        using var unknown = await learner.Client.GetAsync(new Uri($"/api/learners/{learner.Person}/transcript?form=pdf&policy=no-such", UriKind.Relative));
        await unknown.RefusesAsync(404, "grade-policy.not-found");
    }

    [PdfFact]
    public async Task Courses_with_letters_stand_beside_skills_with_levels_signed_and_on_paper()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        using var registrar = await district.AsAsync(district.WestRegistrar);
        var kept = await RecordAsync(registrar, learner.Person, "Algebra 2", "B+", "Lakeside Academy");
        var wrong = await RecordAsync(registrar, learner.Person, "Chemistry", "C", null);
        await (await registrar.PostAsync($"/api/courses/{wrong.Id}/retraction", new { reason = "Typed for the wrong student." })).ReadAsync<CourseRecordView>();

        var document = await learner.Client.GetByteArrayAsync(new Uri($"/api/learners/{learner.Person}/transcript?form=pdf", UriKind.Relative));
        PdfTools.Check(document);
        var text = PdfTools.Text(document);
        foreach (var words in new[] { "Proficient", "Courses with letters", "Algebra 2 (MAT-220)", "from Lakeside Academy", "Fall 2025", "Credits recorded: 0.5", "What the levels mean", "Letters of courses" })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Chemistry", text, StringComparison.Ordinal);
        var bytes = await learner.Client.GetByteArrayAsync(new Uri($"/api/learners/{learner.Person}/transcript", UriKind.Relative));
        using var anyone = district.App.Anonymous();
        using var checking = await anyone.PostAsync(new Uri("/api/verify", UriKind.Relative), new ByteArrayContent(bytes));
        Assert.Equal("valid", JsonNode.Parse(await checking.Content.ReadAsStringAsync())!["verdict"]!.GetValue<string>());
        var record = JsonNode.Parse(bytes)!["credentialSubject"]!;
        var course = record["verifiableCredential"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "Algebra 2")!["credentialSubject"]!;
        Assert.Equal(record["id"]!.GetValue<string>(), course["id"]!.GetValue<string>());
        Assert.Equal(("Course", "B+", 0.5, "Fall 2025"), (
            course["achievement"]!["achievementType"]!.GetValue<string>(), course["result"]![0]!["value"]!.GetValue<string>(), course["creditsEarned"]!.GetValue<double>(), course["term"]!.GetValue<string>()));
        Assert.Contains("from Lakeside Academy", course["narrative"]!.GetValue<string>(), StringComparison.Ordinal);
        var list = await (await learner.Client.GetAsync(new Uri($"/api/learners/{learner.Person}/courses?organization={district.West}", UriKind.Relative))).ReadAsync<PageOf<CourseRecordView>>();
        Assert.Equal([wrong.Id, kept.Id], list.Items.Select(one => one.Id));
    }

    [Fact]
    public async Task Courses_that_another_school_keeps_are_shown_on_a_basis_alone_and_leave_a_row()
    {
        var (west, east) = (await district.LearnerAsync(), await district.LearnerAsync(district.East, district.EastTeacher));
        using var registrar = await district.AsAsync(district.WestRegistrar);
        await RecordAsync(registrar, west.Person, "Algebra 2", "B+", null);
        using var eastern = await district.AsAsync(district.EastRegistrar);
        var code = await (await west.Client.PostAsync("/api/join-codes", new { })).ReadAsync<JoinCodeAnswer>();
        await (await eastern.PostAsync("/api/joins", new { school = district.East.Value, student = east.Person.Value, code = code.Code })).ReadAsync<JoinAnswer>();

        using var nothing = await eastern.GetAsync(new Uri($"/api/learners/{east.Person}/transcript?form=pdf&school={district.East}", UriKind.Relative));
        await nothing.RefusesAsync(409, "transcript.empty");
        using var shown = await eastern.GetAsync(new Uri($"/api/learners/{east.Person}/transcript?form=pdf&school={district.East}&basis=enrollment", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.OK, shown.StatusCode);

        var row = Assert.Single((await (await west.Client.GetAsync(new Uri($"/api/learners/{west.Person}/disclosures", UriKind.Relative))).ReadAsync<PageOf<DisclosureView>>()).Items);
        Assert.Equal((DisclosureDoor.Transcript, 1, district.West.Value), (row.Door, row.Entries, row.RecordKeeper));
    }

    private async Task<CourseRecordView> RecordAsync(HttpClient registrar, PersonId learner, string title, string letter, string? source) => await (await registrar.PostAsync(
        $"/api/learners/{learner}/courses",
        new { organizationId = district.West.Value, course = new { title, code = "MAT-220", letter, credits = 0.5, term = "Fall 2025", completedOn = "2025-12-19", source } })).ReadAsync<CourseRecordView>();

    [PdfFact]
    public async Task The_letter_and_the_sheet_are_made_of_one_schools_part_of_the_record()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        using var registrar = await district.AsAsync(district.WestRegistrar);
        var policy = await (await registrar.PostAsync("/api/grade-policies", Policy(3))).ReadAsync<GradePolicyView>();
        await LogAsync(learner.Person, new(LogKind.Service, new(2025, 10, 3), 90, "Food bank", "Sorted cans.", "Older people wait longest."), LogSigner.Teacher);

        var letter = await registrar.GetByteArrayAsync(new Uri($"/api/learners/{learner.Person}/scholarship-letter?school={district.West}&policy={policy.Id}&language=en", UriKind.Relative));
        PdfTools.Check(letter);
        Assert.Contains("Average, converted: 3.00", PdfTools.Text(letter), StringComparison.Ordinal);
        Assert.Contains("service 1 h 30 min", PdfTools.Text(letter), StringComparison.Ordinal);
        var sheet = await learner.Client.GetByteArrayAsync(new Uri($"/api/learners/{learner.Person}/conference-sheet?issuer={district.West}&language=es", UriKind.Relative));
        Assert.Contains("Hoja para la reunión", PdfTools.Tags(sheet).Replace("HOJA PARA LA REUNIÓN", "Hoja para la reunión", StringComparison.Ordinal), StringComparison.Ordinal);

        foreach (var (query, status, code) in new[] { ("scholarship-letter", 422, "paper.policy"), ("conference-sheet?weeks=0", 422, "paper.weeks"), ($"conference-sheet?school={district.East}", 404, "learner.not-found") })
        {
            using var refused = await registrar.GetAsync(new Uri($"/api/learners/{learner.Person}/{query}{(query.Contains("school", StringComparison.Ordinal) && !query.StartsWith("schol", StringComparison.Ordinal) ? "" : $"{(query.Contains('?', StringComparison.Ordinal) ? "&" : "?")}school={district.West}")}", UriKind.Relative));
            await refused.RefusesAsync(status, code);
        }
    }

    [PdfFact]
    public async Task The_letter_and_the_sheet_name_badges_skills_scales_and_levels_as_the_authors_translated_them()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person, TestDistrict.CoSignedBadge);
        using var registrar = await district.AsAsync(district.WestRegistrar);
        var policy = await (await registrar.PostAsync("/api/grade-policies", Policy(3))).ReadAsync<GradePolicyView>();
        var badge = await district.Store.CurrentVersionAsync(TestDistrict.CoSignedBadge, CancellationToken.None);
        var spanish = badge.In("es");

        var sheet = await learner.Client.GetByteArrayAsync(new Uri($"/api/learners/{learner.Person}/conference-sheet?issuer={district.West}&language=es", UriKind.Relative));
        var letter = await registrar.GetByteArrayAsync(new Uri($"/api/learners/{learner.Person}/scholarship-letter?school={district.West}&policy={policy.Id}&language=es", UriKind.Relative));
        foreach (var (document, name) in new[] { (sheet, "sheet-es-translated"), (letter, "letter-es-translated") })
        {
            PdfTools.Check(document);
            await PdfTools.KeepAsync(document, name);
            var text = PdfTools.Text(document);
            foreach (var words in new[] { spanish.Name, spanish.Scale.Name, "Competente" })
            {
                Assert.Contains(words, text, StringComparison.Ordinal);
            }

            Assert.All([badge.Name, badge.Scale.Name, "Proficient"], words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
        }

        Assert.Contains(spanish.Competencies[0].Name[..20], PdfTools.Text(sheet), StringComparison.Ordinal);
    }

    private object Policy(decimal points) => new
    {
        organizationId = district.West.Value,
        terms = new
        {
            name = "Letters for scholarships", authority = "Board resolution 7", letters = new[] { new { letter = "B", points } }, scales = new[] { new { scale = $"{district.Definition.Scale.Id}@{district.Definition.Scale.Version}", levels = new { proficient = "B" } } },
            skills = "earned", courses = "own", weighsByCredit = false, decimals = 2, rounding = "half-up", effectiveFrom = "2020-07-01",
        },
    };

    private static async Task<string> TranscriptAsync(TestLearner learner, string policy)
    {
        var document = await learner.Client.GetByteArrayAsync(new Uri($"/api/learners/{learner.Person}/transcript?form=pdf&policy={policy}", UriKind.Relative));
        PdfTools.Check(document);
        return PdfTools.Text(document);
    }

    private Uri Hours(PersonId learner, string more) => new($"/api/learners/{learner}/hours?organization={district.West}{more}", UriKind.Relative);

    private async Task LogAsync(PersonId learner, LogWords words, LogSigner? by)
    {
        var now = district.App.Clock.Now();
        var entry = new LogEntry(LogEntryId.New(now), learner, district.West, words, now) { Signature = by is { } signer ? new(signer, signer == LogSigner.Mentor ? null : district.Teacher, now, null) : null };
        var changes = new Changes().Add(LogDocuments.Kind, entry);
        if (by == LogSigner.Mentor)
        {
            var asked = Confirmation.Ask(ConfirmationId.New(now), learner, district.West, ConfirmationSubject.Of(entry), "Ellis", Destination.Parse(Channel.Mail, "ellis@club.example"), now);
            changes.Add(ConfirmationDocuments.Kind, asked with { Answer = new(true, "Coach Ellis", "Coach", words.On, "There he was.", now) });
        }

        await district.Store.CommitAsync(changes, CancellationToken.None);
    }
}
