using System.Security.Cryptography;
using SkillBadges.Core;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite.Files;

/// <summary>What was copied, and the digests (SHA-256, hexadecimal) of files whose bytes are no longer those that were handed in.</summary>
public sealed record FilesCopied(int Files, long Bytes, IReadOnlyList<string> Damaged);

/// <summary>
/// Copies the files of a file store while it is in use. A file never changes under its name, so a copy made after that of
/// the documents holds every file that they speak of, but for those that were erased in between.
/// </summary>
internal static class FolderFileBackup
{
    private const int BufferSize = 81920;

    /// <param name="folder">The folder of the file store; it may be missing.</param>
    /// <param name="target">A new folder.</param>
    /// <param name="cancellationToken">Leaves a part of the copy behind.</param>
    /// <exception cref="RefusedException"><c>storage.full</c>.</exception>
    public static async Task<FilesCopied> WriteAsync(string folder, string target, CancellationToken cancellationToken)
    {
        DurableFolder.Create(target);
        var (files, bytes) = (0, 0L);
        var damaged = new List<string>();
        foreach (var place in PlacesOf(folder))
        {
            var copied = Path.Combine(target, Path.GetRelativePath(folder, place));
            DurableFolder.Create(copied);
            foreach (var name in Directory.EnumerateFiles(place).Order(StringComparer.Ordinal))
            {
                if (await CopyAsync(name, Path.Combine(copied, Path.GetFileName(name)), cancellationToken) is not { } copy)
                {
                    continue;
                }

                (files, bytes) = (files + 1, bytes + copy.Length);
                if (copy.Digest.Hex != Path.GetFileName(name))
                {
                    damaged.Add(Path.GetFileName(name));
                }
            }

            DurableFolder.Sync(copied);
        }

        return new(files, bytes, damaged);
    }

    /// <summary>The folders <c>ab/cd</c>; not <c>incoming</c>, whose files are half written.</summary>
    private static IEnumerable<string> PlacesOf(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder, "??").SelectMany(first => Directory.EnumerateDirectories(first, "??")).Order(StringComparer.Ordinal)
        : [];

    private static async Task<(Sha256Digest Digest, long Length)?> CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using var copy = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferSize];
            var length = 0L;
            while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                await copy.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                length += read;
            }

            copy.Flush(flushToDisk: true);
            return (Sha256Digest.FromBytes(hash.GetHashAndReset()), length);
        }
        catch (FileNotFoundException)
        {
            // Erased since it was listed.
            return null;
        }
        catch (Exception full) when (DiskFailure.IsFull(full))
        {
            throw Refused.Unavailable("storage.full", "The disk for the backup is full.", full);
        }
    }
}
