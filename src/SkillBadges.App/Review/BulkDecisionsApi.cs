using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Review;

namespace SkillBadges.App.Review;

/// <param name="Version">The version of the work that you read, as in an ETag; left out to decide whatever it is.</param>
internal sealed record BulkItemRequest(string Submission, int Attempt, DecisionOutcome Outcome, IReadOnlyList<CompetencyRating>? Ratings = null, string? Comment = null, long? Version = null)
{
    public BulkItem ToItem() => new(SubmissionId.From(Submission), new(Attempt, Outcome, [.. Ratings ?? []], Comment), Version);
}

internal sealed record BulkDecideRequest(IReadOnlyList<BulkItemRequest> Items);

/// <param name="Code">Why it was refused, as <c>/problems/{code}</c> explains.</param>
internal sealed record BulkResultView(string Submission, BulkOutcome Outcome, string? Decision, string? Award, string? Code, string? Message);

/// <param name="Items">In the order of the request.</param>
internal sealed record BulkDecideAnswer(int Decided, int Refused, IReadOnlyList<BulkResultView> Items);

internal static class BulkDecisionsApi
{
    public static void MapBulkDecisions(this IEndpointRouteBuilder app) => app.MapApi("bulk-decisions", "Review").MapPost("", DecideAsync)
        .WithSummary("Up to 500 decisions at once, each with an answer of its own; one that is refused keeps no other. Badges are signed a moment later.")
        .Example(
            new BulkDecideRequest([new("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", 1, DecisionOutcome.Approved), new("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", 2, DecisionOutcome.Returned, Comment: "Please show the gauge.")]),
            new BulkDecideAnswer(
                1,
                1,
                [
                    new("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", BulkOutcome.Approved, "019aa0d2c7f07f1c8b0e1f6d5c2b7a92", "019aa0d2c7f07f1c8b0e1f6d5c2b7a93", null, null),
                    new("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", BulkOutcome.Refused, null, null, "submission.attempt-stale", "There is a newer try than the one you looked at; please look again."),
                ]))
        .Refuses(422, "bulk.count", "bulk.repeated");

    private static async Task<BulkDecideAnswer> DecideAsync(
        BulkDecideRequest body, CurrentActor actor, Idempotency idempotency, BulkDecisionWorkflow workflow, CancellationToken cancellationToken)
    {
        var bulk = await workflow.DecideAsync(actor.Actor, [.. body.Items.Select(item => item.ToItem())], idempotency.For(actor.Actor), cancellationToken);
        var refused = bulk.Results.Count(result => result.Outcome == BulkOutcome.Refused);
        return new(
            bulk.Results.Length - refused,
            refused,
            [.. bulk.Results.Select(result => new BulkResultView(result.Submission.Value, result.Outcome, result.Decision, result.Award, result.Code, result.Message))]);
    }
}
