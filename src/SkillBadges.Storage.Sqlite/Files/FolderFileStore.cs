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
    private readonly Lock[] holds = [.. Enumerable.Range(0, 256).Select(_ => new Lock())];

    private FolderFileStore(string folder)
    {
        this.folder = folder;
        incoming = Path.Combine(folder, "incoming");
    }

    /// <summary>Opens the folder, or makes it, and clears away what a killed process had half written. Other processes may be writing into the same folder.</summary>
    public static FolderFileStore Open(string folder)
    {
        var store = new FolderFileStore(folder);
        DurableFolder.Create(store.incoming);
        foreach (var half in Directory.EnumerateFiles(store.incoming))
        {
            RemoveIfLeft(half);
        }

        return store;
    }

    public async Task<StoredFile> PutAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var half = Path.Combine(incoming, NewId.Random());
        try
        {
            // Held until the file has its name, so that nobody takes it for one that was left.
            await using var file = Create(half);
            var stored = await WriteAsync(content, file, maxBytes, cancellationToken);
            var (place, name) = PlaceOf(stored.Digest);
            lock (HoldOf(stored.Digest))
            {
                OnDisk(() =>
                {
                    DurableFolder.Create(place);
                    if (IsLinked(place))
                    {
                        throw new InvalidOperationException("A folder of the file store is a link to elsewhere.");
                    }

                    // The same bytes are kept once; were they damaged since, they are whole again now, and as young as new ones.
                    File.Move(half, name, overwrite: true);
                    DurableFolder.Sync(place);
                });
            }

            return stored;
        }
        finally
        {
            if (File.Exists(half))
            {
                File.Delete(half);
            }
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

    public Task<bool> EraseAsync(Sha256Digest digest, DateTimeOffset ifPutBefore, CancellationToken cancellationToken)
    {
        var (place, name) = PlaceOf(digest);
        lock (HoldOf(digest))
        {
            if (!IsOwnFile(name) || File.GetLastWriteTimeUtc(name) >= ifPutBefore.UtcDateTime)
            {
                return Task.FromResult(false);
            }

            OnDisk(() =>
            {
                File.Delete(name);
                DurableFolder.Sync(place);
            });
            return Task.FromResult(true);
        }
    }

    public async IAsyncEnumerable<Sha256Digest> PutBeforeAsync(DateTimeOffset instant, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var first in Directory.EnumerateDirectories(folder, "??").Order(StringComparer.Ordinal))
        {
            foreach (var file in Directory.EnumerateDirectories(first, "??").SelectMany(place => new DirectoryInfo(place).EnumerateFiles()))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (file.LastWriteTimeUtc < instant.UtcDateTime && Sha256Digest.TryParse(file.Name, out var digest))
                {
                    yield return digest;
                }
            }

            await Task.Yield();
        }
    }

    private static void OnDisk(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (DiskFailure.IsOfDisk(e))
        {
            throw DiskFailure.Refusal(e);
        }
    }

    // Putting and erasing the same bytes do not cross. The work under it is short and waits for the disk alone.
    private Lock HoldOf(Sha256Digest digest) => holds[Convert.ToInt32(digest.Hex[..2], 16)];

    private static async Task<StoredFile> WriteAsync(Stream content, FileStream file, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
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
            try
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            catch (Exception e) when (DiskFailure.IsOfDisk(e))
            {
                throw DiskFailure.Refusal(e);
            }
        }

        OnDisk(() => file.Flush(flushToDisk: true));
        return new(Sha256Digest.FromBytes(hash.GetHashAndReset()), length);
    }

    private static void RemoveIfLeft(string half)
    {
        try
        {
            using var held = new FileStream(half, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(half);
        }
        catch (IOException)
        {
            // Its writer lives, or has just finished: another node over the same folder, or a command beside a server.
        }
    }

    private static FileStream Create(string half)
    {
        try
        {
            return new(half, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous });
        }
        catch (Exception e) when (DiskFailure.IsOfDisk(e))
        {
            throw DiskFailure.Refusal(e);
        }
    }

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
