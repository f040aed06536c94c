using System.Security.Cryptography;

namespace SkillBadges.Core.Storage;

/// <summary>Files that are still arriving, by an id of ours. They belong to no backup and are found by nobody but their receiver.</summary>
public interface IPartialFiles
{
    /// <summary>
    /// The file, for this caller alone, to be written from <paramref name="offset"/>; what lies behind that place is cut off. What was written survives a power cut once
    /// <see cref="Stream.FlushAsync(CancellationToken)"/> has returned.
    /// </summary>
    /// <exception cref="RefusedException"><c>file.busy</c> while somebody else writes it; <c>upload.lost</c> when it is shorter than that; while writing <c>file.store-full</c>, <c>file.store-failed</c>.</exception>
    Stream OpenToWrite(string id, long offset);

    /// <summary>The file from its beginning; it can be positioned. Null when it is not there.</summary>
    Stream? OpenToRead(string id);

    /// <summary>Harmless when it is not there.</summary>
    void Remove(string id);

    /// <summary>The ids of files that nobody has written since.</summary>
    IReadOnlyList<string> UntouchedSince(DateTimeOffset instant);
}

public static class PartialFilesWriting
{
    /// <summary>Writes a file as it comes, durably; of one that did not come whole nothing is left.</summary>
    /// <param name="max">In bytes.</param>
    /// <param name="tooLarge">What to say of more than that.</param>
    public static async Task<(Sha256Digest Digest, long Length)> KeepAsync(
        this IPartialFiles files, string id, Stream content, long max, Func<RefusedException> tooLarge, CancellationToken cancellationToken)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var file = files.OpenToWrite(id, 0);
            var (buffer, length) = (new byte[64 * 1024], 0L);
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0; length += read)
            {
                if (length + read > max)
                {
                    throw tooLarge();
                }

                hash.AppendData(buffer.AsSpan(0, read));
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            await file.FlushAsync(cancellationToken);
            return (Sha256Digest.FromBytes(hash.GetHashAndReset()), length);
        }
        catch
        {
            files.Remove(id);
            throw;
        }
    }
}

/// <summary>Ids of arriving files are ours and made of letters and digits; anything else never names one.</summary>
public static class PartialFileId
{
    public static string Require(string id) => id.Length is > 0 and <= 64 && id.All(char.IsAsciiLetterOrDigit) ? id : throw new ArgumentException("Not an id of an arriving file.", nameof(id));
}
