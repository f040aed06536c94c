using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Support;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <param name="Checkpoint">Id of a stop point of the badge; left out for the whole.</param>
internal sealed record AskAssessmentRequest(string? Checkpoint = null, string? Words = null);

/// <param name="Words">Such as when you come.</param>
internal sealed record AnswerAssessmentRequest(string? Words = null);

internal sealed record AssessmentRequestView(
    string Id, string Submission, string Learner, string Badge, string? Checkpoint, string? Words, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt, string? Answer)
{
    public static AssessmentRequestView Of(Read<AssessmentRequest> read)
    {
        var asked = read.Document;
        return new(asked.Id.Value, asked.Submission.Value, asked.Learner.Value, asked.Badge.ToString(), asked.Checkpoint, asked.Words, asked.AskedAt, asked.AnsweredAt, asked.Answer);
    }
}

internal static class AssessmentRequestsApi
{
    public static void MapAssessmentRequests(this IEndpointRouteBuilder app)
    {
        app.MapApi("submissions", "Paths").MapPost("{id}/assessment-requests", AskAsync).WithSummary("Asks your teachers to come and look: at a stop point, or at the whole.")
            .Example(new AskAssessmentRequest("safety", "Set up in booth 3."))
            .Refuses(404, "submission.not-found", "checkpoint.not-found").Refuses(409, "submission.not-editable", "assessment-request.waiting").Refuses(422, "assessment-request.words");
        var requests = app.MapApi("assessment-requests", "Paths");
        requests.MapGet("", WaitingAsync).WithSummary("What the students of a class of yours wait for: ?section= is the class's id.").Refuses(404, "class-section.not-found");
        requests.MapGet("{id}", ReadAsync).WithSummary("One request.").Refuses(404, "assessment-request.not-found");
        requests.MapPost("{id}/answers", AnswerAsync).WithSummary("A teacher's answer.").Example(new AnswerAssessmentRequest("Coming after second period."))
            .Refuses(404, "assessment-request.not-found").Refuses(403, "assessment-request.not-your-student").Refuses(409, "assessment-request.answered").Refuses(422, "assessment-request.words");
    }

    private static async Task<Created<AssessmentRequestView>> AskAsync(
        string id, AskAssessmentRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, AssessmentRequestWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.AskAsync(actor.Actor, SubmissionId.From(id), body.Checkpoint, body.Words, idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/assessment-requests/{read.Id}", AssessmentRequestView.Of(read));
    }

    private static async Task<PageOf<AssessmentRequestView>> WaitingAsync(string section, CurrentActor actor, Paging paging, AssessmentRequestWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.WaitingAsync(actor.Actor, ClassSectionId.From(section), paging.Of, cancellationToken), AssessmentRequestView.Of);

    private static async Task<AssessmentRequestView> ReadAsync(string id, CurrentActor actor, HttpContext context, AssessmentRequestWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(actor.Actor, AssessmentRequestId.From(id), cancellationToken), AssessmentRequestView.Of);

    private static async Task<AssessmentRequestView> AnswerAsync(
        string id, AnswerAssessmentRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, AssessmentRequestWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.AnswerAsync(actor.Actor, AssessmentRequestId.From(id), body.Words, idempotency.For(actor.Actor), cancellationToken), AssessmentRequestView.Of);
}
