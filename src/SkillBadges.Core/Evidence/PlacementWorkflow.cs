using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence.Papers;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>What a school's office enters.</summary>
/// <param name="Placement">Without an id; without a supervisor when <paramref name="SupervisorName"/> is given.</param>
/// <param name="SupervisorName">Somebody who has no account and is not entered yet.</param>
/// <param name="IsMinor">Whether the student is under 18, where that was looked at.</param>
/// <param name="StudentLearner">Where the work is hazardous and the student a minor.</param>
public sealed record NewPlacement(Placement Placement, string? SupervisorName = null, bool? IsMinor = null, StudentLearnerAgreement? StudentLearner = null);

/// <summary>A school's office places a learner with an employer's supervisor.</summary>
public sealed class PlacementWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Works in the office of the placement's school, and is told later what papers are missing.</param>
    /// <param name="asked">The placement without an id, and what is known at once.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException">
    /// <c>role.missing</c>, <c>placement.not-a-student</c>, <c>placement.not-a-supervisor</c>, <c>badge.not-found</c>, <c>definition.unknown-competency</c>,
    /// <c>organization.not-found</c>, <c>role.not-here</c> and <c>person.name</c> for a new supervisor, and those of <see cref="Placement.Arrange"/> and
    /// <see cref="HazardousOrders.RequireAllowed"/>.
    /// </exception>
    public Task<Read<Placement>> ArrangeAsync(Actor actor, NewPlacement asked, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var placement = asked.Placement with { Id = PlacementId.New(now) };
            var office = await authority.RequireAsync(actor, placement.School, Offices.Records, attemptToken);
            var student = await authority.FindAsync(new(placement.Learner), placement.School, [Role.Student], attemptToken)
                ?? throw Refused.Invalid("placement.not-a-student", "The learner is not a student of this school.");
            var changes = new Changes().Require(MembershipDocuments.Kind, office).Require(MembershipDocuments.Kind, student);
            placement = asked.SupervisorName is { } name
                ? placement with { Supervisor = await EnterSupervisorAsync(name, placement.Employer, changes, attemptToken) }
                : await WithSupervisorAsync(placement, changes, attemptToken);
            var arranged = Placement.Arrange(placement);
            var age = asked.IsMinor is { } isMinor ? new AgeCheck(isMinor, DateOnly.FromDateTime(now.UtcDateTime), actor.Person) : null;
            HazardousOrders.RequireAllowed((await BadgesAsync(arranged, attemptToken)).SelectMany(HazardousOrders.Of), age, asked.StudentLearner);
            changes
                .Add(PlacementDocuments.Kind, arranged)
                .Add(PaperDocuments.Kind, new(arranged.Id, actor.Person) { Age = age, StudentLearner = asked.StudentLearner })
                .SendReminders(arranged, now)
                .Send(OrganizationTopics.AssignmentsOf(arranged.Learner, now))
                .Audit(arranged.School, actor, ActKind.InternshipArranged, arranged.Learner.Value, now);
            return new Outcome<Read<Placement>>(changes, new(arranged, arranged.Id.Value, 1), arranged.Id.Value);
        },
        (id, replayToken) => store.GetAsync(PlacementDocuments.Kind, id, "placement", replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>placement.not-found</c>, <c>role.missing</c>, <c>placement.ended</c>, <c>request.stale</c>.</exception>
    public Task<Read<Placement>> EndAsync(Actor actor, PlacementId id, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = (await ReadAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var office = await authority.RequireAsync(actor, read.Document.School, Offices.Records, attemptToken);
            var ended = read.Document.End(clock.Now());
            return new Changes().Require(MembershipDocuments.Kind, office).Send(OrganizationTopics.AssignmentsOf(ended.Learner, clock.Now()))
                .Audit(ended.School, actor, ActKind.InternshipEnded, ended.Learner.Value, clock.Now()).Replacing(PlacementDocuments.Kind, read, ended);
        },
        cancellationToken);

    /// <summary>The learner, the supervisor and the school's office see a placement.</summary>
    /// <exception cref="RefusedException"><c>placement.not-found</c>.</exception>
    public async Task<Read<Placement>> ReadAsync(Actor actor, PlacementId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(PlacementDocuments.Kind, id.Value, "placement", cancellationToken);
        var isTheirs = (actor.Reaches(id.Value) && (read.Document.Learner == actor.Person || read.Document.Supervisor == actor.Person))
            || await authority.FindAsync(actor, read.Document.School, Offices.Records, cancellationToken) is not null;
        return isTheirs ? read : throw Refused.NotFound("placement");
    }

    private async Task<Placement> WithSupervisorAsync(Placement placement, Changes changes, CancellationToken cancellationToken)
    {
        var supervisor = await authority.FindAsync(new(placement.Supervisor), placement.Employer, [Role.Supervisor], cancellationToken)
            ?? throw Refused.Invalid("placement.not-a-supervisor", "The supervisor has no such role at this employer.");
        changes.Require(MembershipDocuments.Kind, supervisor);
        return placement;
    }

    // Somebody whom the school vouches for. Without an account the role opens nothing but the internships of passes.
    private async Task<PersonId> EnterSupervisorAsync(string name, OrganizationId employer, Changes changes, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var at = await store.GetAsync(OrganizationDocuments.Kind, employer.Value, "organization", cancellationToken);
        at.Document.RequireFits(Role.Supervisor);
        var person = Person.Named(PersonId.New(now), name);
        changes
            .Require(OrganizationDocuments.Kind, at)
            .Add(PersonDocuments.Kind, person)
            .Add(MembershipDocuments.Kind, new(MembershipId.New(now), person.Id, employer, Role.Supervisor, now));
        return person.Id;
    }

    private async Task<IReadOnlyList<BadgeDefinition>> BadgesAsync(Placement placement, CancellationToken cancellationToken)
    {
        var badges = await store.CurrentVersionsAsync(placement.Badges, cancellationToken);
        foreach (var badge in badges)
        {
            foreach (var skill in placement.Skills.Where(skill => skill.Badge == badge.Slug))
            {
                badge.Competency(skill.Competency);
            }
        }

        return badges;
    }
}
