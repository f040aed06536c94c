using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Who may decide on whose work: the capacity that the badge allows, the qualification it asks for, and no closeness to the learner.</summary>
public sealed class Assignments(IDocumentStore store, Authority authority, TimeProvider clock)
{
    private readonly Capacities capacities = new(store, authority, clock);
    private readonly ConflictsOfInterest conflicts = new(store, clock);
    private readonly QualificationCheck qualifications = new(store, clock);

    /// <summary>The capacity in which the actor may decide on this work now.</summary>
    /// <exception cref="RefusedException">Those of <see cref="RequireAsync(Actor, AssessedWork, BadgeDefinition, CancellationToken)"/>.</exception>
    public Task<Assignment> RequireAsync(Actor actor, Submission submission, BadgeDefinition badge, CancellationToken cancellationToken) =>
        RequireAsync(actor, AssessedWork.Of(submission), badge, cancellationToken);

    /// <summary>The capacity in which the actor may judge this learner in this badge now.</summary>
    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c> when the actor has nothing to do with the learner's school or internship, <c>decision.own-work</c>,
    /// <c>decision.not-assigned</c>, <c>decision.role-not-allowed</c> when the badge wants others to decide, <c>decision.not-qualified</c>,
    /// <c>decision.conflict-of-interest</c>.
    /// </exception>
    public async Task<Assignment> RequireAsync(Actor actor, AssessedWork work, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        var assessor = await store.RecordsOfAsync(actor.Person, cancellationToken);
        var learner = await store.RecordsOfAsync(work.Learner, cancellationToken);
        ConflictsOfInterest.RequireAnother(assessor, learner);
        var chosen = await ChooseAsync(actor, work, badge, cancellationToken);

        // Who stands in judges no more than whom they stand in for, so both have to be free to.
        ImmutableArray<Read<Person>> judges = chosen.Assessor.For is { } absent ? [.. assessor, .. await store.RecordsOfAsync(absent, cancellationToken)] : assessor;
        ConflictsOfInterest.RequireAnother(judges, learner);
        await conflicts.RequireNoneAsync(judges, learner, cancellationToken);
        return judges.Concat(learner).DistinctBy(read => read.Id).Aggregate(chosen, (assignment, person) => assignment.On(PersonDocuments.Kind, person));
    }

    /// <summary>The actor's present assignment to this learner's work, or null.</summary>
    public Task<Assignment?> FindAsync(Actor actor, Submission submission, CancellationToken cancellationToken) => FindAsync(actor, AssessedWork.Of(submission), cancellationToken);

    /// <inheritdoc cref="FindAsync(Actor, Submission, CancellationToken)"/>
    public async Task<Assignment?> FindAsync(Actor actor, AssessedWork work, CancellationToken cancellationToken)
    {
        await foreach (var capacity in capacities.OfAsync(actor, work, cancellationToken))
        {
            return capacity;
        }

        return null;
    }

    /// <summary>Whose queues the work goes to now; assignment itself is checked again when they decide.</summary>
    public static async Task<ImmutableArray<PersonId>> AssigneesAsync(
        IDocumentStore store, Submission submission, ReviewRule review, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var assigned = new List<PersonId>();
        if (review.Allows(ReviewerRole.Teacher))
        {
            var sections = await store.WholeAsync(
                ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where(submission.Learner.Value).Descending(), cancellationToken);
            assigned.AddRange(sections.Documents
                .Where(section => section.Organization == submission.Organization)
                .SelectMany(section => section.Teachers.Where(teacher => section.Assigns(teacher, submission.Learner, at))));
            assigned.AddRange((await PoolAsync(store, submission, at, cancellationToken)).SelectMany(standing => standing.Assessors));
        }

        if (review.Allows(ReviewerRole.Supervisor))
        {
            var placements = await store.WholeAsync(PlacementDocuments.Kind, PlacementDocuments.ByLearner.Where(submission.Learner.Value).From(at), cancellationToken);
            assigned.AddRange(placements.Documents
                .Where(placement => placement.School == submission.Organization && placement.Assigns(placement.Supervisor, submission.Learner, submission.Badge.Slug, at))
                .Select(placement => placement.Supervisor));
        }

        return [.. assigned.Concat(await StandingInAsync(store, assigned, at, cancellationToken)).Where(person => person != submission.Learner).Distinct()];
    }

    /// <summary>The pools and named assessors that the school has for the work's badge.</summary>
    internal static async Task<IReadOnlyList<StandingAssignment>> PoolAsync(IDocumentStore store, Submission submission, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var standing = await store.WholeAsync(
            StandingAssignmentDocuments.Kind, StandingAssignmentDocuments.ByBadge.Where(submission.Badge.Slug, submission.Organization.Value).Descending(), cancellationToken);
        return [.. standing.Documents.Where(one => one.HoldsAt(at))];
    }

    // Two who stand in for each other end here: a delegation is not delegated on.
    private static async Task<IEnumerable<PersonId>> StandingInAsync(IDocumentStore store, List<PersonId> assigned, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (assigned.Count == 0)
        {
            return [];
        }

        var absent = await store.WholeAsync(
            DelegationDocuments.Kind, DelegationDocuments.ByAbsent.WhereAny([.. assigned.Select(person => person.Value)]).From(at), cancellationToken);
        return absent.Documents.Where(delegation => delegation.HoldsAt(at)).Select(delegation => delegation.Delegate);
    }

    // A teacher who is also the supervisor decides in the capacity that suffices.
    private async Task<Assignment> ChooseAsync(Actor actor, AssessedWork work, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        var (isAssigned, isAllowed) = (false, false);
        await foreach (var capacity in capacities.OfAsync(actor, work, cancellationToken))
        {
            isAssigned = true;
            if (badge.Review.Allows(capacity.Assessor.Capacity))
            {
                isAllowed = true;
                if (await qualifications.ApplyAsync(capacity, work.Organization, badge.Review.RequiredOf(capacity.Assessor.Capacity), cancellationToken) is { } qualified)
                {
                    return qualified;
                }
            }
        }

        if (!isAssigned)
        {
            throw await authority.FindAsync(actor, work.Organization, [Role.Teacher], cancellationToken) is null
                ? Refused.NotFound("submission")
                : Refused.Forbidden("decision.not-assigned", "This learner is in none of your classes, and you are not named for this badge.");
        }

        throw isAllowed
            ? Refused.Forbidden("decision.not-qualified", $"This badge is decided by those whose qualification the school has on file: {badge.Review.QualificationNote}")
            : Refused.Forbidden("decision.role-not-allowed", $"The badge {badge.Name} is decided by others: {string.Join(", ", badge.Review.Roles)}.");
    }
}
