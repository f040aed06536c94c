using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>Items of two frameworks that both organizations accept as saying the same.</summary>
public sealed class ItemMatchWorkflow(Commits commits, Authority authority, ItemReading items, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Of the office of one side, which says yes by proposing.</param>
    /// <param name="organization">That side.</param>
    /// <param name="giver">Whose item it is that is brought.</param>
    /// <param name="receiver">Whose item it is to count for.</param>
    /// <param name="theirs">Address or identifier of the giver's item.</param>
    /// <param name="ours">Address or identifier of the receiver's item.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>organization.not-found</c>, <c>item-match.item</c>, <c>item-match.not-a-party</c>, <c>item-match.exists</c>.</exception>
    public Task<Read<ItemMatch>> ProposeAsync(
        Actor actor, OrganizationId organization, OrganizationId giver, OrganizationId receiver, string theirs, string ours, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var changes = new Changes();
            var by = await AgreementApproval.OfAsync(authority, actor, organization, clock.Now(), changes, attemptToken);
            foreach (var side in new[] { giver, receiver })
            {
                await store.GetAsync(OrganizationDocuments.Kind, side.Value, "organization", attemptToken);
            }

            if (await items.FindAsync(theirs, attemptToken) is not { } brought || await items.FindAsync(ours, attemptToken) is not { } here || brought.Identifier == here.Identifier || giver == receiver)
            {
                throw Refused.Invalid("item-match.item", "A match is between items of two frameworks that are here, and between two organizations.");
            }

            if (await store.FirstAsync(ItemMatchDocuments.Kind, ItemMatchDocuments.Live.Where(here.Identifier, brought.Identifier, giver.Value, receiver.Value), attemptToken) is not null)
            {
                throw Refused.Conflict("item-match.exists", "These two items were matched by these two organizations already.");
            }

            var match = new ItemMatch(NewId.Ordered(clock.Now()), giver, receiver, brought.Identifier, here.Identifier).Approve(by);
            return changes.Audit(organization, actor, ActKind.AgreementProposed, match.Id, by.At).Adding(ItemMatchDocuments.Kind, match);
        },
        ReplayAsync,
        cancellationToken);

    /// <exception cref="RefusedException"><c>item-match.not-found</c>, <c>role.missing</c>, and those of <see cref="ItemMatch.Approve"/>.</exception>
    public Task<Read<ItemMatch>> ApproveAsync(Actor actor, string id, OrganizationId organization, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, organization, ActKind.AgreementMade, key, (match, by) => match.Approve(by), cancellationToken);

    /// <exception cref="RefusedException"><c>item-match.not-found</c>, <c>role.missing</c>, and those of <see cref="ItemMatch.End"/>.</exception>
    public Task<Read<ItemMatch>> EndAsync(Actor actor, string id, OrganizationId organization, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, organization, ActKind.AgreementEnded, key, (match, by) => match.End(by), cancellationToken);

    /// <summary>All matches of an organization. For its office.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<ItemMatch>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<ItemMatch>, DocumentQuery<ItemMatch>> page, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, Offices.Registry, cancellationToken);
        return await store.QueryAsync(ItemMatchDocuments.Kind, page(ItemMatchDocuments.ByOrganization.Where(organization.Value)), cancellationToken);
    }

    private Task<Read<ItemMatch>> ChangeAsync(Actor actor, string id, OrganizationId organization, ActKind kind, RequestKey? key, Func<ItemMatch, AgreementApproval, ItemMatch> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(ItemMatchDocuments.Kind, id, "item-match", attemptToken);
            var changes = new Changes();
            var by = await AgreementApproval.OfAsync(authority, actor, organization, clock.Now(), changes, attemptToken);
            var changed = change(read.Document, by);
            return (ReferenceEquals(changed, read.Document) ? changes : changes.Audit(organization, actor, kind, id, by.At)).Replacing(ItemMatchDocuments.Kind, read, changed);
        },
        ReplayAsync,
        cancellationToken);

    private Task<Read<ItemMatch>> ReplayAsync(string id, CancellationToken cancellationToken) => store.GetAsync(ItemMatchDocuments.Kind, id, "item-match", cancellationToken);
}
