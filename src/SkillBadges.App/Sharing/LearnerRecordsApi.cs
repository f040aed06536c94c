using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Inspections;
using SkillBadges.Core.Sharing.Statements;

namespace SkillBadges.App.Sharing;

/// <param name="Entry">Id of the entry in the record.</param>
/// <param name="Text">At most 2,000 characters.</param>
internal sealed record NewStatementRequest(string Entry, string Text);

internal sealed record StatementView(string Id, string RecordKeeper, string Entry, string Text, string By, DateTimeOffset At)
{
    public static StatementView Of(Statement statement) => new(statement.Id.Value, statement.RecordKeeper.Value, statement.Entry, statement.Text, statement.By.Value, statement.At);
}

/// <summary>What learner and family do with a record besides reading it: write beside an entry, and take all of it home.</summary>
internal static class LearnerRecordsApi
{
    public static void MapLearnerRecords(this IEndpointRouteBuilder app)
    {
        var learners = app.MapApi("learners", "Student record");
        learners.MapPost("{id}/statements", WriteAsync).Produces<StatementView>(201).WithSummary("Writes beside an entry that the school would not amend; it goes wherever the entry goes. For whoever holds the rights.")
            .Example(new NewStatementRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "The machine was broken on that day; the second try is in the notebook."))
            .Refuses(404, "learner.not-found", "entry.not-found", "organization.not-found").Refuses(403, "consent.not-yours").Refuses(409, "statement.too-many").Refuses(422, "statement.text");
        learners.MapGet("{id}/statements", ListAsync).WithSummary("The statements about one school's record (?recordKeeper=). For the learner, the family and that school's office.").Refuses(404, "learner.not-found", "organization.not-found");
        learners.MapGet("{id}/inspection", InspectAsync).WithSummary("All that schools keep of a learner, as a ZIP of JSON files. For the learner and the family.").Produces(200, contentType: "application/zip").Refuses(404, "learner.not-found");
    }

    private static async Task<IResult> WriteAsync(string id, NewStatementRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, StatementWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.WriteAsync(me.Actor, PersonId.From(id), body.Entry, body.Text, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/learners/{id}/statements", context.Answer(read, StatementView.Of));
    }

    private static async Task<PageOf<StatementView>> ListAsync(string id, string recordKeeper, CurrentActor me, Paging paging, StatementWorkflow workflow, CancellationToken cancellationToken) => paging.Answer(
        await workflow.ListAsync(me.Actor, PersonId.From(id), OrganizationId.From(recordKeeper), paging.Of, cancellationToken), read => StatementView.Of(read.Document));

    private static async Task InspectAsync(string id, CurrentActor me, HttpContext context, Inspection inspection, CancellationToken cancellationToken)
    {
        var files = await inspection.ReadAsync(me.Actor, PersonId.From(id), cancellationToken);
        TransfersApi.Attach(context, "my-record.zip");
        await using var body = new BufferedStream(context.Response.Body, 64 * 1024);
        await Inspection.WriteAsync(files, body, cancellationToken);
    }
}
