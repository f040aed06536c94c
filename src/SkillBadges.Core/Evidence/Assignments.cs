using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>An assessor, and the documents that make them one; a commit requires both to be as they were read.</summary>
public sealed record Assignment(Assessor Assessor, Read<Membership> Membership, Read<ClassSection>? Section, Read<Placement>? Placement)
{
    /// <summary>The assessor and the learner as people: their identities may be joined, or their accounts closed, meanwhile.</summary>
    public ImmutableArray<Read<Person>> People { get; init; } = [];

    public DecisionContext Context => new(Section?.Document.Id, Placement?.Document.Id, Placement?.Document.Employer);

    public Changes RequireIn(Changes changes)
    {
        changes.Require(MembershipDocuments.Kind, Membership);
        foreach (var person in People)
        {
            changes.Require(PersonDocuments.Kind, person);
        }

        if (Section is not null)
        {
            changes.Require(ClassSectionDocuments.Kind, Section);
        }

        return Placement is null ? changes : changes.Require(PlacementDocuments.Kind, Placement);
    }
}

/// <summary>Who may decide on whose work: teachers of the learner's classes, supervisors of the learner's internship.</summary>
public sealed class Assignments(IDocumentStore store, Authority authority, TimeProvider clock)
{
    private const int MaxSections = 500;

    /// <summary>The capacity in which the actor may decide on this work now.</summary>
    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c> when the actor has nothing to do with the learner's school or internship, <c>decision.own-work</c>,
    /// <c>decision.not-assigned</c>, <c>decision.role-not-allowed</c> when the badge wants others to decide.
    /// </exception>
    public async Task<Assignment> RequireAsync(Actor actor, Submission submission, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        var assessor = await store.GetAsync(PersonDocuments.Kind, actor.Person.Value, "person", cancellationToken);
        var learner = await store.GetAsync(PersonDocuments.Kind, submission.Learner.Value, "person", cancellationToken);
        if (assessor.Document.IsSameAs(learner.Document))
        {
            throw Refused.Forbidden("decision.own-work", "Nobody decides on their own work.");
        }

        var found = await FindAsync(actor, submission, cancellationToken);
        if (found is null)
        {
            throw await authority.FindAsync(actor, submission.Organization, [Role.Teacher], cancellationToken) is null
                ? Refused.NotFound("submission")
                : Refused.Forbidden("decision.not-assigned", "This learner is in none of your classes.");
        }

        var capacity = found.Assessor.Relation == AssessorRelation.TeachesTheClass ? ReviewerRole.Teacher : ReviewerRole.Supervisor;
        return badge.Review.Allows(capacity)
            ? found with { People = [assessor, learner] }
            : throw Refused.Forbidden("decision.role-not-allowed", $"The badge {badge.Name} is decided by others: {string.Join(", ", badge.Review.Roles)}.");
    }

    /// <summary>The actor's present assignment to this learner's work, or null.</summary>
    public async Task<Assignment?> FindAsync(Actor actor, Submission submission, CancellationToken cancellationToken) =>
        await AsTeacherAsync(actor, submission, cancellationToken) ?? await AsSupervisorAsync(actor, submission, cancellationToken);

    /// <summary>The tasks that the actor may still decide: the class, the internship or the role may have ended since the work was turned in.</summary>
    public async Task<IReadOnlyList<ReviewTask>> StillAssignedAsync(Actor actor, IReadOnlyCollection<ReviewTask> tasks, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var sections = (await SectionsAsync(actor, cancellationToken)).Documents.ToList();
        var placements = (await PlacementsAsync(actor, now, cancellationToken)).Documents.ToList();
        var teaches = await AtAsync(actor, tasks.Select(task => task.Organization), Role.Teacher, cancellationToken);
        var supervises = await AtAsync(actor, placements.Select(placement => placement.Employer), Role.Supervisor, cancellationToken);
        return
        [
            .. tasks.Where(task =>
                (teaches.Contains(task.Organization) && sections.Any(section => section.Organization == task.Organization && section.Assigns(actor.Person, task.Learner, now)))
                || placements.Any(placement => supervises.Contains(placement.Employer) && placement.School == task.Organization && placement.Assigns(actor.Person, task.Learner, task.Badge.Slug, now))),
        ];
    }

    /// <summary>Whose queues the work goes to now; assignment itself is checked again when they decide.</summary>
    public static async Task<ImmutableArray<PersonId>> AssigneesAsync(
        IDocumentStore store, Submission submission, ReviewRule review, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var sections = await store.QueryAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where(submission.Learner.Value).Descending().Take(MaxSections), cancellationToken);
        var placements = await store.QueryAsync(PlacementDocuments.Kind, PlacementDocuments.ByLearner.Where(submission.Learner.Value).From(at).Take(100), cancellationToken);
        return
        [
            .. sections.Documents
                .Where(section => review.Allows(ReviewerRole.Teacher) && section.Organization == submission.Organization)
                .SelectMany(section => section.Teachers.Where(teacher => section.Assigns(teacher, submission.Learner, at)))
                .Concat(placements.Documents
                    .Where(placement => review.Allows(ReviewerRole.Supervisor) && IsFor(placement, placement.Supervisor, submission, at))
                    .Select(placement => placement.Supervisor))
                .Distinct(),
        ];
    }

    private async Task<Assignment?> AsTeacherAsync(Actor actor, Submission submission, CancellationToken cancellationToken)
    {
        if (await authority.FindAsync(actor, submission.Organization, [Role.Teacher], cancellationToken) is not { } membership)
        {
            return null;
        }

        var now = clock.Now();
        var sections = await SectionsAsync(actor, cancellationToken);
        var section = sections.Items.FirstOrDefault(read => read.Document.Organization == submission.Organization && read.Document.Assigns(actor.Person, submission.Learner, now));
        return section is null
            ? null
            : new(new(actor.Person, Role.Teacher, submission.Organization, AssessorRelation.TeachesTheClass), membership, section, null);
    }

    private async Task<Assignment?> AsSupervisorAsync(Actor actor, Submission submission, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var placements = await PlacementsAsync(actor, now, cancellationToken);
        var placement = placements.Items.FirstOrDefault(read => IsFor(read.Document, actor.Person, submission, now));
        if (placement is null)
        {
            return null;
        }

        var employer = placement.Document.Employer;
        var membership = await authority.FindAsync(actor, employer, [Role.Supervisor], cancellationToken);
        return membership is null ? null : new(new(actor.Person, Role.Supervisor, employer, AssessorRelation.SupervisesThePlacement), membership, null, placement);
    }

    private Task<Page<ClassSection>> SectionsAsync(Actor teacher, CancellationToken cancellationToken) =>
        store.QueryAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByTeacher.Where(teacher.Person.Value).Descending().Take(MaxSections), cancellationToken);

    private Task<Page<Placement>> PlacementsAsync(Actor supervisor, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.QueryAsync(PlacementDocuments.Kind, PlacementDocuments.BySupervisor.Where(supervisor.Person.Value).From(now).Take(MaxSections), cancellationToken);

    private async Task<HashSet<OrganizationId>> AtAsync(Actor actor, IEnumerable<OrganizationId> organizations, Role role, CancellationToken cancellationToken)
    {
        var held = new HashSet<OrganizationId>();
        foreach (var organization in organizations.Distinct())
        {
            if (await authority.FindAsync(actor, organization, [role], cancellationToken) is not null)
            {
                held.Add(organization);
            }
        }

        return held;
    }

    private static bool IsFor(Placement placement, PersonId supervisor, Submission submission, DateTimeOffset at) =>
        placement.School == submission.Organization && placement.Assigns(supervisor, submission.Learner, submission.Badge.Slug, at);
}
