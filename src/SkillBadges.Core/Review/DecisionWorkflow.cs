using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>
/// An assessor decides on an attempt. One commit writes the decision, an entry in the record for each competency, the award
/// and exactly what will be signed; and it holds only while the assessor's role, assignment and qualification are as they were read.
/// </summary>
public sealed class DecisionWorkflow(Commits commits, Assignments assignments, DecisionRecord record, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly EffectiveSettings settings = new(commits.Store);

    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c>, <c>request.stale</c>, <c>review-task.claimed</c>, <c>decision.skill-not-named</c>, <c>stage.scales-off</c>, those of <see cref="Assignments.RequireAsync(Actor, Submission, BadgeDefinition, CancellationToken)"/>,
    /// of <see cref="Submission.Decide"/> or <see cref="RaterRules.Rate"/>, and of <see cref="Issuance.PrepareAsync"/>.
    /// </exception>
    public Task<DecisionResult> DecideAsync(Actor actor, SubmissionId id, DecisionRequest request, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", attemptToken);
            var badge = await store.VersionAsync(read.Document.Badge, attemptToken);
            var assignment = await assignments.RequireAsync(actor, read.Document, badge, attemptToken);
            if (badge.Review.Raters is null && !request.Ratings.IsDefaultOrEmpty)
            {
                await settings.RequireScalesAsync(read.Document.Organization, attemptToken);
            }

            var decision = request.Compose(badge, assignment, clock.Now());
            await PlacementScope.RequireAsync(store, badge, decision.Context, decision.Ratings.Select(rating => rating.CompetencyId), attemptToken);
            var task = await store.FindAsync(ReviewTaskDocuments.Kind, id.Value, attemptToken);
            var changes = assignment.RequireIn(new Changes());
            read.MustBe(ifMatch);
            if (badge.Review.Raters is not null)
            {
                await RequireAnotherRaterAsync(read.Document, actor, changes, attemptToken);
                return await RateAsync(read, badge, request.Attempt, decision, task, changes, attemptToken);
            }

            if (NeedsTeacherToo(badge, assignment.Assessor, decision))
            {
                // A word beside the teacher's decides nothing, and waits for nobody who has the work open.
                return CoSign(read, badge, request.Attempt, decision, task, changes);
            }

            task?.Document.RequireFree(actor.Person, decision.DecidedAt);
            return await DecideAsync(
                read, badge, decision, read.Document.Decide(badge, request.Attempt, decision), task,
                changes.Add(DecisionEffortDocuments.Kind, DecisionEffort.Of(read.Document, decision, task?.Document.Claim, request.Together)), attemptToken);
        },
        (decisionId, replayToken) => record.ReadAsync(id, decisionId, replayToken),
        cancellationToken);

    private async Task<Outcome<DecisionResult>> DecideAsync(
        Read<Submission> read, BadgeDefinition badge, Decision decision, Submission decided, Read<ReviewTask>? task, Changes changes, CancellationToken cancellationToken)
    {
        changes.Replace(SubmissionDocuments.Kind, read, decided);
        if (task is not null)
        {
            changes.Remove(ReviewTaskDocuments.Kind, task);
        }

        try
        {
            var award = await record.WriteAsync(changes, decided, badge, decision, corrected: null, cancellationToken);
            return new(changes, new(decided, read.Version + 1, decision, award), decision.Id);
        }
        catch (RefusedException refusal) when (refusal.Code == "award.already-live")
        {
            // Whoever decided on this very work a moment ago has filled the slot: then the answer is that it is decided, not that the badge is held.
            await store.RequireUnchangedAsync(SubmissionDocuments.Kind, read, cancellationToken);
            throw;
        }
    }

    // Somebody with two records that were joined is one rater.
    private async Task RequireAnotherRaterAsync(Submission work, Actor actor, Changes changes, CancellationToken cancellationToken)
    {
        var rater = (await store.GetAsync(PersonDocuments.Kind, actor.Person.Value, "person", cancellationToken)).Document;
        foreach (var known in (work.LastAttempt?.Ratings ?? []).Select(rating => rating.Assessor.Person).Where(person => person != actor.Person).Distinct())
        {
            var other = await store.GetAsync(PersonDocuments.Kind, known.Value, "person", cancellationToken);
            changes.Require(PersonDocuments.Kind, other);
            if (other.Document.IsSameAs(rater))
            {
                throw Refused.Conflict("submission.already-decided", "You have rated this under your other record; somebody else's rating is what is missing.");
            }
        }
    }

    // The rating that completes a decision is answered with it; any other with itself.
    private async Task<Outcome<DecisionResult>> RateAsync(
        Read<Submission> read, BadgeDefinition badge, int attempt, Decision rating, Read<ReviewTask>? task, Changes changes, CancellationToken cancellationToken)
    {
        var (rated, settled) = RaterRules.Rate(read.Document, badge, attempt, rating, NewId.Ordered(rating.DecidedAt));
        if (settled is not null)
        {
            var outcome = await DecideAsync(read, badge, settled, rated, task, changes, cancellationToken);
            return outcome with { ResultId = rating.Id };
        }

        if (task is not null)
        {
            changes.Replace(ReviewTaskDocuments.Kind, task, await ReviewQueue.AssignAsync(store, task.Document, rated, badge, rating.DecidedAt, cancellationToken));
        }

        return new(changes.Replace(SubmissionDocuments.Kind, read, rated), new(rated, read.Version + 1, rating, null), rating.Id);
    }

    private static Outcome<DecisionResult> CoSign(Read<Submission> read, BadgeDefinition badge, int attempt, Decision decision, Read<ReviewTask>? task, Changes changes)
    {
        var signed = read.Document.CoSign(badge, attempt, decision);
        if (task is { Document.Claim: not null })
        {
            changes.Replace(ReviewTaskDocuments.Kind, task, task.Document with { Claim = null });
        }

        return new(changes.Replace(SubmissionDocuments.Kind, read, signed), new(signed, read.Version + 1, decision, null), decision.Id);
    }

    // A supervisor may always send work back; where the badge says co-sign, approving takes a teacher as well.
    private static bool NeedsTeacherToo(BadgeDefinition badge, Assessor assessor, Decision decision) =>
        assessor.Relation == AssessorRelation.SupervisesThePlacement && decision.Outcome == DecisionOutcome.Approved && badge.Review.Supervisor == SupervisorMode.CoSign;
}
