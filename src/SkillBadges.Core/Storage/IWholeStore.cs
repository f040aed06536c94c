namespace SkillBadges.Core.Storage;

/// <summary>A document as it lies in a store, whatever the engine.</summary>
/// <param name="Version">What <see cref="Read{T}.Version"/> tells of it.</param>
/// <param name="BodyVersion">The shape of the body; it may be older than this build's.</param>
/// <param name="Json">The body, unpacked, byte for byte.</param>
public sealed record StoredDocument(string Id, long Version, int BodyVersion, byte[] Json);

/// <summary>All that one store holds, of kinds that the caller need not know: for moving and checking a whole instance.</summary>
public interface IWholeStore
{
    /// <summary>A view of one moment; others may write meanwhile. The caller disposes it.</summary>
    /// <exception cref="RefusedException"><c>storage.unreachable</c>; also while the view is read, since a broken view cannot be continued.</exception>
    Task<IStoreView> ViewAsync(CancellationToken cancellationToken);
}

/// <summary>Everything as it was at one moment, in the order of ids; one reader at a time.</summary>
public interface IStoreView : IAsyncDisposable
{
    /// <summary>The next documents of a kind behind an id; null begins. None at the end.</summary>
    Task<IReadOnlyList<StoredDocument>> DocumentsAsync(DocumentKind kind, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>The next waiting messages behind an id. Who holds one at the moment, and how often it was tried, is not told.</summary>
    Task<IReadOnlyList<OutboxMessage>> MessagesAsync(string? after, int limit, CancellationToken cancellationToken);
}
