using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Checking;
using SkillBadges.Core.Reporting.Files;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Programs;

/// <summary>
/// Takes over what offices keep in tables: recognized credentials of a year, examination results, who takes part in which program. Every row is looked at first; a file with one fault changes nothing.
/// The same file twice changes nothing more.
/// </summary>
public sealed class ProgramImports(IDocumentStore store, Authority authority, KeyEncryptionKey keys, TimeProvider clock)
{
    public const int MaxBytes = 16 * 1024 * 1024;
    private const int MaxRows = 50_000;
    private const int Batch = 100;

    public static ImmutableArray<StateColumn> CredentialColumns { get; } =
    [
        new("code", StateField.CredentialCode, IsRequired: true), new("name", StateField.CredentialName, IsRequired: true), new("issuer", StateField.CredentialIssuer, IsRequired: true),
        new("points", StateField.CredentialPoints), new("from", StateField.From, IsRequired: true), new("until", StateField.Until), new("badges", StateField.Badges),
    ];

    /// <summary>The learner by the id here or, where that is empty, by the state's number.</summary>
    public static ImmutableArray<StateColumn> ScoreColumns { get; } =
    [
        new("learner", StateField.LearnerId), new("state_number", StateField.StateNumber), new("code", StateField.CredentialCode, IsRequired: true), new("taken_on", StateField.EarnedOn, IsRequired: true),
        new("score", StateField.TestScore), new("passed", StateField.Passed, IsRequired: true),
    ];

    public static ImmutableArray<StateColumn> ProgramColumns { get; } =
    [
        new("learner", StateField.LearnerId), new("state_number", StateField.StateNumber), new("kind", StateField.ProgramKind, IsRequired: true), new("program", StateField.Program, IsRequired: true),
        new("status", StateField.ProgramStatus, IsRequired: true), new("from", StateField.From, IsRequired: true), new("until", StateField.Until), new("graduated_on", StateField.GraduatedOn),
    ];

    /// <summary>The list of a school year. For the office that recognizes credentials: of the state, a district or a school.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>recognized-credentials.year</c>.</exception>
    public async Task<StateFileReport> CredentialsAsync(Actor actor, OrganizationId organization, int year, Stream csv, CancellationToken cancellationToken)
    {
        var office = await authority.RequireAsync(actor, organization, [.. Offices.Registry, Role.StateAdmin], cancellationToken);
        if (year is < 2000 or > 2100)
        {
            throw Refused.Invalid("recognized-credentials.year", "A school year is named by the four digits of the year in which it ends.");
        }

        var (report, rows) = Read(csv, CredentialColumns, RecognizedCredentialList.MaxEntries, cancellationToken);
        var faults = rows.Where(row => FileCells.Day(row.Cells[5]) is { } until && until <= FileCells.Day(row.Cells[4])).Select(row => new StateFileFault(row.Number, "until", "row.dates", "It ends before it begins.")).ToList();
        faults.AddRange(rows.GroupBy(row => (row.Cells[0], row.Cells[4])).SelectMany(same => same.Skip(1)).Select(row => new StateFileFault(row.Number, "code", "row.twice", "An earlier row has the same code and first day.")));
        if (Faulty(report, faults) is { } faulty)
        {
            return faulty;
        }

        var list = new RecognizedCredentialList(
            organization, year,
            [
                .. rows.Select(row => new RecognizedCredential(
                    row.Cells[0], row.Cells[1], row.Cells[2], row.Cells[3].Length == 0 ? null : decimal.Parse(row.Cells[3], CultureInfo.InvariantCulture), FileCells.Day(row.Cells[4])!.Value, FileCells.Day(row.Cells[5]),
                    [.. row.Cells[6].Split(' ', StringSplitOptions.RemoveEmptyEntries)])),
            ],
            actor.Person, clock.Now());
        await WriteAsync(RecognizedCredentialDocuments.Kind, [list], office, cancellationToken);
        return report;
    }

    /// <summary>Results of examinations. For the office of a school or district.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>organization.not-found</c>.</exception>
    public async Task<StateFileReport> ScoresAsync(Actor actor, OrganizationId organization, Stream csv, CancellationToken cancellationToken)
    {
        var office = await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken);
        var (report, rows) = Read(csv, ScoreColumns, MaxRows, cancellationToken);
        var (learners, faults) = await LearnersAsync(organization, rows, cancellationToken);
        if (Faulty(report, faults) is { } faulty)
        {
            return faulty;
        }

        var now = clock.Now();
        var scores = rows.Select(row => new TestScore(
            learners[row.Number].School, learners[row.Number].Learner, row.Cells[2], FileCells.Day(row.Cells[3])!.Value, row.Cells[4].Length == 0 ? null : row.Cells[4], row.Cells[5] == "true", actor.Person, now));
        await WriteAsync(TestScoreDocuments.Kind, [.. scores.DistinctBy(score => score.Id)], office, cancellationToken);
        return report;
    }

    /// <summary>Who takes part in which program. For the office of a school or district.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>organization.not-found</c>.</exception>
    public async Task<StateFileReport> ProgramsAsync(Actor actor, OrganizationId organization, Stream csv, CancellationToken cancellationToken)
    {
        var office = await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken);
        var (report, rows) = Read(csv, ProgramColumns, MaxRows, cancellationToken);
        var (learners, faults) = await LearnersAsync(organization, rows, cancellationToken);
        faults.AddRange(rows.Where(row => FileCells.Day(row.Cells[6]) is { } until && until <= FileCells.Day(row.Cells[5])).Select(row => new StateFileFault(row.Number, "until", "row.dates", "It ends before it begins.")));
        if (Faulty(report, faults) is { } faulty)
        {
            return faulty;
        }

        var now = clock.Now();
        var parts = rows.Select(row => new ProgramParticipation(
            learners[row.Number].School, learners[row.Number].Learner, ProgramWords.KindOf(row.Cells[2])!.Value, row.Cells[3], ProgramWords.StatusOf(row.Cells[4])!.Value, FileCells.Day(row.Cells[5])!.Value,
            FileCells.Day(row.Cells[6]), FileCells.Day(row.Cells[7]), actor.Person, now));
        await WriteAsync(ProgramParticipationDocuments.Kind, [.. parts.DistinctBy(part => part.Id)], office, cancellationToken);
        return report;
    }

    private sealed record ImportedRow(long Number, string[] Cells);

    private static (StateFileReport Report, List<ImportedRow> Rows) Read(Stream csv, ImmutableArray<StateColumn> columns, int most, CancellationToken cancellationToken)
    {
        var rows = new List<ImportedRow>();
        var report = StateFileCheck.Run(csv, columns, (number, cells) =>
        {
            if (rows.Count <= most)
            {
                rows.Add(new(number, cells));
            }
        }, cancellationToken);
        if (report.Rows > most)
        {
            return (new(report.Rows, report.Count + 1, [.. report.Faults, new(0, null, "file.too-long", $"At most {most} rows.")]), []);
        }

        return report.Count == 0 ? (report, rows) : (report, []);
    }

    private static StateFileReport? Faulty(StateFileReport report, List<StateFileFault> more) =>
        report.Count + more.Count == 0 ? null : new(report.Rows, report.Count + more.Count, [.. report.Faults.Concat(more).OrderBy(fault => fault.Row).Take(StateFileCheck.Kept)]);

    private async Task<(Dictionary<long, (OrganizationId School, PersonId Learner)> Learners, List<StateFileFault> Faults)> LearnersAsync(OrganizationId organization, List<ImportedRow> rows, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, (OrganizationId School, PersonId Learner)>();
        var faults = new List<StateFileFault>();
        HashSet<OrganizationId> schools = [.. (await SchoolsBelow.OfAsync(store, organization, cancellationToken)).Select(school => school.Id)];
        foreach (var row in rows)
        {
            if (await LearnerAsync(row, schools, cancellationToken) is { } learner)
            {
                found[row.Number] = learner;
            }
            else
            {
                faults.Add(new(row.Number, row.Cells[0].Length > 0 ? "learner" : "state_number", "row.learner", "No student of these schools is named so."));
            }
        }

        return (found, faults);
    }

    private async Task<(OrganizationId School, PersonId Learner)?> LearnerAsync(ImportedRow row, HashSet<OrganizationId> schools, CancellationToken cancellationToken)
    {
        if (row.Cells[0] is { Length: > 0 } id)
        {
            var memberships = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(id).Descending(), cancellationToken);
            return memberships.Documents.FirstOrDefault(one => one.Role == Role.Student && schools.Contains(one.Organization)) is { } enrolled ? (enrolled.Organization, enrolled.Person) : null;
        }

        try
        {
            var numbers = await store.WholeAsync(StateNumberDocuments.Kind, StateNumberDocuments.ByDigest.Where(StateNumber.DigestOf(row.Cells[1], keys)).Descending(), cancellationToken);
            return numbers.Documents.FirstOrDefault(number => schools.Contains(number.School)) is { } entered ? (entered.School, entered.Student) : null;
        }
        catch (RefusedException unformed) when (unformed.Code == "state-number.form")
        {
            return null;
        }
    }

    private async Task WriteAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<T> documents, Read<Membership> office, CancellationToken cancellationToken)
        where T : class
    {
        foreach (var some in documents.Chunk(Batch))
        {
            var stored = (await store.FindManyAsync(kind, [.. some.Select(kind.IdOf)], cancellationToken)).ToDictionary(read => read.Id, StringComparer.Ordinal);
            var changes = new Changes().Require(MembershipDocuments.Kind, office);
            foreach (var one in some)
            {
                changes = stored.TryGetValue(kind.IdOf(one), out var read) ? changes.Replace(kind, read, one) : changes.Add(kind, one);
            }

            await store.CommitAsync(changes, cancellationToken);
        }
    }
}
