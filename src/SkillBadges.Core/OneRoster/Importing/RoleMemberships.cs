using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>
/// Makes memberships of a user's roles. Students, teachers, counselors and guardians come from a roster; administrators are appointed by hand, since a file must not make one.
/// What a roster began it ends, by date; nothing is deleted.
/// </summary>
internal sealed class RoleMemberships(ImportContext context)
{
    public async Task<ImmutableArray<RosterMembership>> ReconcileAsync(Changes changes, RosterUser user, bool isNewPerson, CancellationToken cancellationToken)
    {
        var wanted = Wanted(user);
        var kept = ImmutableArray.CreateBuilder<RosterMembership>();
        foreach (var one in user.Memberships)
        {
            if (wanted.FirstOrDefault(wish => wish.Organization == one.Organization && wish.Role == one.Role) is not { } wish)
            {
                await EndAsync(changes, one, context.Now, cancellationToken);
                continue;
            }

            wanted.Remove(wish);
            kept.Add(one with { Begin = wish.Begin, End = wish.End });
            if (one.Begin != wish.Begin || one.End != wish.End)
            {
                await MoveAsync(changes, one, wish, cancellationToken);
            }
        }

        foreach (var wish in wanted)
        {
            kept.Add(wish with { Membership = await BeginAsync(changes, user.Person, wish, isNewPerson, cancellationToken) });
        }

        return kept.Select(one => (one.Organization, one.Role, one.Membership, one.Begin, one.End)).SequenceEqual(user.Memberships.Select(one => (one.Organization, one.Role, one.Membership, one.Begin, one.End)))
            ? user.Memberships
            : kept.ToImmutable();
    }

    private static Role? RoleOf(string role) => role switch
    {
        "student" => Role.Student,
        "teacher" => Role.Teacher,
        "counselor" => Role.Counselor,
        "guardian" or "parent" => Role.Guardian,
        _ => null,
    };

    // The same role twice at one place holds from the earlier begin to the later end.
    private List<RosterMembership> Wanted(RosterUser user) => !user.IsEnabled || !user.IsActive ? [] :
    [
        .. from said in user.Roles
           let role = RoleOf(said.Role)
           let organization = context.OrganizationOf(said.Org)
           where role is not null && organization is not null && (organization.KeepsRecords || organization.Kind == OrganizationKind.District)
           group said by (organization.Id, role.Value) into same
           select new RosterMembership(same.Key.Id, same.Key.Value, default)
           {
               Begin = same.Any(one => one.Begin is null) ? null : same.Min(one => one.Begin),
               End = same.Any(one => one.End is null) ? null : same.Max(one => one.End),
           },
    ];

    private async Task<MembershipId> BeginAsync(Changes changes, PersonId person, RosterMembership wish, bool isNewPerson, CancellationToken cancellationToken)
    {
        var (from, to) = await InstantsAsync(wish, cancellationToken);
        if (!isNewPerson
            && await context.Store.FirstAsync(MembershipDocuments.Kind, MembershipDocuments.Open.Where(person.Value, wish.Organization.Value, wish.Role.ToString()), cancellationToken) is { } open)
        {
            // Given by hand before: from now on the roster says when it ends.
            if (to is not null)
            {
                changes.Replace(MembershipDocuments.Kind, open, open.Document with { To = to });
            }

            return open.Document.Id;
        }

        var membership = new Membership(MembershipId.New(context.Now), person, wish.Organization, wish.Role, from ?? context.BegunAt) { To = to };
        changes.Add(MembershipDocuments.Kind, membership);
        return membership.Id;
    }

    private async Task MoveAsync(Changes changes, RosterMembership one, RosterMembership wish, CancellationToken cancellationToken)
    {
        var (from, to) = await InstantsAsync(wish, cancellationToken);
        if (await context.Store.FindAsync(MembershipDocuments.Kind, one.Membership.Value, cancellationToken) is { } read)
        {
            changes.Replace(MembershipDocuments.Kind, read, read.Document with { From = from ?? read.Document.From, To = to });
        }
    }

    private async Task EndAsync(Changes changes, RosterMembership one, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await context.Store.FindAsync(MembershipDocuments.Kind, one.Membership.Value, cancellationToken) is { } read && (read.Document.To is null || at < read.Document.To))
        {
            changes.Replace(MembershipDocuments.Kind, read, read.Document.End(at));
        }
    }

    private async Task<(DateTimeOffset? From, DateTimeOffset? To)> InstantsAsync(RosterMembership wish, CancellationToken cancellationToken)
    {
        if (wish.Begin is null && wish.End is null)
        {
            return (null, null);
        }

        var organization = (await context.Store.GetAsync(OrganizationDocuments.Kind, wish.Organization.Value, "organization", cancellationToken)).Document;
        return (wish.Begin is { } begin ? organization.StartOf(begin) : null, wish.End is { } end ? organization.StartOf(end) : null);
    }
}
