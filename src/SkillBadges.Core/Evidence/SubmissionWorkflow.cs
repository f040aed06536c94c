using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>What a learner does with own work: start it, add proof, rate oneself, turn it in.</summary>
public sealed class SubmissionWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Begins work towards the current version of a badge at a school where the actor is a student.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>badge.not-found</c>, <c>submission.already-open</c>.</exception>
    public Task<Read<Submission>> StartAsync(Actor actor, OrganizationId organization, string badgeSlug, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var student = await authority.RequireAsync(actor, organization, [Role.Student], attemptToken);
            var badge = await store.CurrentVersionAsync(badgeSlug, attemptToken);
            if (await store.FirstAsync(SubmissionDocuments.Kind, SubmissionDocuments.Open.Where(actor.Person.Value, organization.Value, badgeSlug), attemptToken) is not null)
            {
                throw Refused.Conflict("submission.already-open", "You are working on this badge at this school already; please go on with that.");
            }

            var now = clock.Now();
            var submission = Submission.Start(SubmissionId.New(now), actor.Person, organization, badge, now) with
            {
                AttemptsBefore = await AttemptsAsync(actor.Person, badgeSlug, attemptToken),
            };
            return new Outcome<Read<Submission>>(
                new Changes().Add(SubmissionDocuments.Kind, submission).Require(MembershipDocuments.Kind, student),
                new(submission, submission.Id.Value, 1),
                submission.Id.Value);
        },
        (id, replayToken) => OwnAsync(actor, SubmissionId.From(id), replayToken),
        cancellationToken);

    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c>, <c>request.stale</c>, <c>evidence.unknown-option</c>, and those of <see cref="Submission.AddEvidence"/>.
    /// </exception>
    public async Task<Read<Submission>> AddEvidenceAsync(
        Actor actor, SubmissionId id, string competencyId, EvidenceItem item, long? ifMatch, RequestKey? key, CancellationToken cancellationToken)
    {
        if (item.OptionId is { } option)
        {
            var own = await OwnAsync(actor, id, cancellationToken);
            var badge = await store.VersionAsync(own.Document.Badge, cancellationToken);
            if (badge.Competency(competencyId).Option(option) is null)
            {
                throw Refused.Invalid("evidence.unknown-option", "The badge offers no such choice for this skill.");
            }
        }

        return await ChangeAsync(actor, id, ifMatch, key, (submission, now) => submission.AddEvidence(competencyId, item, now), cancellationToken);
    }

    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>request.stale</c>, and those of <see cref="Submission.RemoveEvidence"/>.</exception>
    public Task<Read<Submission>> RemoveEvidenceAsync(Actor actor, SubmissionId id, string competencyId, string itemId, long? ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, null, (submission, now) => submission.RemoveEvidence(competencyId, itemId, now), cancellationToken);

    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>request.stale</c>, and those of <see cref="Submission.Reflect"/>.</exception>
    public async Task<Read<Submission>> ReflectAsync(
        Actor actor, SubmissionId id, string competencyId, string? selfLevel, string? reflection, string? reasonWithoutEvidence, long? ifMatch, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(actor, id, cancellationToken);
        var badge = await store.VersionAsync(own.Document.Badge, cancellationToken);
        return await ChangeAsync(
            actor, id, ifMatch, null, (submission, now) => submission.Reflect(badge, competencyId, selfLevel, reflection, reasonWithoutEvidence, now), cancellationToken);
    }

    /// <summary>Freezes the work and puts it into the queues of those who may decide.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="Submission.Submit"/>.</exception>
    public Task<Read<Submission>> SubmitAsync(Actor actor, SubmissionId id, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = (await OwnAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var student = await authority.RequireAsync(actor, read.Document.Organization, [Role.Student], attemptToken);
            var submitted = read.Document.Submit(clock.Now());
            var changes = new Changes()
                .Replace(SubmissionDocuments.Kind, read, submitted)
                .Require(MembershipDocuments.Kind, student)
                .Add(ReviewTaskDocuments.Kind, await QueueAsync(submitted, await store.VersionAsync(submitted.Badge, attemptToken), attemptToken));
            return new Outcome<Read<Submission>>(changes, read.Became(submitted), id.Value);
        },
        (resultId, replayToken) => OwnAsync(actor, SubmissionId.From(resultId), replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>submission.not-found</c>, also when it is somebody else's.</exception>
    public async Task<Read<Submission>> OwnAsync(Actor actor, SubmissionId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", cancellationToken);
        return read.Document.Learner == actor.Person ? read : throw Refused.NotFound("submission");
    }

    private async Task<int> AttemptsAsync(PersonId learner, string badgeSlug, CancellationToken cancellationToken)
    {
        var attempts = 0;
        await foreach (var read in store.AllAsync(SubmissionDocuments.Kind, SubmissionDocuments.Of(learner), cancellationToken))
        {
            attempts = read.Document.Badge.Slug == badgeSlug ? Math.Max(attempts, read.Document.LastAttempt?.Number ?? 0) : attempts;
        }

        return attempts;
    }

    private Task<Read<Submission>> ChangeAsync(
        Actor actor, SubmissionId id, long? ifMatch, RequestKey? key, Func<Submission, DateTimeOffset, Submission> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = (await OwnAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var changed = change(read.Document, clock.Now());
            return new Outcome<Read<Submission>>(new Changes().Replace(SubmissionDocuments.Kind, read, changed), read.Became(changed), id.Value);
        },
        (resultId, replayToken) => OwnAsync(actor, SubmissionId.From(resultId), replayToken),
        cancellationToken);

    private async Task<ReviewTask> QueueAsync(Submission submission, BadgeDefinition badge, CancellationToken cancellationToken) =>
        new(submission.Id, submission.Learner, submission.Organization, submission.Badge, submission.LastAttempt!.Number, submission.UpdatedAt)
        {
            Assignees = await Assignments.AssigneesAsync(store, submission, badge.Review, clock.Now(), cancellationToken),
        };
}
