using SkillBadges.Core.Definitions;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>A learner proposes an own way to show a skill; a teacher of theirs says yes or no.</summary>
public sealed class PitchWorkflow(Commits commits, SubmissionReading reading, ClassTeaching teaching, TurnInReading turnIns, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c>, <c>submission.not-editable</c>, <c>definition.unknown-competency</c>, <c>pitch.too-many</c>, and those of <see cref="Pitch.Propose"/>.
    /// </exception>
    public Task<Read<Pitch>> ProposeAsync(
        Actor actor, SubmissionId id, string competencyId, string title, EvidenceKind kind, string why, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", attemptToken);
            if (read.Document.Learner != actor.Person)
            {
                throw Refused.NotFound("submission");
            }

            read.Document.RequireDraft();
            (await store.VersionAsync(read.Document.Badge, attemptToken)).Competency(competencyId);
            if ((await turnIns.PitchesAsync(id, attemptToken)).Length >= Pitch.MaxForWork)
            {
                throw Refused.Conflict("pitch.too-many", $"A piece of work may have {Pitch.MaxForWork} proposals; please speak with your teacher.");
            }

            var now = clock.Now();
            var pitch = Pitch.Propose(PitchId.New(now), read.Document, competencyId, title, kind, why, now);
            var changes = new Changes().Require(SubmissionDocuments.Kind, read);
            foreach (var teacher in await teaching.TeachersOfAsync(pitch.Learner, pitch.Organization, attemptToken))
            {
                changes.Notify(teacher, NoticeKind.PitchProposed, pitch.Id.Value, now);
            }

            return changes.Adding(PitchDocuments.Kind, pitch);
        },
        (pitch, replayToken) => ReadAsync(actor, PitchId.From(pitch), replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>pitch.not-found</c>, <c>pitch.not-your-student</c>, <c>request.stale</c>, and those of <see cref="Pitch.AnswerWith"/>.</exception>
    public Task<Read<Pitch>> AnswerAsync(Actor actor, PitchId id, bool accept, string? words, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = (await ReadAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var teacher = await teaching.FindAsync(actor, read.Document.Learner, read.Document.Organization, attemptToken)
                ?? throw Refused.Forbidden("pitch.not-your-student", "A teacher of this learner answers a proposal.");
            var answered = read.Document.AnswerWith(accept, words, actor.Person, clock.Now());
            return new Outcome<Read<Pitch>>(
                teacher.RequireIn(new Changes()).Replace(PitchDocuments.Kind, read, answered).Notify(answered.Learner, NoticeKind.PitchAnswered, id.Value, clock.Now()), read.Became(answered), id.Value);
        },
        (pitch, replayToken) => ReadAsync(actor, PitchId.From(pitch), replayToken),
        cancellationToken);

    /// <summary>The learner, their teachers, and whoever may read the work.</summary>
    /// <exception cref="RefusedException"><c>pitch.not-found</c>.</exception>
    public async Task<Read<Pitch>> ReadAsync(Actor actor, PitchId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(PitchDocuments.Kind, id.Value, "pitch", cancellationToken);
        var (learner, organization) = (read.Document.Learner, read.Document.Organization);
        return learner == actor.Person || await teaching.FindAsync(actor, learner, organization, cancellationToken) is not null || await reading.MayReadAsync(actor, read.Document.Submission, cancellationToken)
            ? read
            : throw Refused.NotFound("pitch");
    }

    /// <summary>The proposals of one piece of work, to whoever may read it.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>.</exception>
    public async Task<Page<Pitch>> OfAsync(Actor actor, SubmissionId id, CancellationToken cancellationToken)
    {
        await reading.ReadAsync(actor, id, cancellationToken);
        return await store.QueryAsync(PitchDocuments.Kind, PitchDocuments.BySubmission.Where(id.Value).Take(Pitch.MaxForWork), cancellationToken);
    }

    /// <summary>What the students of a class of the actor's have proposed and wait for, oldest first.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>.</exception>
    public async Task<Page<Pitch>> WaitingAsync(Actor actor, ClassSectionId section, Func<DocumentQuery<Pitch>, DocumentQuery<Pitch>> page, CancellationToken cancellationToken)
    {
        var taught = await teaching.TaughtAsync(actor, section, cancellationToken);
        return taught.Students.IsEmpty
            ? new([], null)
            : await store.QueryAsync(PitchDocuments.Kind, page(PitchDocuments.Waiting.WhereAny([.. taught.Students.Select(student => student.Value)], taught.Organization.Value)), cancellationToken);
    }
}
