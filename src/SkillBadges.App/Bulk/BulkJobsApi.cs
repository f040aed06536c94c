using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Bulk;

/// <summary>A file of many rows on its way.</summary>
/// <param name="Rows">Known after the trial.</param>
/// <param name="Passed">Rows of the present pass, the trial or the run, that are through.</param>
internal sealed record BulkJobView(
    string Id, BulkKind Kind, string OrganizationId, string? Badge, BulkState State, int? Rows, int Passed, int Succeeded, int Refused, DateTimeOffset ReceivedAt, DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, string? StopCode)
{
    public static BulkJobView Of(BulkJob job) =>
        new(job.Id, job.Kind, job.School.Value, job.Badge, job.State, job.Rows, job.Passed, job.Succeeded, job.Refused, job.ReceivedAt, job.BegunAt, job.EndedAt, job.StopCode);
}

/// <param name="Row">From 1.</param>
/// <param name="Code">Why it is refused, as <c>/problems/{code}</c> explains.</param>
/// <param name="Touches">In a trial of revocations, what rests on the badge; null elsewhere.</param>
internal sealed record BulkRowView(int Row, string Subject, BulkRowOutcome Outcome, string? ResultId, string? Code, string? Message, RevocationReach? Touches)
{
    public static BulkRowView Of(BulkRowResult row) => new(row.Row, row.Subject, row.Outcome, row.ResultId, row.Code, row.Message, row.Touches);
}

/// <summary>Up to 100,000 rows at once: tried first, with a report for each, then done in the background.</summary>
internal static class BulkJobsApi
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static void MapBulkJobs(this IEndpointRouteBuilder app)
    {
        Receiving(app.MapApi("bulk-awards", "Review").MapPost("", ReceiveAwardsAsync))
            .WithSummary("Hands in learners whose badge you saw whole, as text/csv (learner, note, level:{competency}) or a JSON array of {learner, levels, note}; with ?organizationId= and ?badge=. Each row is tried without an effect; read the report and begin the run. A skill without a level gets the one that the badge asks for.")
            .Refuses(404, "badge.not-found");
        Receiving(app.MapApi("bulk-decisions/jobs", "Review").MapPost("", ReceiveDecisionsAsync))
            .WithSummary("Hands in decisions on work that waits for you, as text/csv (submission, attempt, outcome, comment) or a JSON array of the same; with ?organizationId=. Each row is tried without an effect; read the report and begin the run.");
        Receiving(app.MapApi("bulk-revocations", "Review").MapPost("", ReceiveRevocationsAsync))
            .WithSummary("Hands in badges of your school that are to be taken back for good, as text/csv (award, reason) or a JSON array of the same; with ?organizationId=. Each row is tried without an effect, and the report says what rests on the badge: stacks that would no longer be whole, claims to college credit, recognitions by other schools and open links. Read it and begin the run.");
        var jobs = app.MapApi("bulk-jobs", "Review");
        jobs.MapGet("", ListAsync).WithSummary("Your own jobs, the latest first.");
        jobs.MapGet("{id}", ReadAsync).WithSummary("How far a job is.").Refuses(404, "bulk-job.not-found");
        jobs.MapGet("{id}/progress", ProgressAsync).Produces(200, contentType: "text/event-stream").WithSummary("The same as server-sent events, until the pass ends.").Refuses(404, "bulk-job.not-found");
        jobs.MapGet("{id}/results", ResultsAsync).WithSummary("What each row came to, 100 at a time: of the run, or with ?pass=trial of the trial.").Refuses(404, "bulk-job.not-found").Refuses(422, "bulk-job.pass");
        jobs.MapGet("{id}/results.csv", CsvAsync).Produces(200, contentType: "text/csv").WithSummary("The same as a table.").Refuses(404, "bulk-job.not-found").Refuses(422, "bulk-job.pass");
        jobs.MapPost("{id}/run", BeginAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("Begins what was tried.").Refuses(404, "bulk-job.not-found").Refuses(409, "bulk-job.not-checked");
        jobs.MapPost("{id}/cancellation", CancelAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("Ends the job after the rows that are under way; what is done stays done.").Refuses(404, "bulk-job.not-found");
    }

    private static RouteHandlerBuilder Receiving(RouteHandlerBuilder route)
    {
        route.WithRequestTimeout(EvidenceUpload.Patience);
        return route.Produces<BulkJobView>(202)
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(413, "request.too-large").Refuses(415, "request.media-type").Refuses(422, "file.too-large")
            .Refuses(503, "file.store-full", "file.store-failed");
    }

    private static Task<IResult> ReceiveAwardsAsync(string organizationId, string badge, CurrentActor me, Idempotency idempotency, HttpContext context, BulkJobWorkflow workflow, CancellationToken cancellationToken) =>
        ReceiveAsync(new(BulkKind.Awards, FormatOf(context.Request), OrganizationId.From(organizationId), badge), me, idempotency, context, workflow, cancellationToken);

    private static Task<IResult> ReceiveDecisionsAsync(string organizationId, CurrentActor me, Idempotency idempotency, HttpContext context, BulkJobWorkflow workflow, CancellationToken cancellationToken) =>
        ReceiveAsync(new(BulkKind.Decisions, FormatOf(context.Request), OrganizationId.From(organizationId), null), me, idempotency, context, workflow, cancellationToken);

    private static Task<IResult> ReceiveRevocationsAsync(string organizationId, CurrentActor me, Idempotency idempotency, HttpContext context, BulkJobWorkflow workflow, CancellationToken cancellationToken) =>
        ReceiveAsync(new(BulkKind.Revocations, FormatOf(context.Request), OrganizationId.From(organizationId), null), me, idempotency, context, workflow, cancellationToken);

    private static async Task<IResult> ReceiveAsync(NewBulkJob asked, CurrentActor me, Idempotency idempotency, HttpContext context, BulkJobWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.ReceiveAsync(me.Actor, asked, context.Request.Body, digest => idempotency.For(me.Actor, digest), cancellationToken);
        return TypedResults.Accepted($"/api/bulk-jobs/{read.Id}", context.Answer(read, BulkJobView.Of));
    }

    private static BulkFormat FormatOf(HttpRequest request) => request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "text/csv" => BulkFormat.Csv,
        "application/json" => BulkFormat.Json,
        _ => throw RequestRefused.With(415, "request.media-type", "Please send text/csv or application/json, and say which in the header Content-Type."),
    };

    private static async Task<PageOf<BulkJobView>> ListAsync(CurrentActor me, Paging paging, BulkJobWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, paging.Of, cancellationToken), read => BulkJobView.Of(read.Document));

    private static async Task<BulkJobView> ReadAsync(string id, CurrentActor me, HttpContext context, BulkJobWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, id, cancellationToken), BulkJobView.Of);

    private static async Task<IResult> ProgressAsync(string id, CurrentActor me, BulkJobWorkflow workflow, TimeProvider clock, CancellationToken cancellationToken)
    {
        var first = await workflow.ReadAsync(me.Actor, id, cancellationToken);
        return TypedResults.ServerSentEvents(FollowAsync(first, me.Actor, workflow, clock, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<BulkJobView>> FollowAsync(Read<BulkJob> read, Actor actor, BulkJobWorkflow workflow, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var told = 0L; ;)
        {
            if (read.Version != told)
            {
                told = read.Version;
                yield return new(BulkJobView.Of(read.Document), "progress");
            }

            if (!read.Document.IsUnderWay)
            {
                yield break;
            }

            await Task.Delay(Look, clock, cancellationToken);
            read = await workflow.ReadAsync(actor, read.Id, cancellationToken);
        }
    }

    private static async Task<PageOf<BulkRowView>> ResultsAsync(string id, string? pass, CurrentActor me, Paging paging, BulkJobWorkflow workflow, IDocumentStore store, CancellationToken cancellationToken)
    {
        await workflow.ReadAsync(me.Actor, id, cancellationToken);
        var page = await store.QueryAsync(BulkJobDocuments.Pages, Of(id, pass).Take(1).After(paging.Cursor), cancellationToken);
        return paging.Answer([.. page.Documents.SelectMany(one => one.Results).Select(BulkRowView.Of)], page.Next);
    }

    private static async Task<IResult> CsvAsync(string id, string? pass, CurrentActor me, BulkJobWorkflow workflow, IDocumentStore store, CancellationToken cancellationToken)
    {
        var isAboutRevocations = (await workflow.ReadAsync(me.Actor, id, cancellationToken)).Document.Kind == BulkKind.Revocations;
        var query = Of(id, pass);
        return TypedResults.Stream(
            async body =>
            {
                await body.WriteAsync(Encoding.UTF8.GetBytes("\uFEFF\"row\",\"subject\",\"outcome\",\"result\",\"code\",\"message\"" + (isAboutRevocations ? ",\"stacks\",\"credit asked\",\"credit posted\",\"recognitions\",\"links\"\r\n" : "\r\n")), cancellationToken);
                await foreach (var page in store.AllAsync(BulkJobDocuments.Pages, query, cancellationToken))
                {
                    var text = new StringBuilder();
                    foreach (var row in page.Document.Results)
                    {
                        string[] cells = [row.Row.ToString(CultureInfo.InvariantCulture), row.Subject, row.Outcome == BulkRowOutcome.Done ? "done" : "refused", row.ResultId ?? "", row.Code ?? "", row.Message ?? "", .. isAboutRevocations ? Touched(row.Touches) : []];
                        text.AppendJoin(',', cells.Select(FormulaSafeCsv.Cell)).Append("\r\n");
                    }

                    await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
                }
            },
            "text/csv; charset=utf-8",
            $"results-{id}.csv");
    }

    private static string[] Touched(RevocationReach? reach) => reach is null
        ? ["", "", "", "", ""]
        : [string.Join(' ', reach.Stacks), .. new[] { reach.CreditAsked, reach.CreditPosted, reach.Recognitions, reach.Shares }.Select(count => count.ToString(CultureInfo.InvariantCulture))];

    private static async Task<BulkJobView> BeginAsync(string id, CurrentActor me, HttpContext context, BulkJobWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.BeginAsync(me.Actor, id, cancellationToken), BulkJobView.Of);

    private static async Task<BulkJobView> CancelAsync(string id, CurrentActor me, HttpContext context, BulkJobWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.CancelAsync(me.Actor, id, cancellationToken), BulkJobView.Of);

    private static DocumentQuery<BulkPage> Of(string job, string? pass) => pass is null or "run" or "trial"
        ? BulkJobDocuments.PagesOf.Where(BulkPage.PassOf(job, pass == "trial"))
        : throw Refused.Invalid("bulk-job.pass", "pass is trial or run.");
}
