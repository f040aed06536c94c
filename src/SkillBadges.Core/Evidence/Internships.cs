using System.Runtime.CompilerServices;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>An internship that somebody supervises, with what their authority over it rests on.</summary>
/// <param name="Role">At the employer.</param>
/// <param name="Pass">Of who comes by one.</param>
public sealed record Internship(Read<Placement> Placement, Read<Membership> Role, Read<SupervisorPass>? Pass)
{
    /// <summary>Lets a commit stand only while all of it still holds.</summary>
    public void RequireIn(Changes changes)
    {
        changes.Require(PlacementDocuments.Kind, Placement).Require(MembershipDocuments.Kind, Role);
        if (Pass is not null)
        {
            changes.Require(PassDocuments.Kind, Pass);
        }
    }
}

internal static class Internships
{
    /// <summary>The internships among those asked for that the actor supervises and reaches now.</summary>
    public static async IAsyncEnumerable<Internship> SupervisedAsync(
        this IDocumentStore store, Authority authority, Actor actor, DateTimeOffset now, Func<Placement, bool> asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var roles = new Dictionary<OrganizationId, Read<Membership>?>();
        await foreach (var placement in store.AllAsync(PlacementDocuments.Kind, PlacementDocuments.BySupervisor.Where(actor.Person.Value).From(now), cancellationToken))
        {
            if (!placement.Document.HoldsAt(now) || !actor.Reaches(placement.Id) || !asked(placement.Document))
            {
                continue;
            }

            var pass = actor.IsLimited ? await store.FindAsync(PassDocuments.Kind, placement.Id, cancellationToken) : null;
            if (actor.IsLimited && pass?.Document.IsInUseAt(placement.Document, now) != true)
            {
                continue;
            }

            var employer = placement.Document.Employer;
            if (!roles.TryGetValue(employer, out var role))
            {
                roles[employer] = role = await authority.FindAsync(actor, employer, [Role.Supervisor], cancellationToken);
            }

            if (role is not null)
            {
                yield return new(placement, role, pass);
            }
        }
    }
}
