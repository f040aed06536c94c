using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>
/// Two organizations accept that an item of the giver's framework covers an item of the receiver's: what is shown for the one is shown for the other,
/// at the receiver. It holds when both said yes, one way, and is joined with no other.
/// </summary>
/// <param name="Theirs">Identifier of the giver's item.</param>
/// <param name="Ours">Identifier of the receiver's item.</param>
public sealed record ItemMatch(string Id, OrganizationId Giver, OrganizationId Receiver, string Theirs, string Ours)
{
    public ImmutableArray<AgreementApproval> Approvals { get; init; } = [];

    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public bool Holds => EndedAt is null && Approvals.Select(approval => approval.Organization).Distinct().Count() == 2;

    /// <summary>Saying it again changes nothing.</summary>
    /// <exception cref="RefusedException"><c>item-match.not-a-party</c>, <c>item-match.ended</c>, <c>item-match.second-person</c>.</exception>
    public ItemMatch Approve(AgreementApproval by)
    {
        RequireParty(by.Organization);
        if (Approvals.Any(approval => approval.Organization == by.Organization))
        {
            return this;
        }

        return Approvals.Any(approval => approval.Person == by.Person)
            ? throw Refused.Forbidden("item-match.second-person", "Two people, one for each side, accept a match.")
            : this with { Approvals = Approvals.Add(by) };
    }

    /// <summary>Either side may end it; what was recognized by it stays.</summary>
    /// <exception cref="RefusedException"><c>item-match.not-a-party</c>, <c>item-match.ended</c>.</exception>
    public ItemMatch End(AgreementApproval by)
    {
        RequireParty(by.Organization);
        return this with { EndedAt = by.At };
    }

    private void RequireParty(OrganizationId organization)
    {
        if (organization != Giver && organization != Receiver)
        {
            throw Refused.Forbidden("item-match.not-a-party", "This match is between other organizations.");
        }

        if (EndedAt is not null)
        {
            throw Refused.Conflict("item-match.ended", "This match was ended; please propose a new one.");
        }
    }
}

public static class ItemMatchDocuments
{
    /// <summary>A live match is there once.</summary>
    public static readonly AccessPath<ItemMatch> Live = new AccessPath<ItemMatch>("live")
        .Equal("ours", m => m.EndedAt is null ? m.Ours : null).Equal("theirs", m => m.Theirs).Equal("giver", m => m.Giver.Value).Equal("receiver", m => m.Receiver.Value).Unique();

    public static readonly AccessPath<ItemMatch> ByItem = new AccessPath<ItemMatch>("item").Equal("ours", m => m.EndedAt is null ? m.Ours : null);

    public static readonly AccessPath<ItemMatch> ByOrganization = new AccessPath<ItemMatch>("organization").Each("organization", m => [m.Giver.Value, m.Receiver.Value]);

    public static readonly DocumentKind<ItemMatch> Kind = new("item_match", m => m.Id) { Paths = [Live, ByItem, ByOrganization] };

    /// <summary>The matches that hold between organizations of two lines, from a school up, for items of the receiver.</summary>
    public static async Task<IReadOnlySet<(string Theirs, string Ours)>> MatchesAsync(
        this IDocumentStore store, IReadOnlySet<OrganizationId> givers, IReadOnlySet<OrganizationId> receivers, IReadOnlyCollection<string> ours, CancellationToken cancellationToken)
    {
        if (givers.Count == 0 || ours.Count == 0)
        {
            return new HashSet<(string, string)>();
        }

        var page = await store.QueryAsync(Kind, ByItem.WhereAny([.. ours.Take(DocumentQuery<ItemMatch>.MaxFirstValues)]).Take(DocumentQuery<ItemMatch>.MaxLimit), cancellationToken);
        return page.Documents.Where(match => match.Holds && givers.Contains(match.Giver) && receivers.Contains(match.Receiver)).Select(match => (match.Theirs, match.Ours)).ToHashSet();
    }
}
