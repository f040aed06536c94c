using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Programs;

namespace SkillBadges.App.Reporting;

internal sealed record RecognizedListView(string OrganizationId, int Year, DateTimeOffset ImportedAt, IReadOnlyList<RecognizedCredential> Entries);

internal sealed record TestScoreView(string School, string Code, DateOnly TakenOn, string? Score, bool Passed);

internal sealed record ProgramParticipationView(string School, ProgramKind Kind, string Program, ProgramStatus Status, DateOnly From, DateOnly? Until, DateOnly? GraduatedOn);

internal sealed record ProgramCountView(string School, ProgramKind Kind, string Program, ProgramStatus Status, int Learners);

internal sealed record ProgramCountsAnswer(DateOnly From, DateOnly Until, IReadOnlyList<ProgramCountView> Counts);

/// <summary>What reports rest on besides the record: lists of recognized credentials, results of examinations, programs; taken over from tables.</summary>
internal static class ProgramsApi
{
    private const string Table = "Send it as the body (CSV in UTF-8, up to 16 MB). A file with a fault changes nothing and the answer names each fault; the same file twice changes nothing more.";

    public static void MapPrograms(this IEndpointRouteBuilder app)
    {
        var lists = app.MapApi("recognized-credentials", "Reporting");
        lists.MapPost("imports", ImportListAsync).TakesTable().Refuses(422, "recognized-credentials.year", "import.too-large")
            .WithSummary($"Industry credentials that ?organization= recognizes in the school year ?year=: code,name,issuer,points,from,until,badges. For its office. {Table}");
        lists.MapGet("", ListAsync).WithSummary("The list of ?organization= for ?year=.").Refuses(404, "recognized-credentials.not-found");
        app.MapApi("test-scores", "Reporting").MapPost("imports", ImportScoresAsync).TakesTable().Refuses(404, "organization.not-found").Refuses(422, "state-file.not-here", "import.too-large")
            .WithSummary($"Results of examinations for ?organization= and its schools: learner,state_number,code,taken_on,score,passed. For its office. {Table}");
        app.MapApi("program-participations", "Reporting").MapPost("imports", ImportProgramsAsync).TakesTable().Refuses(404, "organization.not-found").Refuses(422, "state-file.not-here", "import.too-large")
            .WithSummary($"Who takes part in what, for ?organization= and its schools: learner,state_number,kind,program,status,from,until,graduated_on. For its office. {Table}");
        app.MapApi("program-counts", "Reporting").MapGet("", CountAsync).WithSummary("How many learners of ?organization= and its schools took part in each program from ?from= until ?until=, by kind and status. For its office: small counts stand as they are.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(422, "state-file.not-here", "state-file.period");
        var learners = app.MapApi("learners/{id}", "Reporting");
        learners.MapGet("test-scores", ScoresAsync).WithSummary("Results of the learner's examinations, latest first. For the learner and the family.").Refuses(404, "learner.not-found");
        learners.MapGet("program-participations", ProgramsAsync).WithSummary("What the learner takes part in, latest first. For the learner and the family.").Refuses(404, "learner.not-found");
    }

    private static RouteHandlerBuilder TakesTable(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new RepeatsHarmlessly()).Produces<StateFileReportView>().Refuses(403, "role.missing").Refuses(409, "storage.version-conflict", "storage.not-unique");

    private static async Task<StateFileReportView> ImportListAsync(string organization, int year, CurrentActor me, HttpContext context, ProgramImports imports, CancellationToken cancellationToken) =>
        StateFileReportView.Of(await imports.CredentialsAsync(me.Actor, OrganizationId.From(organization), year, await TableAsync(context, cancellationToken), cancellationToken));

    private static async Task<StateFileReportView> ImportScoresAsync(string organization, CurrentActor me, HttpContext context, ProgramImports imports, CancellationToken cancellationToken) =>
        StateFileReportView.Of(await imports.ScoresAsync(me.Actor, OrganizationId.From(organization), await TableAsync(context, cancellationToken), cancellationToken));

    private static async Task<StateFileReportView> ImportProgramsAsync(string organization, CurrentActor me, HttpContext context, ProgramImports imports, CancellationToken cancellationToken) =>
        StateFileReportView.Of(await imports.ProgramsAsync(me.Actor, OrganizationId.From(organization), await TableAsync(context, cancellationToken), cancellationToken));

    private static async Task<RecognizedListView> ListAsync(string organization, int year, ProgramReading reading, CancellationToken cancellationToken)
    {
        var list = await reading.ListAsync(OrganizationId.From(organization), year, cancellationToken);
        return new(list.Organization.Value, list.Year, list.At, list.Entries);
    }

    private static async Task<ProgramCountsAnswer> CountAsync(string organization, DateOnly from, DateOnly until, CurrentActor me, HttpContext context, ProgramReading reading, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var counts = await reading.CountsAsync(me.Actor, OrganizationId.From(organization), from, until, cancellationToken);
        return new(from, until, [.. counts.Select(one => new ProgramCountView(one.School.Value, one.Kind, one.Program, one.Status, one.Learners))]);
    }

    private static async Task<PageOf<TestScoreView>> ScoresAsync(string id, CurrentActor me, Paging paging, ProgramReading reading, CancellationToken cancellationToken) => paging.Answer(
        await reading.ScoresAsync(me.Actor, PersonId.From(id), paging.Of, cancellationToken), read => new TestScoreView(read.Document.School.Value, read.Document.Code, read.Document.TakenOn, read.Document.Score, read.Document.Passed));

    private static async Task<PageOf<ProgramParticipationView>> ProgramsAsync(string id, CurrentActor me, Paging paging, ProgramReading reading, CancellationToken cancellationToken) => paging.Answer(
        await reading.ProgramsAsync(me.Actor, PersonId.From(id), paging.Of, cancellationToken),
        read => new ProgramParticipationView(read.Document.School.Value, read.Document.Kind, read.Document.Program, read.Document.Status, read.Document.From, read.Document.Until, read.Document.GraduatedOn));

    private static async Task<MemoryStream> TableAsync(HttpContext context, CancellationToken cancellationToken) => new(
        await context.ReadBodyAsync(ProgramImports.MaxBytes, () => Refused.Invalid("import.too-large", $"A table has at most {ProgramImports.MaxBytes} bytes."), cancellationToken), writable: false);
}
