using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>The bad day: keys that others may hold stop counting, and what this instance issued with them is signed anew.</summary>
public sealed class KeyCompromise(Commits commits, IssuerKeys keys, TimeProvider clock)
{
    /// <summary>
    /// In one commit: every key of the organization that was in use at or after <paramref name="since"/> is compromised, new keys take over, and messages go out
    /// to sign the status lists and the live credentials anew.
    /// </summary>
    /// <returns>The new keys' ids.</returns>
    /// <exception cref="RefusedException"><c>organization.not-found</c> or <c>keys.compromised-since</c>.</exception>
    public async Task<IReadOnlyList<string>> DeclareAsync(OrganizationId organization, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var lists = new List<StatusListId>();
        await foreach (var list in commits.Store.AllAsync(StatusListDocuments.Kind, StatusListDocuments.Latest.Where(organization.Value), cancellationToken))
        {
            lists.Add(list.Document.Id);
        }

        return await keys.CompromiseAsync(organization, since, SendAll, cancellationToken);

        void SendAll(Changes changes)
        {
            lists.ForEach(list => changes.Send(IssuingTopics.PublishList(list, clock.Now())));
            changes.Send(IssuingTopics.ResignAll(organization, clock.Now()));
        }
    }
}
