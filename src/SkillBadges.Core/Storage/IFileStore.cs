namespace SkillBadges.Core.Storage;

/// <summary>Bytes that are kept under their SHA-256.</summary>
public sealed record StoredFile(Sha256Digest Digest, long Length);

/// <summary>Evidence bytes and images, by content. The same bytes are kept once.</summary>
public interface IFileStore
{
    /// <summary>Reads <paramref name="content"/> to its end and keeps it; when this returns, the bytes survive a power cut.</summary>
    /// <exception cref="RefusedException"><c>file.too-large</c> past <paramref name="maxBytes"/>; <c>file.store-full</c> when the disk is, <c>file.store-failed</c> when it cannot be written. Nothing is kept then.</exception>
    Task<StoredFile> PutAsync(Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>The bytes from their beginning, or null; the caller disposes the stream.</summary>
    Task<Stream?> OpenAsync(Sha256Digest digest, CancellationToken cancellationToken);

    /// <summary>Removes the bytes unless somebody has put them, for the first time or again, at that instant or later; whether it did.</summary>
    Task<bool> EraseAsync(Sha256Digest digest, DateTimeOffset ifPutBefore, CancellationToken cancellationToken);

    /// <summary>What nobody has put since, in no particular order.</summary>
    IAsyncEnumerable<Sha256Digest> PutBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken);
}
