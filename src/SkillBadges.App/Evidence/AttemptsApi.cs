using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;

namespace SkillBadges.App.Evidence;

/// <param name="Assessment">Id of an assessment of the badge.</param>
internal sealed record TestOutRequest(string Assessment, int Score, DateOnly TakenOn);

/// <param name="Action">What you will do.</param>
internal sealed record PlannedStep(string Competency, string Action, DateOnly? By = null);

/// <param name="Preparation">What you did of the preparation that is asked for; left out, it stays as it is.</param>
internal sealed record TouchPlanRequest(IReadOnlyList<PlannedStep> Steps, string? Preparation = null);

internal sealed record NodRequest(string Checkpoint, string? Words = null);

/// <summary>What comes before a try: the result that tests out of it, the plan after a return, a teacher's nod.</summary>
internal static class AttemptsApi
{
    public static void MapAttempts(this IEndpointRouteBuilder app)
    {
        var submissions = app.MapApi("submissions", "Paths");
        submissions.MapPost("{id}/assessments", TestOutAsync).WithSummary("Hands in the result of the badge's assessment as proof of the skills it covers; with nothing else missing, the work goes straight to review.")
            .RefusesTurningIn().Refuses(409, "submission.not-editable").Refuses(422, "evidence.unknown-assessment", "evidence.assessment", "evidence.too-many")
            .Example(new TestOutRequest("pre-test", 18, new(2026, 11, 20)));
        submissions.MapPut("{id}/plans/{attempt:int}", TouchPlanAsync).WithSummary("Your side of the plan after a return: what you will do, by when, and that the preparation is done.")
            .Refuses(404, "submission.not-found", "plan.not-found").Refuses(409, "plan.closed").Refuses(422, "plan.unknown-skill", "plan.action", "plan.preparation")
            .Example(new TouchPlanRequest([new("tapping", "Tap ten holes on Thursday and keep the best.", new(2026, 12, 3))], "One hour of practice with the instructor."));
        submissions.MapPost("{id}/plans/{attempt:int}/confirmations", ConfirmAsync).WithSummary("A teacher's word that the preparation in a plan was done; asked for where the policy says so.")
            .Refuses(404, "submission.not-found", "plan.not-found").Refuses(409, "plan.closed", "plan.preparation-unsaid");
        submissions.MapPost("{id}/nods", NodAsync).WithSummary("A teacher's \"go on\" at a stop point of the badge.")
            .Refuses(404, "submission.not-found", "checkpoint.not-found").Refuses(409, "submission.not-editable").Refuses(422, "checkpoint.words")
            .Example(new NodRequest("safety", "Goggles, sleeves, clear bench."));
    }

    private static async Task<SubmissionView> TestOutAsync(
        string id, TestOutRequest body, CurrentActor actor, IfMatch ifMatch, Idempotency idempotency, HttpContext context, SubmissionWorkflow workflow, CancellationToken cancellationToken) =>
        SubmissionsApi.Answer(context, await workflow.TestOutAsync(
            actor.Actor, SubmissionId.From(id), body.Assessment, body.Score, body.TakenOn, ifMatch.Version, idempotency.For(actor.Actor), cancellationToken));

    private static async Task<SubmissionView> TouchPlanAsync(
        string id, int attempt, TouchPlanRequest body, CurrentActor actor, IfMatch ifMatch, HttpContext context, SubmissionWorkflow workflow, CancellationToken cancellationToken)
    {
        var steps = body.Steps.Select(step => new PlanStep(step.Competency, null) { Action = step.Action, By = step.By }).ToList();
        return SubmissionsApi.Answer(context, await workflow.TouchPlanAsync(actor.Actor, SubmissionId.From(id), attempt, steps, body.Preparation, ifMatch.Version, cancellationToken));
    }

    private static async Task<PlanView> ConfirmAsync(
        string id, int attempt, CurrentActor actor, Idempotency idempotency, HttpContext context, CheckpointWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.ConfirmPreparationAsync(actor.Actor, SubmissionId.From(id), attempt, idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return PlanView.Of(read.Document.Plans.Last(plan => plan.Attempt == attempt));
    }

    private static async Task<Created<NodView>> NodAsync(
        string id, NodRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, CheckpointWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.NodAsync(actor.Actor, SubmissionId.From(id), body.Checkpoint, body.Words, idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/submissions/{id}", NodView.Of(read.Document.Nods.Last(nod => nod.CheckpointId == body.Checkpoint)));
    }
}
