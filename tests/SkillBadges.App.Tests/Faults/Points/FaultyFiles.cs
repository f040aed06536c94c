using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>The file store with a point before and after bytes are kept.</summary>
internal sealed class FaultyFiles(IFileStore files, FaultPlan plan) : IFileStore
{
    public async Task<StoredFile> PutAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        plan.Reach("keep-file.before");
        var stored = await files.PutAsync(content, maxBytes, cancellationToken);
        plan.Reach("keep-file.after");
        return stored;
    }

    public Task<Stream?> OpenAsync(Sha256Digest digest, CancellationToken cancellationToken) => files.OpenAsync(digest, cancellationToken);

    public Task<bool> EraseAsync(Sha256Digest digest, DateTimeOffset ifPutBefore, CancellationToken cancellationToken) => files.EraseAsync(digest, ifPutBefore, cancellationToken);

    public IAsyncEnumerable<Sha256Digest> PutBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken) => files.PutBeforeAsync(instant, cancellationToken);
}
