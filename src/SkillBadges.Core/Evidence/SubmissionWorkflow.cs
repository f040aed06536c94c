using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>What a learner does with own work: start it, add proof, rate oneself, turn it in.</summary>
public sealed class SubmissionWorkflow(Commits commits, Authority authority, TurnInReading turnIns, ReviewQueue queue, EvidenceCustody custody, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly EffectiveSettings settings = new(commits.Store);

    /// <summary>Begins work towards the current version of a badge at an organization where the actor is a student or works: staff learn too.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>badge.not-found</c>, <c>badge.retired</c>, <c>submission.already-open</c>.</exception>
    public Task<Read<Submission>> StartAsync(Actor actor, OrganizationId organization, string badgeSlug, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var student = await authority.RequireAsync(actor, organization, Offices.Learners, attemptToken);
            var head = await store.GetAsync(DefinitionDocuments.Heads, badgeSlug, "badge", attemptToken);
            var badge = await store.VersionAsync(new(badgeSlug, head.Document.RequireInUse().CurrentVersion), attemptToken);
            if (await store.FirstAsync(SubmissionDocuments.Kind, SubmissionDocuments.Open.Where(actor.Person.Value, organization.Value, badgeSlug), attemptToken) is not null)
            {
                throw Refused.Conflict("submission.already-open", "You are working on this badge at this school already; please go on with that.");
            }

            var now = clock.Now();
            var submission = Submission.Start(SubmissionId.New(now), actor.Person, organization, badge, now) with
            {
                AttemptsBefore = await store.LastAttemptAsync(actor.Person, badgeSlug, attemptToken),
            };
            return new Changes().Require(MembershipDocuments.Kind, student).Require(DefinitionDocuments.Heads, head).Adding(SubmissionDocuments.Kind, submission);
        },
        (id, replayToken) => OwnAsync(actor, SubmissionId.From(id), replayToken),
        cancellationToken);

    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c>, <c>request.stale</c>, and those of <see cref="ChoiceBoard.RequireFits"/> and <see cref="Submission.AddEvidence"/>.
    /// </exception>
    public async Task<Read<Submission>> AddEvidenceAsync(
        Actor actor, SubmissionId id, string competencyId, EvidenceItem item, long? ifMatch, RequestKey? key, CancellationToken cancellationToken)
    {
        var own = (await OwnAsync(actor, id, cancellationToken)).Document;
        await RequireFitsAsync(own, competencyId, item, cancellationToken);
        Task<Read<Submission>> AddAsync() => ChangeAsync(actor, id, ifMatch, key, (submission, now) => submission.AddEvidence(competencyId, item, now), cancellationToken);
        return item.Kind == EvidenceKind.File ? await custody.AloneAsync(own.Organization, AddAsync, cancellationToken) : await AddAsync();
    }

    /// <exception cref="RefusedException"><c>definition.unknown-competency</c>, and those of <see cref="ChoiceBoard.RequireFits"/>.</exception>
    public async Task RequireFitsAsync(Submission submission, string competencyId, EvidenceItem item, CancellationToken cancellationToken)
    {
        if (item.OptionId is not null || item.Assessment is not null)
        {
            var badge = await store.VersionAsync(submission.Badge, cancellationToken);
            ChoiceBoard.Of(badge, competencyId, await turnIns.PitchesAsync(submission.Id, cancellationToken)).RequireFits(item);
        }
    }

    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>request.stale</c>, and those of <see cref="Submission.RemoveEvidence"/>.</exception>
    public async Task<Read<Submission>> RemoveEvidenceAsync(Actor actor, SubmissionId id, string competencyId, string itemId, long? ifMatch, CancellationToken cancellationToken) => await custody.AloneAsync(
        (await OwnAsync(actor, id, cancellationToken)).Document.Organization,
        () => ChangeAsync(actor, id, ifMatch, null, (submission, now) => submission.RemoveEvidence(competencyId, itemId, now), cancellationToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>request.stale</c>, <c>stage.scales-off</c>, and those of <see cref="Submission.Reflect"/>.</exception>
    public async Task<Read<Submission>> ReflectAsync(
        Actor actor, SubmissionId id, string competencyId, string? selfLevel, string? reflection, string? reasonWithoutEvidence, long? ifMatch, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(actor, id, cancellationToken);
        if (selfLevel is not null)
        {
            await settings.RequireScalesAsync(own.Document.Organization, cancellationToken);
        }

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
            var changes = new Changes();
            var submitted = await TurnInAsync(changes, actor, read, await store.VersionAsync(read.Document.Badge, attemptToken), read.Document, attemptToken);
            return new Outcome<Read<Submission>>(changes, read.Became(submitted), id.Value);
        },
        (resultId, replayToken) => OwnAsync(actor, SubmissionId.From(resultId), replayToken),
        cancellationToken);

    /// <summary>
    /// Hands in the result of an assessment of the badge as proof of every skill that it covers. When nothing else is missing then, the work goes straight to review.
    /// </summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="AssessmentResult.Of"/>, <see cref="Submission.AddEvidence"/> and <see cref="TurnIn.Require"/> but <c>submission.incomplete</c>.</exception>
    public Task<Read<Submission>> TestOutAsync(Actor actor, SubmissionId id, string assessment, int score, DateOnly takenOn, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = (await OwnAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var badge = await store.VersionAsync(read.Document.Badge, attemptToken);
            var now = clock.Now();
            var changes = new Changes();
            var facts = await turnIns.ReadAsync(changes, read.Document, badge, attemptToken);
            var result = AssessmentResult.Of(badge, assessment, score, takenOn, facts.Today);
            var covered = badge.Competencies.Where(competency => badge.Assessments.Any(known => known.Id == assessment && known.Covers(competency.Id)));
            var proven = covered.Aggregate(read.Document, (work, competency) => work.AddEvidence(competency.Id, EvidenceItem.OfAssessment(NewId.Ordered(now), result, now), now));
            var isWhole = proven.Draft.All(work => facts.Standing(work).IsComplete);
            var changed = isWhole ? await TurnInAsync(changes, actor, read, badge, proven, attemptToken) : proven;
            return new Outcome<Read<Submission>>(isWhole ? changes : new Changes().Replace(SubmissionDocuments.Kind, read, changed), read.Became(changed), id.Value);
        },
        (resultId, replayToken) => OwnAsync(actor, SubmissionId.From(resultId), replayToken),
        cancellationToken);

    /// <summary>What the learner does about what was missing, and that the preparation is done.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>request.stale</c>, and those of <see cref="Submission.TouchPlan"/>.</exception>
    public Task<Read<Submission>> TouchPlanAsync(
        Actor actor, SubmissionId id, int attempt, IReadOnlyCollection<PlanStep> steps, string? preparation, long? ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, null, (submission, now) => submission.TouchPlan(attempt, steps, preparation, now), cancellationToken);

    /// <exception cref="RefusedException"><c>submission.not-found</c>, also when it is somebody else's.</exception>
    public async Task<Read<Submission>> OwnAsync(Actor actor, SubmissionId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", cancellationToken);
        return read.Document.Learner == actor.Person ? read : throw Refused.NotFound("submission");
    }

    private Task<Read<Submission>> ChangeAsync(
        Actor actor, SubmissionId id, long? ifMatch, RequestKey? key, Func<Submission, DateTimeOffset, Submission> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = (await OwnAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var now = clock.Now();
            var changed = change(read.Document, now);
            var changes = new Changes().Replace(SubmissionDocuments.Kind, read, changed);
            await custody.SettleAsync(changes, read.Document, changed, now, attemptToken);
            return new Outcome<Read<Submission>>(changes, read.Became(changed), id.Value);
        },
        (resultId, replayToken) => OwnAsync(actor, SubmissionId.From(resultId), replayToken),
        cancellationToken);

    private async Task<Submission> TurnInAsync(
        Changes changes, Actor actor, Read<Submission> read, BadgeDefinition badge, Submission work, CancellationToken cancellationToken)
    {
        var learner = await authority.RequireAsync(actor, work.Organization, Offices.Learners, cancellationToken);
        await custody.RequireCleanAsync(work, cancellationToken);
        var submitted = work.Submit(await turnIns.ReadAsync(changes, work, badge, cancellationToken));
        var task = await queue.TaskAsync(submitted, badge, cancellationToken);
        changes.Replace(SubmissionDocuments.Kind, read, submitted)
            .Require(MembershipDocuments.Kind, learner)
            .Add(ReviewTaskDocuments.Kind, task)
            .Send(DueReminder.For(task, submitted.UpdatedAt));
        foreach (var assignee in task.Assignees)
        {
            changes.Notify(assignee, NoticeKind.WorkTurnedIn, read.Id, submitted.UpdatedAt);
        }

        return submitted;
    }
}
