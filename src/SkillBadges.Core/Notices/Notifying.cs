using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Notices;

public static class Notifying
{
    /// <summary>Outbox topic; the subject is a <see cref="NoticeId"/>.</summary>
    public const string Topic = "notices.added";

    /// <summary>Tells a person, in the same commit as what it tells. Whether a letter goes out besides is the person's choice.</summary>
    /// <param name="changes">The commit.</param>
    /// <param name="to">Whom.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="about">The id of what it happened to, of the sort that the kind says.</param>
    /// <param name="at">When.</param>
    public static Changes Notify(this Changes changes, PersonId to, NoticeKind kind, string about, DateTimeOffset at)
    {
        var notice = new Notice(NoticeId.New(at), to, kind, about, at);
        return changes.Add(NoticeDocuments.Kind, notice).Send(new(NewId.Ordered(at), Topic, notice.Id.Value, at));
    }

    /// <summary>Tells those who hold one of these roles at an organization now, up to <paramref name="most"/> of them and each once.</summary>
    public static async Task NotifyRolesAsync(
        this Changes changes, IDocumentStore store, OrganizationId organization, IEnumerable<Role> roles, int most, NoticeKind kind, string about, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var told = new HashSet<PersonId>();
        foreach (var role in roles)
        {
            var page = await store.QueryAsync(MembershipDocuments.Kind, MembershipDocuments.ByOrganization.Where(organization.Value, role.ToString()).Take(most), cancellationToken);
            foreach (var holder in page.Documents.Where(membership => membership.HoldsAt(at) && told.Count < most && told.Add(membership.Person)))
            {
                changes.Notify(holder.Person, kind, about, at);
            }
        }
    }
}
