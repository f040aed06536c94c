using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Assessors;

/// <summary>A school's office says which of its teachers decide on which badges, as a pool or one by one.</summary>
public sealed class StandingAssignmentWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Works in the school's office.</param>
    /// <param name="asked">Without an id.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>assignment.not-a-teacher</c>, and those of <see cref="StandingAssignment.Make"/>.</exception>
    public Task<Read<StandingAssignment>> MakeAsync(Actor actor, StandingAssignment asked, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var office = await authority.RequireAsync(actor, asked.Organization, Offices.Registry, attemptToken);
            var made = StandingAssignment.Make(asked with { Id = StandingAssignmentId.New(now), From = now });
            var changes = new Changes().Add(StandingAssignmentDocuments.Kind, made).Require(MembershipDocuments.Kind, office);
            await RequireTeachersAsync(made, made.Assessors, changes, attemptToken);
            return new Outcome<Read<StandingAssignment>>(Reassigning(changes, made.Assessors), new(made, made.Id.Value, 1), made.Id.Value);
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Says anew who is in it and for which badges.</summary>
    /// <exception cref="RefusedException"><c>assignment.not-found</c>, <c>assignment.ended</c>, <c>assignment.not-a-teacher</c>, <c>request.stale</c>, and those of <see cref="StandingAssignment.Make"/>.</exception>
    public Task<Read<StandingAssignment>> ChangeAsync(
        Actor actor, StandingAssignmentId id, string? name, ImmutableArray<PersonId> assessors, ImmutableArray<string> badges, long ifMatch, CancellationToken cancellationToken) =>
        ReplaceAsync(actor, id, ifMatch, null, async (standing, changes, attemptToken) =>
        {
            if (!standing.HoldsAt(clock.Now()))
            {
                throw Refused.Conflict("assignment.ended", "This assignment has ended; please make a new one.");
            }

            var changed = StandingAssignment.Make(standing with { Name = name, Assessors = assessors, Badges = badges });
            await RequireTeachersAsync(changed, [.. changed.Assessors.Except(standing.Assessors)], changes, attemptToken);
            return changed;
        }, cancellationToken);

    /// <exception cref="RefusedException"><c>assignment.not-found</c>, <c>assignment.ended</c>, <c>request.stale</c>.</exception>
    public Task<Read<StandingAssignment>> EndAsync(Actor actor, StandingAssignmentId id, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ReplaceAsync(actor, id, ifMatch, key, (standing, _, _) => Task.FromResult(standing.End(clock.Now())), cancellationToken);

    /// <summary>The office sees those of its school, an assessor their own.</summary>
    /// <exception cref="RefusedException"><c>assignment.not-found</c>.</exception>
    public async Task<Read<StandingAssignment>> ReadAsync(Actor actor, StandingAssignmentId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(StandingAssignmentDocuments.Kind, id.Value, "assignment", cancellationToken);
        return read.Document.Assessors.Contains(actor.Person) || await authority.FindAsync(actor, read.Document.Organization, Offices.Records, cancellationToken) is not null
            ? read
            : throw Refused.NotFound("assignment");
    }

    /// <summary>Those of a school, for its office; without a school the actor's own.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<StandingAssignment>> ListAsync(
        Actor actor, OrganizationId? school, Func<DocumentQuery<StandingAssignment>, DocumentQuery<StandingAssignment>> page, CancellationToken cancellationToken)
    {
        if (school is not { } organization)
        {
            return await store.QueryAsync(StandingAssignmentDocuments.Kind, page(StandingAssignmentDocuments.ByAssessor.Where(actor.Person.Value).Descending()), cancellationToken);
        }

        await authority.RequireAsync(actor, organization, Offices.Records, cancellationToken);
        return await store.QueryAsync(StandingAssignmentDocuments.Kind, page(StandingAssignmentDocuments.ByOrganization.Where(organization.Value).Descending()), cancellationToken);
    }

    private Task<Read<StandingAssignment>> ReplaceAsync(
        Actor actor,
        StandingAssignmentId id,
        long? ifMatch,
        RequestKey? key,
        Func<StandingAssignment, Changes, CancellationToken, Task<StandingAssignment>> change,
        CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(StandingAssignmentDocuments.Kind, id.Value, "assignment", attemptToken);
            var office = await authority.FindAsync(actor, read.Document.Organization, Offices.Registry, attemptToken) ?? throw Refused.NotFound("assignment");
            var changes = new Changes().Require(MembershipDocuments.Kind, office);
            var changed = await change(read.MustBe(ifMatch).Document, changes, attemptToken);
            changes.Replace(StandingAssignmentDocuments.Kind, read, changed);
            return new Outcome<Read<StandingAssignment>>(Reassigning(changes, [.. read.Document.Assessors, .. changed.Assessors]), read.Became(changed), id.Value);
        },
        ReplayAsync,
        cancellationToken);

    private Task<Read<StandingAssignment>> ReplayAsync(string id, CancellationToken cancellationToken) => store.GetAsync(StandingAssignmentDocuments.Kind, id, "assignment", cancellationToken);

    private async Task RequireTeachersAsync(StandingAssignment standing, ImmutableArray<PersonId> people, Changes changes, CancellationToken cancellationToken)
    {
        foreach (var person in people)
        {
            var role = await authority.FindAsync(new(person), standing.Organization, [Role.Teacher], cancellationToken)
                ?? throw Refused.Invalid("assignment.not-a-teacher", "Those who are named for a badge are teachers of this school.");
            changes.Require(MembershipDocuments.Kind, role);
        }
    }

    private Changes Reassigning(Changes changes, IEnumerable<PersonId> people) =>
        people.Distinct().Aggregate(changes, (all, person) => all.Send(OrganizationTopics.AssignmentsOf(person, clock.Now())));
}
