using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.App.Issuing;
using SkillBadges.App.SignIn.Passes;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Review;

namespace SkillBadges.App.Review;

/// <param name="Attempt">The try that you looked at.</param>
/// <param name="Ratings">On approval, a skill that is not named gets the level that the badge asks for.</param>
/// <param name="Comment">To the learner; when returned, what is missing.</param>
internal sealed record DecideRequest(int Attempt, DecisionOutcome Outcome, IReadOnlyList<CompetencyRating>? Ratings = null, string? Comment = null)
{
    public DecisionRequest ToRequest() => new(Attempt, Outcome, [.. Ratings ?? []], Comment);
}

/// <param name="Decision">Id of the standing decision that was a mistake.</param>
/// <param name="Reason">1 to 500 characters; kept in the record.</param>
internal sealed record CorrectRequest(string Decision, int Attempt, DecisionOutcome Outcome, string Reason, IReadOnlyList<CompetencyRating>? Ratings = null, string? Comment = null);

/// <param name="Award">The badge that was earned; null when the work was returned or a teacher's sign-off is still missing.</param>
internal sealed record DecisionAnswer(string Submission, SubmissionState State, DecisionView Decision, AwardView? Award);

internal static class DecisionsApi
{
    public static void MapDecisions(this IEndpointRouteBuilder app)
    {
        var submissions = app.MapApi("submissions", "Review");
        submissions.MapPost("{id}/decisions", DecideAsync).WithMetadata(new ReachableByPassAttribute()).WithSummary("Approves complete work in one request, or returns it saying what is missing.")
            .RefusesDecision().Refuses(409, "submission.already-decided", "submission.not-submitted", "submission.attempt-stale", "review-task.claimed")
            .Refuses(403, "rating.other-capacity", "rating.talk-first", "stage.scales-off").Refuses(409, "rating.too-many-rounds").Refuses(422, "rating.contradicts-itself")
            .Example(new DecideRequest(1, DecisionOutcome.Approved, [new("machine-setup", "advanced", "Set up without a prompt.")], "Clean work."));
        submissions.MapDelete("{id}/decisions/{decision}", UndoAsync).WithMetadata(new ReachableByPassAttribute()).WithSummary("Takes back your own decision before its badge is signed: a slip of the finger. The work waits again.")
            .RefusesAssessor().Refuses(403, "decision.not-yours")
            .Refuses(409, "decision.nothing-to-undo", "decision.undo-too-late", "decision.undo-overtaken", "decision.needs-two-raters");
        submissions.MapPost("{id}/corrections", CorrectAsync).WithSummary("Puts a new decision in the place of a mistaken one; a badge that it earned is taken back.")
            .RefusesDecision().Refuses(403, "decision.needs-two-raters").Refuses(409, "decision.nothing-to-correct", "submission.attempt-stale").Refuses(422, "decision.reason", "award.reason")
            .Example(new CorrectRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", 1, DecisionOutcome.Returned, "The photos show another learner's coupon.", Comment: "Please add photos of your own coupon."));
    }

    /// <summary>Declares what everybody who judges is held to.</summary>
    internal static TBuilder RefusesAssessor<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder
        .Refuses(403, "decision.own-work", "decision.not-assigned", "decision.role-not-allowed", "decision.not-qualified", "decision.conflict-of-interest")
        .Refuses(404, "submission.not-found");

    private static TBuilder RefusesDecision<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder
        .RefusesAssessor()
        .Refuses(403, "decision.skill-not-named")
        .Refuses(409, "award.already-live")
        .Refuses(422, "decision.outcome", "decision.rated-twice", "decision.level-missing", "decision.level-too-low", "decision.comment", "decision.say-what-is-missing", "definition.unknown-competency", "scale.unknown-level");

    private static async Task<Created<DecisionAnswer>> DecideAsync(
        string id,
        DecideRequest body,
        CurrentActor actor,
        IfMatch ifMatch,
        Idempotency idempotency,
        HttpContext context,
        DecisionWorkflow workflow,
        PromptFinish finish,
        CancellationToken cancellationToken)
    {
        var result = await workflow.DecideAsync(actor.Actor, SubmissionId.From(id), body.ToRequest(), ifMatch.Version, idempotency.For(actor.Actor), cancellationToken);
        return await AnswerAsync(context, result, finish, cancellationToken);
    }

    private static async Task<DecisionAnswer> UndoAsync(
        string id, string decision, CurrentActor actor, Idempotency idempotency, HttpContext context, UndoWorkflow workflow, CancellationToken cancellationToken)
    {
        var result = await workflow.UndoAsync(actor.Actor, SubmissionId.From(id), decision, idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(result.Version);
        return new(result.Submission.Id.Value, result.Submission.State, DecisionView.Of(result.Decision), result.Award is null ? null : AwardView.Of(result.Award));
    }

    private static async Task<Created<DecisionAnswer>> CorrectAsync(
        string id,
        CorrectRequest body,
        CurrentActor actor,
        IfMatch ifMatch,
        Idempotency idempotency,
        HttpContext context,
        CorrectionWorkflow workflow,
        PromptFinish finish,
        CancellationToken cancellationToken)
    {
        var request = new DecisionRequest(body.Attempt, body.Outcome, [.. body.Ratings ?? []], body.Comment);
        var result = await workflow.CorrectAsync(actor.Actor, SubmissionId.From(id), body.Decision, request, body.Reason, ifMatch.Version, idempotency.For(actor.Actor), cancellationToken);
        return await AnswerAsync(context, result, finish, cancellationToken);
    }

    private static async Task<Created<DecisionAnswer>> AnswerAsync(HttpContext context, DecisionResult result, PromptFinish finish, CancellationToken cancellationToken)
    {
        context.SetVersion(result.Version);
        var award = result.Award is { State: AwardState.Signing } ? await finish.FinishAsync(result.Award, cancellationToken) : result.Award;
        return TypedResults.Created(
            $"/api/submissions/{result.Submission.Id}",
            new DecisionAnswer(result.Submission.Id.Value, result.Submission.State, DecisionView.Of(result.Decision), award is null ? null : AwardView.Of(award)));
    }
}
