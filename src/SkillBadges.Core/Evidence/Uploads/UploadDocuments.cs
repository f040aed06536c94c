using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Uploads;

public static class UploadDocuments
{
    /// <summary>Topic of the message that has a received file looked at; the subject is the upload's id.</summary>
    public const string ReceivedTopic = "upload.received";

    public static readonly AccessPath<Upload> ByOwner = new AccessPath<Upload>("owner").Equal("owner", u => u.Owner.Value).OrderBy("created", u => u.CreatedAt);

    public static readonly AccessPath<Upload> ByExpiry = new AccessPath<Upload>("expiry").OrderBy("expires", u => u.ExpiresAt);

    /// <summary>Photos that no observation names yet.</summary>
    public static readonly AccessPath<Upload> ByContent = new AccessPath<Upload>("content").Each("digest", u => u is { IsWaitingPhoto: true, Digest: { } digest } ? [digest.Hex] : []);

    public static readonly DocumentKind<Upload> Kind = new("upload", u => u.Id.Value) { Paths = [ByOwner, ByExpiry, ByContent] };

    public static DocumentQuery<Upload> Of(PersonId owner) => ByOwner.Where(owner.Value).Descending();
}
