using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Status;

/// <summary>A list as it is served: made from the statuses, signed, and made again when they change or its time runs out.</summary>
/// <param name="EncodedList">The compressed bits, to tell whether they changed.</param>
/// <param name="RenewAt">When it is signed anew although nothing changed.</param>
public sealed record PublishedStatusList(
    StatusListId List,
    StatusPurpose Purpose,
    OrganizationId Organization,
    string EncodedList,
    ImmutableArray<SignedForm> Forms,
    DateTimeOffset PublishedAt,
    DateTimeOffset RenewAt,
    DateTimeOffset ValidUntil)
{
    /// <summary>How long a reader may keep a copy: what is revoked is seen to be within this and the time that publishing takes.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(30);

    /// <summary>How long a signed list is valid: an old copy that somebody kept is of no use for longer.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromHours(24);

    /// <summary>The form of that name (<see cref="SignedForm"/>), or null.</summary>
    public SignedForm? Form(string name) => Forms.FirstOrDefault(form => form.Name == name);
}

public static class PublishedStatusListDocuments
{
    public static readonly AccessPath<PublishedStatusList> ByRenewal = new AccessPath<PublishedStatusList>("renewal").OrderBy("renew", l => l.RenewAt);

    public static readonly DocumentKind<PublishedStatusList> Kind = new("published_status_list", l => IdOf(l.List, l.Purpose)) { Paths = [ByRenewal] };

    public static string IdOf(StatusListId list, StatusPurpose purpose) => $"{list.Value}.{purpose.Term()}";
}
