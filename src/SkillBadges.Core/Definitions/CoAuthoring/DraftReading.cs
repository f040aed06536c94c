using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>What co-authors read of a badge that is being written.</summary>
public sealed class DraftReading(IDocumentStore store, Authority authority, DraftSeats seats)
{
    /// <summary>The badges that an organization writes, by name. For its authors.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<BadgeDraft>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<BadgeDraft>, DocumentQuery<BadgeDraft>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, DraftSeats.Authors, cancellationToken);
        return await store.QueryAsync(CoAuthoringDocuments.Drafts, page(CoAuthoringDocuments.DraftsByMember.Where(organization.Value)), cancellationToken);
    }

    /// <exception cref="RefusedException"><c>definition.not-found</c>.</exception>
    public async Task<Read<BadgeDraft>> ReadAsync(Actor actor, string slug, CancellationToken cancellationToken) => (await seats.RequireAsync(actor, slug, cancellationToken)).Draft;

    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>revision.not-found</c>.</exception>
    public async Task<DraftRevision> RevisionAsync(Actor actor, string slug, int number, CancellationToken cancellationToken)
    {
        await seats.RequireAsync(actor, slug, cancellationToken);
        return (await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(slug, number), "revision", cancellationToken)).Document;
    }

    /// <summary>Passage by passage, what changed from one revision to another.</summary>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>revision.not-found</c>.</exception>
    public async Task<ImmutableArray<PassageChange>> DifferenceAsync(Actor actor, string slug, int from, int to, CancellationToken cancellationToken) =>
        Difference.Between((await RevisionAsync(actor, slug, from, cancellationToken)).Content.Badge, (await RevisionAsync(actor, slug, to, cancellationToken)).Content.Badge);

    /// <summary>A list that belongs to the badge, such as its proposals.</summary>
    /// <exception cref="RefusedException"><c>definition.not-found</c>.</exception>
    public async Task<Page<T>> ListAsync<T>(Actor actor, string slug, DocumentKind<T> kind, AccessPath<T> bySlug, Func<DocumentQuery<T>, DocumentQuery<T>> page, CancellationToken cancellationToken)
        where T : class
    {
        await seats.RequireAsync(actor, slug, cancellationToken);
        return await store.QueryAsync(kind, page(bySlug.Where(slug)), cancellationToken);
    }

    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>proposal.not-found</c>.</exception>
    public async Task<(Read<DraftProposal> Proposal, ImmutableArray<PassageChange> Changes)> ProposalAsync(Actor actor, string slug, string id, CancellationToken cancellationToken)
    {
        await seats.RequireAsync(actor, slug, cancellationToken);
        var proposal = await store.GetAsync(CoAuthoringDocuments.Proposals, id, "proposal", cancellationToken);
        if (proposal.Document.Slug != slug)
        {
            throw Refused.NotFound("proposal");
        }

        var on = await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(slug, proposal.Document.Base), "revision", cancellationToken);
        return (proposal, Difference.Between(on.Document.Content.Badge, proposal.Document.Content.Badge));
    }
}
