using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Notebooks;

/// <summary>A learner keeps goals and a progress log; always one's own, so nobody is named whose notebook it would be.</summary>
public sealed class NotebookWorkflow(Commits commits, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>One's own notebook, empty at version 0 where none was begun.</summary>
    /// <exception cref="RefusedException"><c>notebook.not-found</c> for somebody without an account.</exception>
    public async Task<Read<Notebook>> ReadAsync(Actor actor, CancellationToken cancellationToken) => actor.IsLimited
        ? throw Refused.NotFound("notebook")
        : await store.FindAsync(NotebookDocuments.Kind, actor.Person.Value, cancellationToken) ?? new(new(actor.Person), actor.Person.Value, 0);

    /// <exception cref="RefusedException"><c>notebook.not-found</c>, <c>notebook.goals</c>, <c>badge.not-found</c>, <c>request.stale</c>.</exception>
    public Task<Read<Notebook>> WriteAsync(Actor actor, IReadOnlyCollection<NotebookGoal> goals, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var read = (await ReadAsync(actor, token)).MustBe(ifMatch);
            var written = read.Document.Write(goals, clock.Now());
            string[] badges = [.. written.Goals.Select(goal => goal.Badge).OfType<string>().Distinct(StringComparer.Ordinal)];
            if ((await store.FindManyAsync(DefinitionDocuments.Heads, badges, token)).Count < badges.Length)
            {
                throw Refused.NotFound("badge");
            }

            return read.Version == 0 ? new Changes().Adding(NotebookDocuments.Kind, written) : new Changes().Replacing(NotebookDocuments.Kind, read, written);
        },
        cancellationToken);

    /// <summary>Notes something, perhaps about a goal.</summary>
    /// <exception cref="RefusedException"><c>notebook.not-found</c>, <c>notebook.note</c>, <c>notebook.full</c>.</exception>
    public Task<Read<NotebookNote>> NoteAsync(Actor actor, string? goal, string text, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var read = await ReadAsync(actor, token);
            if ((await store.QueryAsync(NotebookDocuments.Notes, NotebookDocuments.ByLearner.Where(actor.Person.Value).Take(NotebookNote.MaxNotes), token)).Items.Count == NotebookNote.MaxNotes)
            {
                throw Refused.Conflict("notebook.full", $"A notebook holds {NotebookNote.MaxNotes} notes; please print it and remove some.");
            }

            var words = DisplayText.Optional(text, NotebookNote.MaxTextLength, "notebook.note");
            return words is not null && (goal is null || read.Document.Goals.Any(known => known.Id == goal))
                ? new Changes().Adding(NotebookDocuments.Notes, new(NewId.Ordered(clock.Now()), actor.Person, goal, words, clock.Now()))
                : throw Refused.Invalid("notebook.note", "A note says something, and names a goal of this notebook or none.");
        },
        (id, token) => store.GetAsync(NotebookDocuments.Notes, id, "notebook-note", token),
        cancellationToken);

    /// <summary>One's own notes, latest first.</summary>
    public async Task<Page<NotebookNote>> NotesAsync(Actor actor, Func<DocumentQuery<NotebookNote>, DocumentQuery<NotebookNote>> page, CancellationToken cancellationToken)
    {
        await ReadAsync(actor, cancellationToken);
        return await store.QueryAsync(NotebookDocuments.Notes, page(NotebookDocuments.ByLearner.Where(actor.Person.Value).Descending()), cancellationToken);
    }

    /// <summary>Removes a note of one's own for good.</summary>
    /// <exception cref="RefusedException"><c>notebook-note.not-found</c>.</exception>
    public Task RemoveAsync(Actor actor, string note, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var read = await store.GetAsync(NotebookDocuments.Notes, note, "notebook-note", token);
            return read.Document.Learner == actor.Person && !actor.IsLimited
                ? new Outcome<bool>(new Changes().Remove(NotebookDocuments.Notes, read), true, note)
                : throw Refused.NotFound("notebook-note");
        },
        cancellationToken);
}
