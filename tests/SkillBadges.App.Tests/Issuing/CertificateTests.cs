using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Pdf;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Issuing;

/// <summary>A badge on paper: who gets it, what it says, and that its code leads to the check.</summary>
[Collection(DistrictCollection.Name)]
public sealed partial class CertificateTests(TestDistrict district)
{
    [PdfFact]
    public async Task A_certificate_says_who_earned_what_and_how_well()
    {
        var learner = await district.LearnerAsync();
        await RenameAsync(learner.Person, "Κωνσταντίνος 山田 Ющенко");
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;

        using var answer = await learner.Client.GetAsync(Address(award));
        var document = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.True(answer.Headers.CacheControl is { Private: true, NoStore: true });
        Assert.True(document.Length < 100_000, $"{document.Length} bytes");
        PdfTools.Check(document);
        var text = PdfTools.Text(document);
        Assert.Contains(district.Definition.Name, text, StringComparison.Ordinal);
        Assert.Contains("Κωνσταντίνος 山田 Ющенко", PdfTools.Tags(document), StringComparison.Ordinal);
        Assert.All(district.Definition.Competencies, skill => Assert.Contains(skill.Name[..12], text, StringComparison.Ordinal));
        Assert.Contains("Proficient", text, StringComparison.Ordinal);
        Assert.Contains("GOOD UNTIL", text, StringComparison.Ordinal);
        Assert.Equal(document, await learner.Client.GetByteArrayAsync(Address(award)));
    }

    [PdfFact]
    public async Task A_certificate_shows_the_logo_of_the_school_by_name_to_who_cannot_see_it()
    {
        var learner = await district.LearnerAsync();
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;
        var school = (await district.Store.GetAsync(OrganizationDocuments.Kind, district.West.Value, "organization", default)).Document;
        using var admin = await district.AsAsync(await district.App.PersonAsync(school.Id, Role.OrganizationAdmin));
        var (bare, logo) = (await learner.Client.GetByteArrayAsync(Address(award)), new Uri($"/api/organizations/{school.Id}/logo", UriKind.Relative));
        Assert.Equal(2, Figure().Count(PdfTools.Objects(bare)));

        using var put = await admin.PutAsync(logo, new ByteArrayContent(SampleFiles.Png(320, 120)) { Headers = { ContentType = new("image/png") } });
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var document = await learner.Client.GetByteArrayAsync(Address(award));

        PdfTools.Check(document);
        await PdfTools.KeepAsync(document, "certificate-logo");
        Assert.True(document.Length < 100_000, $"{document.Length} bytes");
        Assert.Equal(3, Figure().Count(PdfTools.Objects(document)));
        Assert.Contains($"/Alt <feff{Convert.ToHexStringLower(Encoding.BigEndianUnicode.GetBytes($"Logo of {school.Name}"))}>", PdfTools.Objects(document), StringComparison.Ordinal);
        using var shown = await learner.Client.GetAsync(new Uri($"/orgs/{school.Slug}/logo.png", UriKind.Relative));
        Assert.Equal("image/png", shown.Content.Headers.ContentType?.MediaType);

        foreach (var (picture, code) in new[]
        {
            (SampleFiles.Png(2000, 20), "organization.logo"), (SampleFiles.Png(16, 16), "organization.logo"), (SampleFiles.PngOf(30_000), "organization.logo"), (Encoding.UTF8.GetBytes("<svg/>"), "evidence.markup"),
        })
        {
            using var refused = await admin.PutAsync(logo, new ByteArrayContent(picture));
            await refused.RefusesAsync(422, code);
        }

        using var off = await admin.DeleteAsync(logo);
        Assert.Equal(HttpStatusCode.OK, off.StatusCode);
        Assert.Equal(bare, await learner.Client.GetByteArrayAsync(Address(award)));
    }

    [PdfFact]
    public async Task A_certificate_speaks_the_readers_language_with_the_words_of_the_authors_and_says_what_was_signed()
    {
        var learner = await district.LearnerAsync();
        await RenameAsync(learner.Person, "Κωνσταντίνα 山田 Ющенко-Wolfeschlegelsteinhausenbergerdorff the Third of Lower Cottonwood");
        var award = (await district.ApprovedAsync(learner.Person, TestDistrict.CoSignedBadge)).Answer.Award!.Id;
        var badge = await district.Store.CurrentVersionAsync(TestDistrict.CoSignedBadge, CancellationToken.None);
        var spanish = badge.In("es");

        var document = await learner.Client.GetByteArrayAsync(Address(award, "?language=es"));
        PdfTools.Check(document);
        await PdfTools.KeepAsync(document, "certificate-es");
        var text = PdfTools.Text(document);
        foreach (var words in new[] { "certifica que", spanish.Name, spanish.Competencies[0].Name[..12], "Competente", "NIVEL ALCANZADO", "OTORGADA", "VÁLIDA HASTA", "una escuela secundaria", "Compruebe que es auténtica", "se firmó como: " + badge.Name })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Proficient", text, StringComparison.Ordinal);
        Assert.DoesNotContain("earned", text, StringComparison.Ordinal);
        var objects = PdfTools.Objects(document);
        Assert.Contains("/Lang <feff00650073>", objects, StringComparison.Ordinal);
        Assert.Single(Page().Matches(objects));
        Assert.DoesNotContain("signed as", PdfTools.Text(await learner.Client.GetByteArrayAsync(Address(award, "?language=en"))), StringComparison.Ordinal);
        using var unknown = await learner.Client.GetAsync(Address(award, "?language=tlh"));
        await unknown.RefusesAsync(422, "paper.language");
    }

    [PdfFact]
    public async Task A_name_that_is_markup_and_a_formula_is_text_in_every_file_and_each_file_is_saved_and_cannot_run()
    {
        const string name = "=1+1<svg onload=ran(1)>";
        var learner = await district.LearnerAsync();
        await RenameAsync(learner.Person, name);
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;
        var (certificate, transcript) = ($"/api/awards/{award}/certificate", $"/api/learners/{learner.Person}/transcript?form=");

        string[] forms = [.. new[] { "png", "svg", "eddsa-rdfc-2022", "vc-jwt-rs256" }.Select(form => $"/api/awards/{award}/credential?form={form}")];
        foreach (var address in (string[])[certificate, $"{transcript}pdf", $"{transcript}clr", .. forms])
        {
            using var answer = await learner.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}");
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.StartsWith("sandbox;", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            if (answer.Content.Headers.ContentType?.MediaType == "application/pdf")
            {
                Assert.Contains(name, PdfTools.Text(bytes), StringComparison.Ordinal);
                Assert.DoesNotContain("/JS", PdfTools.Objects(bytes), StringComparison.Ordinal);
            }
            else if (answer.Content.Headers.ContentType?.MediaType == "image/svg+xml")
            {
                Assert.DoesNotContain("onload", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_code_on_the_certificate_opens_the_check_and_names_nobody()
    {
        var learner = await district.LearnerAsync();
        var credential = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Credential;
        using var browser = district.App.Browser();

        var page = await browser.GetStringAsync(new Uri($"/verify?id={credential}", UriKind.Relative));

        Assert.Contains(district.Definition.Name, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada Lovelace", page, StringComparison.Ordinal);
        Assert.DoesNotContain(learner.Person.Value, page, StringComparison.Ordinal);
        foreach (var other in new[] { "no-such", new string('x', 5_000), "%00", "..%2F" })
        {
            Assert.Contains("No badge with this code", await browser.GetStringAsync(new Uri($"/verify?id={other}", UriKind.Relative)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_printed_of_a_badge_that_does_not_stand()
    {
        var learner = await district.LearnerAsync();
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;
        using var registrar = await district.AsAsync(district.WestRegistrar);

        using var held = await registrar.PostAsync($"/api/awards/{award}/suspensions", new { reason = "Under review." });
        Assert.Equal(HttpStatusCode.OK, held.StatusCode);
        using var onHold = await learner.Client.GetAsync(Address(award));
        await onHold.RefusesAsync(409, "certificate.on-hold");

        using var revoked = await registrar.PostAsync($"/api/awards/{award}/revocations", new { reason = "A mistake." });
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        using var takenBack = await learner.Client.GetAsync(Address(award));
        await takenBack.RefusesAsync(410, "certificate.taken-back");
    }

    private async Task RenameAsync(PersonId person, string name)
    {
        var read = (await district.Store.FindAsync(PersonDocuments.Kind, person.Value, CancellationToken.None))!;
        await district.Store.CommitAsync(new Changes().Replace(PersonDocuments.Kind, read, read.Document with { DisplayName = name }), CancellationToken.None);
    }

    private static Uri Address(string award, string query = "") => new($"/api/awards/{award}/certificate{query}", UriKind.Relative);

    [GeneratedRegex(@"/Type /Page\b")]
    private static partial Regex Page();

    [GeneratedRegex("/S /Figure")]
    private static partial Regex Figure();
}
