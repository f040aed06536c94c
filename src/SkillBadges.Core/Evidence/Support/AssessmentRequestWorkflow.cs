using SkillBadges.Core.Definitions;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Support;

/// <summary>A learner asks to be looked at; a teacher of theirs answers.</summary>
public sealed class AssessmentRequestWorkflow(Commits commits, ClassTeaching teaching, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>submission.not-editable</c>, <c>assessment-request.waiting</c>, and those of <see cref="AssessmentRequest.Ask"/>.</exception>
    public Task<Read<AssessmentRequest>> AskAsync(Actor actor, SubmissionId id, string? checkpoint, string? words, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", attemptToken);
            if (read.Document.Learner != actor.Person)
            {
                throw Refused.NotFound("submission");
            }

            read.Document.RequireDraft();
            if (await store.FirstAsync(AssessmentRequestDocuments.Kind, AssessmentRequestDocuments.Open.Where(id.Value, checkpoint ?? "*"), attemptToken) is not null)
            {
                throw Refused.Conflict("assessment-request.waiting", "You have asked for this already; your teacher has not answered yet.");
            }

            var now = clock.Now();
            var asked = AssessmentRequest.Ask(AssessmentRequestId.New(now), read.Document, await store.VersionAsync(read.Document.Badge, attemptToken), checkpoint, words, now);
            var changes = new Changes().Require(SubmissionDocuments.Kind, read);
            foreach (var teacher in await teaching.TeachersOfAsync(asked.Learner, asked.Organization, attemptToken))
            {
                changes.Notify(teacher, NoticeKind.AssessmentAsked, asked.Id.Value, now);
            }

            return changes.Adding(AssessmentRequestDocuments.Kind, asked);
        },
        (asked, replayToken) => ReadAsync(actor, AssessmentRequestId.From(asked), replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>assessment-request.not-found</c>, <c>assessment-request.not-your-student</c>, and those of <see cref="AssessmentRequest.AnswerWith"/>.</exception>
    public Task<Read<AssessmentRequest>> AnswerAsync(Actor actor, AssessmentRequestId id, string? words, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await ReadAsync(actor, id, attemptToken);
            var teacher = await teaching.FindAsync(actor, read.Document.Learner, read.Document.Organization, attemptToken)
                ?? throw Refused.Forbidden("assessment-request.not-your-student", "A teacher of this learner answers.");
            var answered = read.Document.AnswerWith(words, actor.Person, clock.Now());
            return teacher.RequireIn(new Changes()).Replacing(AssessmentRequestDocuments.Kind, read, answered);
        },
        (asked, replayToken) => ReadAsync(actor, AssessmentRequestId.From(asked), replayToken),
        cancellationToken);

    /// <summary>The learner and their teachers.</summary>
    /// <exception cref="RefusedException"><c>assessment-request.not-found</c>.</exception>
    public async Task<Read<AssessmentRequest>> ReadAsync(Actor actor, AssessmentRequestId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(AssessmentRequestDocuments.Kind, id.Value, "assessment-request", cancellationToken);
        return read.Document.Learner == actor.Person || await teaching.FindAsync(actor, read.Document.Learner, read.Document.Organization, cancellationToken) is not null
            ? read
            : throw Refused.NotFound("assessment-request");
    }

    /// <summary>What the students of a class of the actor's wait for, oldest first.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>.</exception>
    public async Task<Page<AssessmentRequest>> WaitingAsync(
        Actor actor, ClassSectionId section, Func<DocumentQuery<AssessmentRequest>, DocumentQuery<AssessmentRequest>> page, CancellationToken cancellationToken)
    {
        var taught = await teaching.TaughtAsync(actor, section, cancellationToken);
        return taught.Students.IsEmpty
            ? new([], null)
            : await store.QueryAsync(
                AssessmentRequestDocuments.Kind, page(AssessmentRequestDocuments.Waiting.WhereAny([.. taught.Students.Select(student => student.Value)], taught.Organization.Value)), cancellationToken);
    }
}
