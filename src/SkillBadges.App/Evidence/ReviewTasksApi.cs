using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>One line of a queue; the work is at <c>/api/submissions/{submission}</c>.</summary>
internal sealed record ReviewTaskView(string Submission, string Learner, string LearnerName, string Organization, string Badge, int Attempt, DateTimeOffset SubmittedAt);

internal static class ReviewTasksApi
{
    public static void MapReviewTasks(this IEndpointRouteBuilder app) =>
        app.MapApi("review-tasks", "Review").MapGet("", ListAsync).WithSummary("Work that waits for your decision, oldest first.");

    private static async Task<PageOf<ReviewTaskView>> ListAsync(CurrentActor actor, Paging paging, IDocumentStore store, Assignments assignments, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(ReviewTaskDocuments.Kind, paging.Of(ReviewTaskDocuments.ByAssignee.Where(actor.Person.Value)), cancellationToken);
        var tasks = await assignments.StillAssignedAsync(actor.Actor, [.. page.Documents], cancellationToken);
        var people = await store.FindManyAsync(PersonDocuments.Kind, [.. tasks.Select(task => task.Learner.Value).Distinct(StringComparer.Ordinal)], cancellationToken);
        var names = people.ToDictionary(read => read.Document.Id, read => read.Document.DisplayName);
        return paging.Answer([.. tasks.Select(task => View(task, names))], page.Next);
    }

    private static ReviewTaskView View(ReviewTask task, Dictionary<PersonId, string> names) =>
        new(task.Submission.Value, task.Learner.Value, names.GetValueOrDefault(task.Learner, ""), task.Organization.Value, task.Badge.ToString(), task.Attempt, task.SubmittedAt);
}
