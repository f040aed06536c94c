using System.Security.Cryptography;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite.Files;

/// <summary>
/// Files in a folder, each as <c>ab/cd/{sha-256}</c>. Bytes are written to <c>incoming/</c> of the same file system while
/// they are hashed, synced, renamed, and the name is synced: a name that stands holds whole bytes. Symbolic links are
/// nobody's files here and are not followed.
/// </summary>
public sealed class FolderFileStore : IFileStore
{
    private const int BufferSize = 81920;

    private readonly string folder;
    private readonly string incoming;

    private FolderFileStore(string folder)
    {
        this.folder = folder;
        incoming = Path.Combine(folder, "incoming");
    }

    /// <summary>Opens the folder, or makes it, and clears away what a killed process had half written.</summary>
    public static FolderFileStore Open(string folder)
    {
        var store = new FolderFileStore(folder);
        DurableFolder.Create(store.incoming);
        foreach (var half in Directory.EnumerateFiles(store.incoming))
        {
            File.Delete(half);
        }

        return store;
    }

    public async Task<StoredFile> PutAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var half = Path.Combine(incoming, NewId.Random());
        try
        {
            var stored = await WriteAsync(content, half, maxBytes, cancellationToken);
            var (place, name) = PlaceOf(stored.Digest);
            DurableFolder.Create(place);
            if (IsLinked(place))
            {
                throw new InvalidOperationException("A folder of the file store is a link to elsewhere.");
            }

            // The same bytes are kept once; were they damaged since, they are whole again now.
            File.Move(half, name, overwrite: true);
            DurableFolder.Sync(place);
            return stored;
        }
        catch (Exception full) when (IsDiskFull(full))
        {
            throw Refused.Unavailable("file.store-full", "The disk for files is full; nothing was kept.", full);
        }
        finally
        {
            File.Delete(half);
        }
    }

    public Task<Stream?> OpenAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        var (_, name) = PlaceOf(digest);
        if (!IsOwnFile(name))
        {
            return Task.FromResult<Stream?>(null);
        }

        try
        {
            return Task.FromResult<Stream?>(new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (FileNotFoundException)
        {
            // Erased between the two looks.
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task EraseAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        var (place, name) = PlaceOf(digest);
        if (IsOwnFile(name))
        {
            File.Delete(name);
            DurableFolder.Sync(place);
        }

        return Task.CompletedTask;
    }

    private static async Task<StoredFile> WriteAsync(Stream content, string half, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(half, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
        var buffer = new byte[BufferSize];
        var length = 0L;
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length > maxBytes)
            {
                throw Refused.Invalid("file.too-large", $"A file may have at most {maxBytes} bytes here.");
            }

            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return new(Sha256Digest.FromBytes(hash.GetHashAndReset()), length);
    }

    /// <summary>
    /// ENOSPC, EDQUOT, or Windows' ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL; .NET answers EFBIG, a file longer than the
    /// file system or a limit allows, with an argument that is out of range.
    /// </summary>
    internal static bool IsDiskFull(Exception failure) =>
        failure is ArgumentOutOfRangeException
        || (failure is IOException && failure.HResult is 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027));

    private (string Place, string Name) PlaceOf(Sha256Digest digest)
    {
        var place = Path.Combine(folder, digest.Hex[..2], digest.Hex[2..4]);
        return (place, Path.Combine(place, digest.Hex));
    }

    /// <summary>Whether the file is there and neither it nor a folder above it is a link to elsewhere.</summary>
    private static bool IsOwnFile(string name)
    {
        var file = new FileInfo(name);
        return file.Exists && file.LinkTarget is null && !IsLinked(file.DirectoryName!);
    }

    private static bool IsLinked(string place)
    {
        var second = new DirectoryInfo(place);
        return second.LinkTarget is not null || second.Parent!.LinkTarget is not null;
    }
}
