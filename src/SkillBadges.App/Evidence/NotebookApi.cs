using SkillBadges.App.Http;
using SkillBadges.Core.Evidence.Notebooks;

namespace SkillBadges.App.Evidence;

/// <param name="Badge">Slug of a badge that it leads to, or null.</param>
/// <param name="ReachedOn">The day on which you say it was reached; null while it is open.</param>
internal sealed record NotebookGoalView(string Id, string Text, string? Badge, DateOnly? Until, DateOnly? ReachedOn, DateTimeOffset SetAt);

internal sealed record NotebookView(IReadOnlyList<NotebookGoalView> Goals)
{
    public static NotebookView Of(Notebook notebook) => new([.. notebook.Goals.Select(goal => new NotebookGoalView(goal.Id, goal.Text, goal.Badge, goal.Until, goal.ReachedOn, goal.SetAt))]);
}

internal sealed record NotebookGoalRequest(string Id, string Text, string? Badge = null, DateOnly? Until = null, DateOnly? ReachedOn = null);

internal sealed record WriteNotebookRequest(IReadOnlyList<NotebookGoalRequest> Goals);

/// <param name="Goal">Id of the goal it is about, or null.</param>
internal sealed record NotebookNoteRequest(string Text, string? Goal = null);

internal sealed record NotebookNoteView(string Id, string? Goal, string Text, DateTimeOffset At)
{
    public static NotebookNoteView Of(NotebookNote note) => new(note.Id, note.Goal, note.Text, note.At);
}

/// <summary>A learner's own goals and progress log; the page <c>/notebook</c> is made to be printed.</summary>
internal static class NotebookApi
{
    public static void MapNotebook(this IEndpointRouteBuilder app)
    {
        var notebook = app.MapApi("notebook", "Notebook");
        notebook.MapGet("", ReadAsync).WithSummary("Your own goals. Nobody else reads them.").Refuses(404, "notebook.not-found");
        notebook.MapPut("", WriteAsync).WithSummary("Writes your goals anew.").Example(new WriteNotebookRequest([new("g1", "Weld a clean vertical up", "smaw-fillet", new(2027, 3, 1))]))
            .Refuses(404, "notebook.not-found", "badge.not-found").Refuses(422, "notebook.goals");
        notebook.MapGet("notes", NotesAsync).WithSummary("Your own progress log, latest first.").Refuses(404, "notebook.not-found");
        notebook.MapPost("notes", NoteAsync).WithSummary("Notes something, perhaps about a goal.").Produces<NotebookNoteView>(201).Example(new NotebookNoteRequest("Held the arc for a whole plate today.", "g1"))
            .Refuses(404, "notebook.not-found").Refuses(409, "notebook.full").Refuses(422, "notebook.note");
        notebook.MapDelete("notes/{id}", RemoveAsync).WithSummary("Removes a note of your own for good.").Refuses(404, "notebook-note.not-found");
    }

    private static async Task<NotebookView> ReadAsync(CurrentActor me, HttpContext context, NotebookWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, cancellationToken), NotebookView.Of);

    private static async Task<NotebookView> WriteAsync(WriteNotebookRequest body, CurrentActor me, IfMatch ifMatch, HttpContext context, NotebookWorkflow workflow, CancellationToken cancellationToken) => context.Answer(
        await workflow.WriteAsync(me.Actor, [.. body.Goals.Select(goal => new NotebookGoal(goal.Id, goal.Text, goal.Badge, goal.Until, goal.ReachedOn, default))], ifMatch.Required, cancellationToken), NotebookView.Of);

    private static async Task<PageOf<NotebookNoteView>> NotesAsync(CurrentActor me, Paging paging, NotebookWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.NotesAsync(me.Actor, paging.Of, cancellationToken), read => NotebookNoteView.Of(read.Document));

    private static async Task<IResult> NoteAsync(NotebookNoteRequest body, CurrentActor me, Idempotency idempotency, NotebookWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.NoteAsync(me.Actor, body.Goal, body.Text, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created("/api/notebook/notes", NotebookNoteView.Of(read.Document));
    }

    private static async Task<IResult> RemoveAsync(string id, CurrentActor me, NotebookWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.RemoveAsync(me.Actor, id, cancellationToken);
        return TypedResults.NoContent();
    }
}
