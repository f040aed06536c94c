using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

internal static class LinkReading
{
    /// <summary>A link by its secret. One that never was, was used or has expired are the same to whoever asks.</summary>
    /// <exception cref="RefusedException"><c>link.gone</c>.</exception>
    public static async Task<Read<OneTimeLink>> GetLinkAsync(this IDocumentStore store, LinkPurpose purpose, string secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var read = await store.FirstAsync(OneTimeLinkDocuments.Kind, OneTimeLinkDocuments.BySecret.Where(OneTimeLink.HashOf(secret)), cancellationToken);
        return read is not null && read.Document.Purpose == purpose && read.Document.HoldsAt(now) ? read : throw Gone();
    }

    public static RefusedException Gone() => Refused.Gone("link.gone", "This link was used, has expired, or never was. Please ask for a new one.");
}
