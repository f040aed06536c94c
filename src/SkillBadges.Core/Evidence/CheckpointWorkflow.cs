using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>A teacher nods at a stop point of a learner's work, or confirms the preparation for another try; the words of the draft stay the learner's own.</summary>
public sealed class CheckpointWorkflow(Commits commits, ClassTeaching teaching, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <returns>The work as its teacher sees it: stop points and nods.</returns>
    /// <exception cref="RefusedException"><c>submission.not-found</c>, also where the actor is no teacher of the learner, and those of <see cref="Submission.NodAt"/>.</exception>
    public Task<Read<Submission>> NodAsync(Actor actor, SubmissionId id, string checkpoint, string? words, RequestKey? key, CancellationToken cancellationToken) => SayAsync(
        actor,
        id,
        key,
        async (work, token) => work.NodAt(await store.VersionAsync(work.Badge, token), checkpoint, actor.Person, words, clock.Now()),
        cancellationToken);

    /// <summary>That the preparation which a learner tells of in their plan was done.</summary>
    /// <returns>The work as its teacher sees it.</returns>
    /// <exception cref="RefusedException"><c>submission.not-found</c>, also where the actor is no teacher of the learner, and those of <see cref="Submission.ConfirmPreparation"/>.</exception>
    public Task<Read<Submission>> ConfirmPreparationAsync(Actor actor, SubmissionId id, int attempt, RequestKey? key, CancellationToken cancellationToken) => SayAsync(
        actor,
        id,
        key,
        (work, _) => Task.FromResult(work.ConfirmPreparation(attempt, new(actor.Person, clock.Now()))),
        cancellationToken);

    private Task<Read<Submission>> SayAsync(Actor actor, SubmissionId id, RequestKey? key, Func<Submission, CancellationToken, Task<Submission>> say, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var (read, teacher) = await FindAsync(actor, id, attemptToken);
            var nodded = await say(read.Document, attemptToken);
            var changes = teacher.RequireIn(new Changes());
            return changes.Replacing(SubmissionDocuments.Kind, read, nodded);
        },
        async (_, replayToken) => (await FindAsync(actor, id, replayToken)).Read,
        cancellationToken);

    private async Task<(Read<Submission> Read, Teaching Teacher)> FindAsync(Actor actor, SubmissionId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", cancellationToken);
        return (read, await teaching.FindAsync(actor, read.Document.Learner, read.Document.Organization, cancellationToken) ?? throw Refused.NotFound("submission"));
    }
}
