using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>The minutes of a committee as a file, frozen by its digest: votes on the badge name them. Only what was uploaded as minutes of this badge can be named.</summary>
/// <param name="Digest">SHA-256 of the file as it is kept.</param>
public sealed record CommitteeMinutes(string Slug, Sha256Digest Digest, string MediaType, string FileName, long Bytes, OrganizationId UploadedFor, PersonId UploadedBy, DateTimeOffset At)
{
    public string Id => IdOf(Slug, Digest);

    public static string IdOf(string slug, Sha256Digest digest) => $"{slug}@{digest.Hex}";
}
