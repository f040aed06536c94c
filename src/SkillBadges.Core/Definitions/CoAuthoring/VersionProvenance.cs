using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>
/// Where a published version comes from: who wrote it, and who signed exactly this content. Versions without one were imported from files by
/// the operator, and nobody signed them here.
/// </summary>
/// <param name="PatchOf">The version of which this only corrects the spelling or brings a translation, or null.</param>
/// <param name="Needs">What the policy asked for when it was published.</param>
public sealed record VersionProvenance(
    BadgeVersionId Version,
    int Revision,
    Sha256Digest ContentHash,
    ImmutableArray<OrganizationId> Authors,
    ImmutableArray<PartyNeed> Needs,
    ImmutableArray<SignOff> SignOffs,
    ImmutableArray<CommitteeVote> Votes,
    int? PatchOf,
    string? PatchNote,
    OrganizationId PublishedBy,
    DateTimeOffset PublishedAt)
{
    [JsonIgnore]
    public string Id => Version.ToString();

    /// <summary>Of a patch; versions from before there were translations corrected the spelling.</summary>
    public PatchKind PatchKind { get; init; }

    public VersionProvenance Withdraw(string signOffId, SignOffEnd end) =>
        this with { SignOffs = [.. SignOffs.Select(signOff => signOff.Id == signOffId && signOff.Withdrawn is null ? signOff.Withdraw(end) : signOff)] };
}
