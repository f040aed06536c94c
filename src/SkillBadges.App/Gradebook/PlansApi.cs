using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Plans;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

/// <param name="PrefillPeriod">Badges that are begun and not finished become targets of this period; left out for an empty plan.</param>
internal sealed record OpenPlanRequest(string LearnerId, string OrganizationId, string? PrefillPeriod = null);

internal sealed record PlanGoalRequest(string Id, string Text, string? Steps = null);

internal sealed record PlanTargetRequest(string Id, string Period, string Badge, string? Skill = null, string? Level = null);

internal sealed record WritePlanRequest(IReadOnlyList<PlanGoalRequest> Goals, IReadOnlyList<PlanTargetRequest> Targets, string? Pathway = null);

internal sealed record ReviewPlanRequest(string? Notes = null);

/// <param name="Sha256">Of the content that was read.</param>
internal sealed record SignPlanRequest(string Sha256);

/// <param name="Authorship">How many lines are whose: learner, family, adviser.</param>
internal sealed record LearnerPlanView(string Id, string LearnerId, string OrganizationId, DateTimeOffset OpenedAt, PlanContent Content, int Reviews, IReadOnlyDictionary<string, int> Authorship)
{
    public static LearnerPlanView Of(Plan plan) => new(plan.Id, plan.Learner.Value, plan.Organization.Value, plan.OpenedAt, plan.Content, plan.Reviews, Shares(plan.Content));

    private static SortedDictionary<string, int> Shares(PlanContent content) => new(
        content.Goals.Select(goal => goal.Author).Concat(content.Targets.Select(target => target.Author)).OfType<PlanAuthor>().CountBy(author => author.Voice)
            .ToDictionary(pair => pair.Key.ToString().ToLowerInvariant(), pair => pair.Value, StringComparer.Ordinal),
        StringComparer.Ordinal);
}

internal sealed record PlanReviewView(string PlanId, int Number, PlanContent Content, string Sha256, string? Notes, string By, DateTimeOffset At, IReadOnlyList<PlanSignature> Signatures)
{
    public static PlanReviewView Of(Read<PlanReview> read) => new(
        read.Document.Plan, read.Document.Number, read.Document.Content, read.Document.Hash.Hex, read.Document.Notes, read.Document.By.Value, read.Document.At, read.Document.Signatures);
}

/// <summary>Personalized plans: goals, a pathway, targets per period, and reviews that are kept and signed.</summary>
internal static class PlansApi
{
    public static void MapPlans(this IEndpointRouteBuilder app)
    {
        var plans = app.MapApi("plans", "Plans");
        plans.MapPost("", OpenAsync).Example(new OpenPlanRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "Term 1")).Produces<LearnerPlanView>(201)
            .WithSummary("Opens a plan, empty or with what is begun. For the learner, the family, teachers of the learner and the records office.").Refuses(403, "stage.reporting-off").Refuses(404, "learner.not-found").Refuses(422, "plan.content");
        plans.MapGet("{id}", ReadAsync).WithSummary("One plan, with who wrote which line.").Refuses(404, "plan.not-found");
        plans.MapPut("{id}", WriteAsync).Example(new WritePlanRequest([new("g1", "Weld for a living", "Visit the shipyard.")], [new("t1", "Term 1", "smaw-fillet")], "Welding"))
            .WithSummary("Writes the plan anew; lines that stay as they were keep their author.").Refuses(404, "plan.not-found", "badge.not-found").Refuses(422, "plan.content");
        plans.MapPost("{id}/reviews", ReviewAsync).Example(new ReviewPlanRequest("We met on Tuesday.")).Produces<PlanReviewView>(201).WithSummary("Keeps the plan as it is today, for good, to be signed.")
            .Refuses(404, "plan.not-found", "plan-review.not-found").Refuses(422, "plan.notes");
        plans.MapGet("{id}/reviews", ReviewsAsync).WithSummary("The reviews, latest first.").Refuses(404, "plan.not-found");
        plans.MapPost("{id}/reviews/{number:int}/signatures", SignAsync).Example(new SignPlanRequest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
            .WithSummary("Signs exactly what a review holds, as learner, family or adviser.").Refuses(404, "plan.not-found", "plan-review.not-found").Refuses(409, "plan.review-other", "storage.version-conflict").WithMetadata(new RepeatsHarmlessly());
        app.MapApi("learners/{id}/plans", "Plans").MapGet("", OfLearnerAsync).WithSummary("The plans of a learner that you may see, latest first; a page may hold fewer.").Refuses(404, "learner.not-found");
    }

    private static async Task<Created<LearnerPlanView>> OpenAsync(OpenPlanRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, PlanWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.OpenAsync(me.Actor, PersonId.From(body.LearnerId), OrganizationId.From(body.OrganizationId), body.PrefillPeriod, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/plans/{read.Id}", context.Answer(read, LearnerPlanView.Of));
    }

    private static async Task<LearnerPlanView> ReadAsync(string id, CurrentActor me, HttpContext context, PlanWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, id, cancellationToken), LearnerPlanView.Of);

    private static async Task<PageOf<LearnerPlanView>> OfLearnerAsync(string id, CurrentActor me, Paging paging, PlanWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.OfLearnerAsync(me.Actor, PersonId.From(id), paging.Of, cancellationToken), read => LearnerPlanView.Of(read.Document));

    private static async Task<LearnerPlanView> WriteAsync(string id, WritePlanRequest body, CurrentActor me, IfMatch ifMatch, HttpContext context, PlanWorkflow workflow, CancellationToken cancellationToken)
    {
        var content = new PlanContent(
            body.Pathway, [.. body.Goals.Select(goal => new PlanGoal(goal.Id, goal.Text, goal.Steps))], [.. body.Targets.Select(target => new PlanTarget(target.Id, target.Period, target.Badge, target.Skill, target.Level))]);
        return context.Answer(await workflow.WriteAsync(me.Actor, id, content, ifMatch.Required, cancellationToken), LearnerPlanView.Of);
    }

    private static async Task<Created<PlanReviewView>> ReviewAsync(string id, ReviewPlanRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, PlanWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.ReviewAsync(me.Actor, id, body.Notes, ifMatch.Version, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/plans/{id}/reviews", PlanReviewView.Of(read));
    }

    private static async Task<PageOf<PlanReviewView>> ReviewsAsync(string id, CurrentActor me, Paging paging, PlanWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ReviewsAsync(me.Actor, id, paging.Of, cancellationToken), PlanReviewView.Of);

    private static async Task<PlanReviewView> SignAsync(string id, int number, SignPlanRequest body, CurrentActor me, PlanWorkflow workflow, CancellationToken cancellationToken)
    {
        var hash = Sha256Digest.TryParse(body.Sha256, out var read) ? read : throw Refused.Conflict("plan.review-other", "What you read is named by its SHA-256, 64 lower-case hexadecimal digits.");
        return PlanReviewView.Of(await workflow.SignAsync(me.Actor, id, number, hash, cancellationToken));
    }
}
