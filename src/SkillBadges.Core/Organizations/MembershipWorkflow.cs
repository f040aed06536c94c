using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>A person as an organization enters them, with their first role there.</summary>
public sealed record NewPerson(string DisplayName, OrganizationId Organization, Role Role, DateOnly? RightsPassOn);

/// <summary>Administrators enter people and give and end roles at their organization.</summary>
public sealed class MembershipWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>role.not-here</c>, <c>person.name</c>.</exception>
    public Task<Read<Person>> EnterAsync(Actor actor, NewPerson asked, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var office = await OfficeAsync(actor, asked.Organization, asked.Role, attemptToken);
            var person = Person.Named(PersonId.New(now), asked.DisplayName) with { RightsPassOn = asked.RightsPassOn };
            var changes = new Changes()
                .Add(MembershipDocuments.Kind, new(MembershipId.New(now), person.Id, asked.Organization, asked.Role, now))
                .Require(MembershipDocuments.Kind, office).Audit(asked.Organization, actor, ActKind.PersonEntered, person.Id.Value, now);
            return changes.Adding(PersonDocuments.Kind, person);
        },
        (id, replayToken) => store.GetAsync(PersonDocuments.Kind, id, "person", replayToken),
        cancellationToken);

    /// <summary>
    /// Gives another role to someone who has one at this organization. Who has none joins by an invitation, which they accept
    /// themselves; a state admin may enter anyone anywhere.
    /// </summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>role.not-here</c>, <c>person.not-found</c>, <c>membership.exists</c>.</exception>
    public Task<Read<Membership>> BeginAsync(Actor actor, PersonId person, OrganizationId organization, Role role, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var office = await OfficeAsync(actor, organization, role, attemptToken);
            var changes = new Changes().Require(MembershipDocuments.Kind, office);
            var known = await authority.FindAsync(new(person), organization, Enum.GetValues<Role>(), attemptToken);
            if (known is not null)
            {
                changes.Require(MembershipDocuments.Kind, known);
            }
            else if (office.Document.Role != Role.StateAdmin)
            {
                throw Refused.NotFound("person");
            }

            var read = await store.GetAsync(PersonDocuments.Kind, person.Value, "person", attemptToken);
            if (read.Document.IsClosed)
            {
                throw Refused.NotFound("person");
            }

            if (await authority.FindAsync(new(person), organization, [role], attemptToken) is not null)
            {
                throw Refused.Conflict("membership.exists", "They have this role here already.");
            }

            var membership = new Membership(MembershipId.New(now), person, organization, role, now);
            changes.Require(PersonDocuments.Kind, read).Add(MembershipDocuments.Kind, membership).Audit(organization, actor, ActKind.RoleGiven, person.Value, now);
            return new Outcome<Read<Membership>>(changes, new(membership, membership.Id.Value, 1), membership.Id.Value);
        },
        (id, replayToken) => store.GetAsync(MembershipDocuments.Kind, id, "membership", replayToken),
        cancellationToken);

    /// <summary>Ends a role now; everyone may end their own.</summary>
    /// <exception cref="RefusedException"><c>membership.not-found</c>, <c>membership.ended</c>, <c>membership.last-admin</c>, <c>request.stale</c>.</exception>
    public Task<Read<Membership>> EndAsync(Actor actor, MembershipId id, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var read = await store.GetAsync(MembershipDocuments.Kind, id.Value, "membership", attemptToken);
            var (organization, role) = (read.Document.Organization, read.Document.Role);
            var changes = new Changes();
            if (read.Document.Person != actor.Person)
            {
                var office = await FindOfficeAsync(actor, organization, role, attemptToken) ?? throw Refused.NotFound("membership");
                changes.Require(MembershipDocuments.Kind, office);
            }

            var ended = read.MustBe(ifMatch).Document.End(now);
            if (role == Role.StateAdmin)
            {
                // Without a state admin nobody could make another.
                var others = await store.WholeAsync(
                    MembershipDocuments.Kind, MembershipDocuments.ByOrganization.Where(organization.Value, nameof(Role.StateAdmin)), attemptToken);
                var other = others.Items.FirstOrDefault(other => other.Id != id.Value && other.Document.HoldsAt(now))
                    ?? throw Refused.Conflict("membership.last-admin", "This is the last state admin of the office; invite another one first.");
                changes.Require(MembershipDocuments.Kind, other);
            }

            return changes.Audit(organization, actor, ActKind.RoleEnded, read.Document.Person.Value, now).Replacing(MembershipDocuments.Kind, read, ended);
        },
        (result, replayToken) => store.GetAsync(MembershipDocuments.Kind, result, "membership", replayToken),
        cancellationToken);

    /// <summary>Who has had a role at an organization, in the order in which they began.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<Membership>> ListAsync(
        Actor actor, OrganizationId organization, Role role, Func<DocumentQuery<Membership>, DocumentQuery<Membership>> page, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, Offices.Registry, cancellationToken);
        return await store.QueryAsync(MembershipDocuments.Kind, page(MembershipDocuments.ByOrganization.Where(organization.Value, role.ToString())), cancellationToken);
    }

    /// <summary>Oneself, or someone of an organization at which the actor is on the staff.</summary>
    /// <exception cref="RefusedException"><c>person.not-found</c>.</exception>
    public async Task<Read<Person>> ReadPersonAsync(Actor actor, PersonId person, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(PersonDocuments.Kind, person.Value, "person", cancellationToken);
        if (actor.Person == person || await authority.FindStateAdminAsync(actor, cancellationToken) is not null)
        {
            return read;
        }

        var now = clock.Now();
        var memberships = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value), cancellationToken);
        foreach (var organization in memberships.Documents.Where(membership => membership.HoldsAt(now)).Select(membership => membership.Organization).Distinct())
        {
            if (await authority.FindAsync(actor, organization, Offices.Staff, cancellationToken) is not null)
            {
                return read;
            }
        }

        throw Refused.NotFound("person");
    }

    private async Task<Read<Membership>> OfficeAsync(Actor actor, OrganizationId organization, Role role, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken);
        var office = await FindOfficeAsync(actor, organization, role, cancellationToken) ?? throw Refused.Forbidden("role.missing", "Your role at this organization does not include this.");
        read.Document.RequireFits(role);
        return office;
    }

    // Only a state admin makes or unmakes another.
    private Task<Read<Membership>?> FindOfficeAsync(Actor actor, OrganizationId organization, Role role, CancellationToken cancellationToken) => role == Role.StateAdmin
        ? authority.FindStateAdminAsync(actor, cancellationToken)
        : authority.FindOrStateAsync(actor, organization, Offices.Enrolled.Contains(role) ? Offices.Registry : Offices.Administrators, cancellationToken);
}
