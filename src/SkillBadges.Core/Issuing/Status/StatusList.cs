using System.Security.Cryptography;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Status;

/// <summary>
/// A pair of lists of one organization and how far its sequence numbers are leased. <see cref="StatusIndexOrder"/> turns each number into an
/// index, so that indexes tell nothing about when or next to whom a credential was issued.
/// </summary>
/// <param name="Ordinal">1 for the organization's first pair of lists.</param>
/// <param name="Secret">The key of the order.</param>
/// <param name="Leased">Sequence numbers below this are leased to some node, used or not.</param>
public sealed record StatusList(StatusListId Id, OrganizationId Organization, int Ordinal, byte[] Secret, int Leased)
{
    /// <summary>Bitstring Status List (REC 2025-05-15) 6.1: at least 131,072 entries, so that one credential hides among many.</summary>
    public const int Size = 131_072;

    public bool IsFull => Leased >= Size;

    public static StatusList First(OrganizationId organization) => new(StatusListId.New(), organization, 1, RandomNumberGenerator.GetBytes(32), 0);

    /// <summary>The list that begins when this one is full.</summary>
    public StatusList Next() => First(Organization) with { Ordinal = Ordinal + 1 };

    /// <summary>No number of it is leased any more: some may have been that this store does not know of.</summary>
    public StatusList Close() => this with { Leased = Size };

    /// <summary>The list with up to <paramref name="count"/> more numbers leased, and those numbers: from, up to but without to.</summary>
    public (StatusList List, int From, int To) Lease(int count)
    {
        var to = Math.Min(Size, Leased + count);
        return (this with { Leased = to }, Leased, to);
    }
}

public static class StatusListDocuments
{
    public static readonly AccessPath<StatusList> ByOrganization =
        new AccessPath<StatusList>("organization").Equal("organization", l => l.Organization.Value).Equal("ordinal", l => l.Ordinal).Unique();

    public static readonly AccessPath<StatusList> Latest = new AccessPath<StatusList>("latest").Equal("organization", l => l.Organization.Value).OrderBy("ordinal", l => l.Ordinal);

    public static readonly DocumentKind<StatusList> Kind = new("status_list", l => l.Id.Value) { Paths = [ByOrganization, Latest] };
}
