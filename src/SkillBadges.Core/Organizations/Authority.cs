using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>
/// Answers whether an actor holds a role at an organization now. What it returns goes into the commit's requirements, so
/// that a role which ends meanwhile ends the commit too.
/// </summary>
public sealed class Authority(IDocumentStore store, TimeProvider clock)
{
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Read<Membership>> RequireAsync(Actor actor, OrganizationId organization, IReadOnlyCollection<Role> roles, CancellationToken cancellationToken) =>
        await FindAsync(actor, organization, roles, cancellationToken)
            ?? throw Refused.Forbidden("role.missing", "Your role at this organization does not include this.");

    /// <summary>The membership that gives one of the roles, the first of <paramref name="roles"/> before the others; null when there is none.</summary>
    public async Task<Read<Membership>?> FindAsync(Actor actor, OrganizationId organization, IReadOnlyCollection<Role> roles, CancellationToken cancellationToken)
    {
        // Who is limited to internships is a supervisor there, whatever else the person is.
        if (actor.IsLimited && !roles.Contains(Role.Supervisor))
        {
            return null;
        }

        var now = clock.Now();
        var memberships = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPersonAt.Where(actor.Person.Value, organization.Value), cancellationToken);
        return roles
            .Where(role => !actor.IsLimited || role == Role.Supervisor)
            .Select(role => memberships.Items.FirstOrDefault(m => m.Document.Role == role && m.Document.HoldsAt(now)))
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>As <see cref="FindAsync"/>, or else that the actor is a state admin.</summary>
    public async Task<Read<Membership>?> FindOrStateAsync(Actor actor, OrganizationId organization, IReadOnlyCollection<Role> roles, CancellationToken cancellationToken) =>
        await FindAsync(actor, organization, roles, cancellationToken) ?? await FindStateAdminAsync(actor, cancellationToken);

    /// <summary>As <see cref="RequireAsync"/>; a state admin passes too.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Read<Membership>> RequireOrStateAsync(Actor actor, OrganizationId organization, IReadOnlyCollection<Role> roles, CancellationToken cancellationToken) =>
        await FindOrStateAsync(actor, organization, roles, cancellationToken) ?? throw Refused.Forbidden("role.missing", "Your role at this organization does not include this.");

    /// <summary>Whether the actor is an administrator of the whole instance: state admin at a state office.</summary>
    public Task<Read<Membership>?> FindStateAdminAsync(Actor actor, CancellationToken cancellationToken) => FindAnywhereAsync(actor, Role.StateAdmin, cancellationToken);

    /// <summary>That no role of the actor's has ended since: what was answered to somebody in a role is not answered again without it.</summary>
    /// <exception cref="RefusedException"><c>request.role-ended</c>.</exception>
    public async Task RequireNoneEndedAsync(Actor actor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await foreach (var read in store.AllAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(actor.Person.Value), cancellationToken))
        {
            if (read.Document.To is { } end && since < end && end <= now && await FindAsync(actor, read.Document.Organization, [read.Document.Role], cancellationToken) is null)
            {
                throw Refused.Forbidden("request.role-ended", "A role of yours has ended since you asked this first. It was done then; please read the result where you may still see it.");
            }
        }
    }

    /// <summary>A membership that gives the role at any organization, or null.</summary>
    public async Task<Read<Membership>?> FindAnywhereAsync(Actor actor, Role role, CancellationToken cancellationToken)
    {
        if (actor.IsLimited)
        {
            return null;
        }

        var now = clock.Now();
        var memberships = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(actor.Person.Value), cancellationToken);
        return memberships.Items.FirstOrDefault(m => m.Document.Role == role && m.Document.HoldsAt(now));
    }
}
