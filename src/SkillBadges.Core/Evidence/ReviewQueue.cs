using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>The work that waits for somebody: what is due first comes first, a pool's work is shared out, and opened work is kept for who opened it.</summary>
public sealed class ReviewQueue(Commits commits, Authority authority, EffectiveSettings settings, TimeProvider clock)
{
    private const int Looks = 200;

    private readonly IDocumentStore store = commits.Store;
    private readonly Capacities capacities = new(commits.Store, authority, clock);

    /// <summary>The line of the queue for work that is turned in.</summary>
    public async Task<ReviewTask> TaskAsync(Submission submission, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        var at = submission.LastAttempt!.SubmittedAt;
        var days = (await settings.ReadAsync(submission.Organization, values => values.ReviewDays, cancellationToken)).Value;
        return await AssignAsync(
            store, new(submission.Id, submission.Learner, submission.Organization, submission.Badge, submission.LastAttempt.Number, at) { DueAt = at.AddDays(days) }, submission, badge, clock.Now(), cancellationToken);
    }

    /// <summary>The task for those who are assigned at this instant.</summary>
    public static async Task<ReviewTask> AssignAsync(
        IDocumentStore store, ReviewTask task, Submission submission, BadgeDefinition badge, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var assignees = await Assignments.AssigneesAsync(store, submission, badge.Review, at, cancellationToken);
        var rated = submission.LastAttempt?.Ratings.Select(rating => rating.Assessor.Person).ToHashSet() ?? [];
        if (badge.Review.Raters is not null && submission.LastAttempt is { } attempt && !RaterRules.IsOpenAgain(badge, attempt))
        {
            // Who has rated waits for the other; who talks may rate again.
            assignees = assignees.RemoveAll(rated.Contains);
        }

        var pool = badge.Review.Allows(ReviewerRole.Teacher)
            ? (await Assignments.PoolAsync(store, submission, at, cancellationToken)).SelectMany(one => one.Assessors).Where(assignees.Contains).ToHashSet()
            : [];
        return task with { Assignees = assignees, ShareOf = assignees.All(pool.Contains) ? ReviewTask.ShareAmong(submission.Id, pool) : null };
    }

    /// <summary>A page of the actor's queue, what is due first coming first. Work whose assignment has ended meanwhile is left out.</summary>
    public async Task<Page<ReviewTask>> ListAsync(Actor actor, Func<DocumentQuery<ReviewTask>, DocumentQuery<ReviewTask>> page, CancellationToken cancellationToken)
    {
        var found = await store.QueryAsync(ReviewTaskDocuments.Kind, page(ReviewTaskDocuments.ByAssignee.Where(actor.Person.Value)), cancellationToken);
        return new(await StillAssignedAsync(actor, found.Items, cancellationToken), found.Next);
    }

    /// <summary>Opens the next piece of work: the oldest of the actor's own share, then the oldest that is anybody's.</summary>
    /// <exception cref="RefusedException"><c>review-task.none</c>.</exception>
    public Task<Read<ReviewTask>> NextAsync(Actor actor, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var now = clock.Now();
            var waiting = await ListAsync(actor, query => query.Take(Looks), token);
            var free = waiting.Items.Where(read => !read.Document.IsClaimedByAnother(actor.Person, now)).ToList();
            var next = free.Find(read => read.Document.ShareOf is not { } share || share == actor.Person) ?? free.FirstOrDefault()
                ?? throw new RefusedException(RefusalKind.NotFound, "review-task.none", "Nothing waits for you that a colleague does not have open.");
            return Opened(next, actor, now);
        },
        cancellationToken);

    /// <summary>Opens one piece of work for the actor.</summary>
    /// <exception cref="RefusedException"><c>review-task.not-found</c>, <c>review-task.claimed</c>.</exception>
    public Task<Read<ReviewTask>> ClaimAsync(Actor actor, SubmissionId submission, CancellationToken cancellationToken) => commits.RunAsync(
        async token => Opened(await TheirsAsync(actor, submission, token), actor, clock.Now()), cancellationToken);

    /// <summary>Gives work back before deciding on it.</summary>
    /// <exception cref="RefusedException"><c>review-task.not-found</c>.</exception>
    public Task<Read<ReviewTask>> ReleaseAsync(Actor actor, SubmissionId submission, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var read = await TheirsAsync(actor, submission, token);
            var released = read.Document.Release(actor.Person);
            return released == read.Document
                ? new Outcome<Read<ReviewTask>>(new Changes(), read, read.Id)
                : new Changes().Replacing(ReviewTaskDocuments.Kind, read, released);
        },
        cancellationToken);

    private static Outcome<Read<ReviewTask>> Opened(Read<ReviewTask> read, Actor actor, DateTimeOffset now)
    {
        var opened = read.Document.Open(actor.Person, now);
        return new(new Changes().Replace(ReviewTaskDocuments.Kind, read, opened), read.Became(opened), read.Id);
    }

    private async Task<Read<ReviewTask>> TheirsAsync(Actor actor, SubmissionId submission, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ReviewTaskDocuments.Kind, submission.Value, "review-task", cancellationToken);
        return read.Document.Assignees.Contains(actor.Person) && (await StillAssignedAsync(actor, [read], cancellationToken)).Count == 1
            ? read
            : throw Refused.NotFound("review-task");
    }

    // The class, the internship or the role may have ended since the work was turned in.
    private async Task<IReadOnlyList<Read<ReviewTask>>> StillAssignedAsync(Actor actor, IReadOnlyList<Read<ReviewTask>> tasks, CancellationToken cancellationToken)
    {
        if (tasks.Count == 0)
        {
            return [];
        }

        var reaches = new List<Reach> { await Reach.OfAsync(capacities, authority, actor, actor.Person, null, clock.Now(), cancellationToken) };
        foreach (var delegation in await capacities.DelegationsAsync(actor, cancellationToken))
        {
            reaches.Add(await Reach.OfAsync(capacities, authority, actor, delegation.Document.For, delegation.Document, clock.Now(), cancellationToken));
        }

        return [.. tasks.Where(task => reaches.Exists(reach => reach.Holds(task.Document)))];
    }

    /// <summary>What somebody is assigned to, read once for a whole page of tasks.</summary>
    private sealed record Reach(
        PersonId Assigned,
        ImmutableArray<ClassSection> Sections,
        ImmutableArray<StandingAssignment> Standing,
        ImmutableArray<Placement> Placements,
        HashSet<OrganizationId> Teaches,
        HashSet<OrganizationId> Supervises,
        DateTimeOffset At)
    {
        public static async Task<Reach> OfAsync(
            Capacities capacities, Authority authority, Actor actor, PersonId assigned, Delegation? delegation, DateTimeOffset at, CancellationToken cancellationToken)
        {
            ImmutableArray<ClassSection> sections = [.. (await capacities.SectionsAsync(assigned, cancellationToken)).Documents];
            ImmutableArray<StandingAssignment> standing = [.. (await capacities.StandingAsync(assigned, cancellationToken)).Documents];
            ImmutableArray<Placement> placements = [.. (await capacities.PlacementsAsync(assigned, at, cancellationToken)).Documents.Where(placement => actor.Reaches(placement.Id.Value))];
            return new(
                assigned,
                sections,
                standing,
                placements,
                await AtAsync(Role.Teacher, sections.Select(section => section.Organization).Concat(standing.Select(one => one.Organization))),
                await AtAsync(Role.Supervisor, placements.Select(placement => placement.Employer)),
                at);

            async Task<HashSet<OrganizationId>> AtAsync(Role role, IEnumerable<OrganizationId> organizations)
            {
                var held = new HashSet<OrganizationId>();
                foreach (var organization in organizations.Distinct().Where(one => delegation is null || (delegation.Organization == one && delegation.Role == role)))
                {
                    if (await authority.FindAsync(actor, organization, [role], cancellationToken) is not null
                        && (assigned == actor.Person || await authority.FindAsync(new(assigned), organization, [role], cancellationToken) is not null))
                    {
                        held.Add(organization);
                    }
                }

                return held;
            }
        }

        public bool Holds(ReviewTask task) =>
            (Teaches.Contains(task.Organization)
                && (Sections.Any(section => section.Organization == task.Organization && section.Assigns(Assigned, task.Learner, At))
                    || Standing.Any(one => one.Assigns(Assigned, task.Organization, task.Badge.Slug, At))))
            || Placements.Any(placement => Supervises.Contains(placement.Employer) && placement.School == task.Organization && placement.Assigns(Assigned, task.Learner, task.Badge.Slug, At));
    }
}
