using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <summary>
/// Who may act on someone's account as a whole. A person has one account for all their organizations, so that the
/// administrator of one of them alone must not gain what it opens at another.
/// </summary>
public sealed class AccountAuthority(IDocumentStore store, Authority authority, TimeProvider clock)
{
    /// <summary>The person; what the permission rests on goes into the commit's requirements.</summary>
    /// <exception cref="RefusedException"><c>person.not-found</c> for whoever may not know, <c>account.also-elsewhere</c>.</exception>
    public async Task<Read<Person>> RequireOverAsync(Actor actor, PersonId person, Changes changes, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(PersonDocuments.Kind, person.Value, "person", cancellationToken);
        if (actor.Person == person)
        {
            return read;
        }

        if (await authority.FindStateAdminAsync(actor, cancellationToken) is { } state)
        {
            changes.Require(MembershipDocuments.Kind, state);
            return read;
        }

        var now = clock.Now();
        var (mine, others) = (0, 0);
        await foreach (var membership in store.AllAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value), cancellationToken))
        {
            if (!membership.Document.HoldsAt(now))
            {
                continue;
            }

            if (await authority.FindAsync(actor, membership.Document.Organization, [Role.OrganizationAdmin], cancellationToken) is { } admin)
            {
                mine++;
                changes.Require(MembershipDocuments.Kind, admin);
            }
            else
            {
                others++;
            }
        }

        if (mine == 0)
        {
            throw Refused.NotFound("person");
        }

        return others == 0 ? read : throw Refused.Forbidden("account.also-elsewhere", "This person also belongs to organizations that you do not administer; ask the state office.");
    }

    /// <summary>A line at each organization to which the person belongs now.</summary>
    public async Task AuditAsync(Actor actor, PersonId person, ActKind kind, Changes changes, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var organizations = new HashSet<OrganizationId>();
        await foreach (var membership in store.AllAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value), cancellationToken))
        {
            if (membership.Document.HoldsAt(now) && organizations.Add(membership.Document.Organization))
            {
                changes.Audit(membership.Document.Organization, actor, kind, person.Value, now);
            }
        }
    }
}
