using System.Text;
using SkillBadges.App.Sharing.Credit;
using SkillBadges.App.Tests.Browser;
using SkillBadges.App.Tests.House;
using SkillBadges.Core;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Gradebook.Marks;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Files;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Hostile;

/// <summary>Each of the payloads, plain and behind whatever begins a formula, in every cell of every table that is downloaded: it stays one cell, says what it said, and no spreadsheet calculates it.</summary>
[Collection(DistrictCollection.Name)]
public sealed class HostileTablesTests(TestDistrict district)
{
    private static readonly string[] leads = ["", "=", "+", "-", "@", "\t", "\r", "\t=", "  =", "\n=", "x,=", "x;=", "\"=", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "|", "%"];

    private static readonly IReadOnlyList<string> texts = [.. from lead in leads from payload in Payloads.All select lead + payload];

    private static readonly DateOnly today = new(2026, 5, 4);

    private static DateTimeOffset Noon => new(today.ToDateTime(new(12, 0)), TimeSpan.Zero);

    [Fact]
    public void In_the_table_of_a_colleges_claims()
    {
        var claim = new CreditClaim(
            CreditClaimId.New(Noon), PersonId.From("p"), OrganizationId.From("c"), ArticulationId.New(Noon), 1, ArticulatedKind.Badge, BadgeVersionId.Parse("smaw-fillet@1"),
            new ArticulationTerms("WELD 1010", "Welding", 3, today), today, [], "Fall", today, PersonId.From("p"), Noon) { Posting = new("WELD 1010", "Fall", GradeType.Letter, "A", PersonId.From("c"), Noon) };
        var applicant = new ApplicantFacts("Ada", today, "12");

        Holds(ClaimTable.Rows(texts.Select(text => (Rewritten.With(claim, text), (ApplicantFacts?)Rewritten.With(applicant, text))), today), cells: 8);
    }

    [Fact]
    public void In_the_marks_of_a_class()
    {
        var sheet = new MarkSheet(ClassSectionId.From("s"), "Shop", "Term 1", Noon, null, [new(PersonId.From("p"), "proficient", "Proficient", "B", true, "Most")]);
        var columns = Enum.GetValues<MarkField>().Select(field => new MarkColumn("Header", field, field == MarkField.Text ? "Q1" : null)).ToList();

        Holds(
            FormulaSafeCsv.Write(texts.SelectMany(text => MarkLayout.Rows([.. columns.Select(column => Rewritten.With(column, text))], Rewritten.With(sheet, text), new Dictionary<PersonId, string> { [PersonId.From("p")] = text }).Skip(1))),
            cells: 8);
        Holds(FormulaSafeCsv.Write([[.. texts]]), cells: texts.Count);
    }

    [Fact]
    public void In_the_file_for_a_state()
    {
        var columns = new[] { new StateColumn("Header", StateField.StateNumber), new StateColumn("Header", StateField.Text) };

        Holds([.. texts.SelectMany(text => StateCsv.Header([.. columns.Select(column => Rewritten.With(column, text))]))], cells: 2);
        Holds([.. texts.SelectMany(text => StateCsv.Row(new(PersonId.From("p"), OrganizationId.From("o"), "r", ["", text]), [.. columns], text))], cells: 2);
    }

    [Fact]
    public async Task In_what_came_of_many_rows()
    {
        var teacher = await district.App.PersonAsync(district.West, Role.Teacher);
        var job = new BulkJob($"hostile{Guid.NewGuid():n}", BulkKind.Revocations, BulkFormat.Csv, teacher, district.West, null, Sha256Digest.Of([1]), district.App.Clock.Now()) { State = BulkState.Done };
        var changes = new Changes().Add(BulkJobDocuments.Kind, job);
        foreach (var (number, some) in texts.Chunk(BulkPage.Size).Index())
        {
            changes.Add(BulkJobDocuments.Pages, new(job.Id, false, number, [.. some.Select((text, at) => new BulkRowResult((number * BulkPage.Size) + at + 1, text, BulkRowOutcome.Refused, text, text, text))], district.App.Clock.Now().AddDays(1)));
        }

        await district.Store.CommitAsync(changes, default);
        using var client = await district.AsAsync(teacher);

        Holds(await DownloadAsync(client, $"/api/bulk-jobs/{job.Id}/results.csv"), cells: 4);
    }

    [Fact]
    public async Task In_the_faults_of_a_roster()
    {
        var admin = await district.App.PersonAsync(district.West, Role.OrganizationAdmin);
        var import = new RosterImport($"hostile{Guid.NewGuid():n}", district.West, "test", admin, district.App.Clock.Now(), Sha256Digest.Of([1]), 1) { State = ImportState.Faulty };
        var changes = new Changes().Add(RosterImportDocuments.Kind, import);
        foreach (var (number, some) in texts.Chunk(FaultPage.Size).Index())
        {
            changes.Add(RosterImportDocuments.Faults, new(import.Id, number, [.. some.Select((text, at) => new Core.OneRoster.Files.RosterFault(text, at, text, text, text))], district.App.Clock.Now().AddDays(1)));
        }

        await district.Store.CommitAsync(changes, default);
        using var client = await district.AsAsync(admin);

        Holds(await DownloadAsync(client, $"/api/oneroster/imports/{import.Id}/faults.csv"), cells: 4);
    }

    [Fact]
    public void These_are_all_the_tables_that_are_downloaded() => Assert.Equal(
        ["Bulk/BulkJobsApi.cs", "Gradebook/MarksApi.cs", "OneRoster/RosterImportsApi.cs", "Reporting/StateFilesApi.cs", "Sharing/Credit/CreditClaimsApi.cs"],
        Repository.SourceFiles.Where(file => file.Text.Contains("\"text/csv; charset", StringComparison.Ordinal)).Select(file => file.Path["SkillBadges.App/".Length..]).Order(StringComparer.Ordinal));

    private static async Task<byte[]> DownloadAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        Gradebook.HostileDownloadTests.Saved(answer, "text/csv");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <param name="table">With every text.</param>
    /// <param name="cells">In how many cells of a row a text stands, at least.</param>
    private static void Holds(byte[] table, int cells)
    {
        var rows = Rows(Encoding.UTF8.GetString(table).TrimStart('\uFEFF'));
        Assert.Single(rows.Select(row => row.Count).Distinct());
        Assert.Empty(rows.SelectMany(row => row).Where(Calculates).Take(9));
        var said = rows.SelectMany(row => row).GroupBy(Bare).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        Assert.Empty(texts.GroupBy(Bare).Where(group => said.GetValueOrDefault(group.Key) < (cells == texts.Count ? group.Count() : group.Count() * cells)).Select(group => group.Key).Take(9));
    }

    // Apostrophes are what guards.
    private static string Bare(string text) => text.Replace("'", "", StringComparison.Ordinal);

    private static bool Calculates(string cell) => cell is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..];

    // RFC 4180, strictly: what stands in quotation marks is one cell, and a quotation mark within is doubled.
    private static List<List<string>> Rows(string table)
    {
        var (rows, row, cell) = (new List<List<string>>(), new List<string>(), new StringBuilder());
        var isQuoted = false;
        for (var at = 0; at < table.Length; at++)
        {
            if (isQuoted ? table[at] != '"' : table[at] is not ('"' or ',' or '\r'))
            {
                cell.Append(table[at]);
            }
            else if (isQuoted && at + 1 < table.Length && table[at + 1] == '"')
            {
                cell.Append(table[++at]);
            }
            else if (table[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (table[at] == '\r')
                {
                    Assert.Equal('\n', table[++at]);
                    rows.Add(row);
                    row = [];
                }
            }
        }

        Assert.False(isQuoted || cell.Length > 0, "The last row does not end.");
        return rows;
    }
}
