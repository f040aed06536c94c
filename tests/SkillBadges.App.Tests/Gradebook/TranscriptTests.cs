using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Pdf;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>A learner's record for those who read records: signed, on paper, and to whom.</summary>
[Collection(DistrictCollection.Name)]
public sealed class TranscriptTests(TestDistrict district)
{
    [Fact]
    public async Task The_signed_record_holds_each_badge_as_its_school_signed_it()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        var (_, decided) = await district.ApprovedAsync(learner.Person, TestDistrict.CoSignedBadge);
        var signed = await TestDistrict.CredentialAsync(learner.Client, decided.Award!.Id, SignedForm.EddsaRdfc2022);

        using var answer = await learner.Client.GetAsync(Address(learner.Person, ""));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var record = JsonNode.Parse(bytes)!;

        Assert.Equal("application/vc+ld+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl is { Private: true, NoStore: true });
        Assert.Equal(2, record["credentialSubject"]!["verifiableCredential"]!.AsArray().Count);
        Assert.Contains(signed, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada Lovelace", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Null(record["partial"]);
        Assert.Equal("valid", await VerdictAsync(bytes));

        // What one school signed is held to its own signature as well as to the record's.
        for (var at = bytes.Length / 7; at < bytes.Length - 1; at += bytes.Length / 7)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 1;
            Assert.NotEqual("valid", await VerdictAsync(changed));
        }
    }

    [Fact]
    public async Task A_badge_that_was_taken_back_is_no_part_of_it()
    {
        var learner = await district.LearnerAsync();
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;
        using var registrar = await district.AsAsync(district.WestRegistrar);
        using var held = await registrar.PostAsync($"/api/awards/{award}/suspensions", new { reason = "Under review." });
        Assert.Equal(HttpStatusCode.OK, held.StatusCode);

        using var empty = await learner.Client.GetAsync(Address(learner.Person, ""));
        await empty.RefusesAsync(409, "transcript.no-badges");
        using var paper = await learner.Client.GetAsync(Address(learner.Person, "?form=pdf"));
        Assert.Equal(HttpStatusCode.OK, paper.StatusCode);
    }

    [Fact]
    public async Task What_other_schools_keep_is_shown_on_a_basis_alone_and_leaves_a_row()
    {
        var (west, east) = await JoinedAsync();
        using var teacher = await district.AsAsync(district.EastTeacher);
        var atEast = $"?school={district.East}";

        using var nothing = await teacher.GetAsync(Address(east, atEast));
        await nothing.RefusesAsync(409, "transcript.empty");
        Assert.Empty(await DisclosuresAsync(west));

        var record = await teacher.GetByteArrayAsync(Address(east, atEast + "&basis=enrollment"));
        Assert.Equal("valid", await VerdictAsync(record));
        var row = Assert.Single(await DisclosuresAsync(west));
        Assert.Equal((DisclosureBasis.Enrollment, DisclosureDoor.Transcript), (row.Basis, row.Door));
        await teacher.GetByteArrayAsync(Address(east, atEast + "&basis=enrollment&form=pdf"));
        Assert.Equal(2, (await DisclosuresAsync(west)).Count);
    }

    [Fact]
    public async Task A_transcript_that_cannot_be_is_refused()
    {
        var learner = await district.LearnerAsync();
        using var empty = await learner.Client.GetAsync(Address(learner.Person, "?form=pdf"));
        await empty.RefusesAsync(409, "transcript.empty");
        await district.ApprovedAsync(learner.Person);

        foreach (var (query, code) in new[] { ("?form=docx", "transcript.form"), ($"?issuer={district.East}", "transcript.issuer"), ($"?school={district.West}&basis=curiosity", "gradebook.basis") })
        {
            using var client = await district.AsAsync(query.Contains("school", StringComparison.Ordinal) ? district.Teacher : learner.Person);
            using var answer = await client.GetAsync(Address(learner.Person, query));
            await answer.RefusesAsync(422, code);
        }
    }

    [PdfFact]
    public async Task On_paper_levels_come_as_they_were_decided_with_each_scale_explained_and_no_rank()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        await DescribeAsync(new("A comprehensive school of 900 students.", "https://school.example/policies"));
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(learner.Person, ""));
        request.Headers.Add("Accept", "application/pdf");

        using var answer = await learner.Client.SendAsync(request);
        var document = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        PdfTools.Check(document);
        var text = PdfTools.Text(document);
        foreach (var words in new[] { "Ada Lovelace", district.Definition.Name, district.Definition.Competencies[0].Name, "Proficient", "What the levels mean", "A comprehensive school of 900 students.", "Page 1 of", "no learner is ranked" })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.All(district.Definition.Scale.Levels, level => Assert.Contains(level.Descriptor[..30], text, StringComparison.Ordinal));
        Assert.DoesNotContain("GPA", text, StringComparison.Ordinal);
        Assert.Contains("https://school.example/policies", PdfTools.Text(document), StringComparison.Ordinal);
        Assert.Contains("<H2>", PdfTools.Tags(document).Replace("H2 (block)", "<H2>", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [PdfFact]
    public async Task On_paper_it_speaks_the_readers_language_with_the_words_of_the_authors_and_what_is_signed_stays_as_it_was()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person, TestDistrict.CoSignedBadge);

        var document = await learner.Client.GetByteArrayAsync(Address(learner.Person, "?form=pdf&language=es"));
        PdfTools.Check(document);
        var text = PdfTools.Text(document);
        await PdfTools.KeepAsync(document, "transcript-es");

        var spanish = (await district.Store.CurrentVersionAsync(TestDistrict.CoSignedBadge, CancellationToken.None)).In("es");
        foreach (var words in new[] { "EXPEDIENTE ACADÉMICO", spanish.Name, spanish.Competencies[0].Name, spanish.Scale.Name, "Competente", "DESTREZA", "Insignia obtenida el", "Qué significan los niveles", "Página 1 de", "ningún estudiante se clasifica" })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.All(spanish.Scale.Levels, level => Assert.Contains(level.Descriptor[..30], text, StringComparison.Ordinal));
        Assert.DoesNotContain("Proficient", text, StringComparison.Ordinal);
        Assert.Contains("/Lang <feff00650073>", PdfTools.Objects(document), StringComparison.Ordinal);
        Assert.DoesNotContain(spanish.Name, await learner.Client.GetStringAsync(Address(learner.Person, "?form=clr&language=es")), StringComparison.Ordinal);
        using var unknown = await learner.Client.GetAsync(Address(learner.Person, "?form=pdf&language=tlh"));
        await unknown.RefusesAsync(422, "paper.language");
    }

    [PdfFact]
    public async Task Letters_stand_beside_levels_when_asked_for_under_a_policy_that_is_named()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        var without = PdfTools.Text(await learner.Client.GetByteArrayAsync(Address(learner.Person, "?form=pdf&letters=true")));
        Assert.DoesNotContain("CONVERTED", without, StringComparison.Ordinal);

        var scale = district.Definition.Scale;
        var day = new DateOnly(2020, 1, 1);
        var terms = new CrosswalkTerms([.. scale.Levels.Select(level => new CrosswalkPair(level.Code, scale.IsProficient(level.Code) ? "A" : null))], "Board resolution 7", day) { Note = "Two levels become one letter." };
        var policy = new Crosswalk(CrosswalkId.New(district.App.Clock.Now()), $"{scale.Id}@{scale.Version}", "letters@1", CrosswalkPurpose.TranscriptLetter, district.West, district.West)
        {
            Revisions = [new(1, terms, []) { AgreedOn = day, HoldsFrom = day }],
        };
        await district.Store.CommitAsync(new Changes().Add(CrosswalkDocuments.Kind, policy), CancellationToken.None);

        var converted = await learner.Client.GetByteArrayAsync(Address(learner.Person, "?form=pdf&letters=true"));
        PdfTools.Check(converted);
        var text = PdfTools.Text(converted);
        foreach (var words in new[] { "CONVERTED", "Policy: Board resolution 7, wording 1", "Authority: A HighSchool", "Two levels become one letter.", "No agreed equivalence", "are not decisions" })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.True(text.IndexOf("Proficient", StringComparison.Ordinal) < text.IndexOf("Converted letters", StringComparison.Ordinal));
        Assert.DoesNotContain("CONVERTED", PdfTools.Text(await learner.Client.GetByteArrayAsync(Address(learner.Person, "?form=pdf"))), StringComparison.Ordinal);
    }

    private async Task DescribeAsync(SchoolProfile profile)
    {
        var read = (await district.Store.FindAsync(OrganizationSettingsDocuments.Kind, district.West.Value, CancellationToken.None))!;
        var described = read.Document with { Values = read.Document.Values with { Profile = profile } };
        await district.Store.CommitAsync(new Changes().Replace(OrganizationSettingsDocuments.Kind, read, described), CancellationToken.None);
    }

    private async Task<(PersonId West, PersonId East)> JoinedAsync()
    {
        var west = await district.LearnerAsync();
        await district.ApprovedAsync(west.Person);
        var east = await district.LearnerAsync(district.East, district.EastTeacher);
        using var registrar = await district.AsAsync(district.EastRegistrar);
        using var issued = await west.Client.SendJsonAsync(HttpMethod.Post, "/api/join-codes", null);
        var code = JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["code"]!.GetValue<string>();
        using var joined = await registrar.PostAsync("/api/joins", new { school = district.East.Value, student = east.Person.Value, code });
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        return (west.Person, east.Person);
    }

    private async Task<IReadOnlyList<Disclosure>> DisclosuresAsync(PersonId learner) =>
        [.. (await district.Store.QueryAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner.Where(learner.Value).Take(100), CancellationToken.None)).Documents];

    private async Task<string> VerdictAsync(byte[] record)
    {
        using var anyone = district.App.Anonymous();
        using var content = new ByteArrayContent(record);
        using var answer = await anyone.PostAsync(new Uri("/api/verify", UriKind.Relative), content);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["verdict"]?.GetValue<string>() ?? $"{(int)answer.StatusCode}";
    }

    private static Uri Address(PersonId learner, string query) => new($"/api/learners/{learner}/transcript{query}", UriKind.Relative);
}
