using SkillBadges.App.Http;
using SkillBadges.App.SignIn.Passes;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>One line of a queue; the work is at <c>/api/submissions/{submission}</c>.</summary>
/// <param name="ShareOf">Of a pool's work, whose share it is; null where it is everybody's.</param>
/// <param name="OpenedBy">Who has it open, until <paramref name="OpenUntil"/>.</param>
internal sealed record ReviewTaskView(
    string Submission,
    string Learner,
    string LearnerName,
    string Organization,
    string Badge,
    int Attempt,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? DueAt,
    string? ShareOf,
    string? OpenedBy,
    DateTimeOffset? OpenUntil);

internal static class ReviewTasksApi
{
    public static void MapReviewTasks(this IEndpointRouteBuilder app)
    {
        var tasks = app.MapApi("review-tasks", "Review");
        tasks.MapGet("", ListAsync).WithMetadata(new ReachableByPassAttribute()).WithSummary("Work that waits for your decision; what is due first comes first.");
        tasks.MapPost("next", NextAsync).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Opens the next piece of work that no colleague has open: of your own share of a pool first. It stays yours for twenty minutes.").Refuses(404, "review-task.none");
        tasks.MapPost("{submission}/claim", ClaimAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("Opens one piece of work: nobody else decides on it for twenty minutes.")
            .Refuses(404, "review-task.not-found").Refuses(409, "review-task.claimed");
        tasks.MapDelete("{submission}/claim", ReleaseAsync).WithSummary("Gives work back before deciding on it.").Refuses(404, "review-task.not-found");
    }

    private static async Task<PageOf<ReviewTaskView>> ListAsync(CurrentActor actor, Paging paging, IDocumentStore store, ReviewQueue queue, TimeProvider clock, CancellationToken cancellationToken)
    {
        var page = await queue.ListAsync(actor.Actor, paging.Of, cancellationToken);
        var names = await store.NamesAsync(page.Documents.Select(task => task.Learner), cancellationToken);
        return paging.Answer([.. page.Documents.Select(task => View(task, names.GetValueOrDefault(task.Learner, ""), clock.Now()))], page.Next);
    }

    private static async Task<ReviewTaskView> NextAsync(CurrentActor actor, HttpContext context, IDocumentStore store, ReviewQueue queue, TimeProvider clock, CancellationToken cancellationToken) =>
        await AnswerAsync(context, store, await queue.NextAsync(actor.Actor, cancellationToken), clock, cancellationToken);

    private static async Task<ReviewTaskView> ClaimAsync(
        string submission, CurrentActor actor, HttpContext context, IDocumentStore store, ReviewQueue queue, TimeProvider clock, CancellationToken cancellationToken) =>
        await AnswerAsync(context, store, await queue.ClaimAsync(actor.Actor, SubmissionId.From(submission), cancellationToken), clock, cancellationToken);

    private static async Task<ReviewTaskView> ReleaseAsync(
        string submission, CurrentActor actor, HttpContext context, IDocumentStore store, ReviewQueue queue, TimeProvider clock, CancellationToken cancellationToken) =>
        await AnswerAsync(context, store, await queue.ReleaseAsync(actor.Actor, SubmissionId.From(submission), cancellationToken), clock, cancellationToken);

    private static async Task<ReviewTaskView> AnswerAsync(HttpContext context, IDocumentStore store, Read<ReviewTask> read, TimeProvider clock, CancellationToken cancellationToken)
    {
        context.SetVersion(read.Version);
        var learner = await store.FindAsync(PersonDocuments.Kind, read.Document.Learner.Value, cancellationToken);
        return View(read.Document, learner?.Document.DisplayName ?? "", clock.Now());
    }

    private static ReviewTaskView View(ReviewTask task, string learnerName, DateTimeOffset now)
    {
        var claim = task.Claim is { } held && now < held.Until ? held : null;
        return new(
            task.Submission.Value, task.Learner.Value, learnerName, task.Organization.Value, task.Badge.ToString(), task.Attempt, task.SubmittedAt, task.DueAt, task.ShareOf?.Value, claim?.By.Value, claim?.Until);
    }
}
