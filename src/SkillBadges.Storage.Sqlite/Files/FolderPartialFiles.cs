using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite.Files;

/// <summary>Arriving files in a folder of their own, one a file, named by id. Whoever writes one has it locked.</summary>
public sealed class FolderPartialFiles : IPartialFiles
{
    private readonly string folder;

    private FolderPartialFiles(string folder) => this.folder = folder;

    public static FolderPartialFiles Open(string folder)
    {
        DurableFolder.Create(folder);
        return new(folder);
    }

    public Stream OpenToWrite(string id, long offset)
    {
        var name = NameOf(id);
        var isNew = !File.Exists(name);
        if (isNew && offset > 0)
        {
            throw Lost();
        }

        SyncedFile file;
        try
        {
            // FileShare.None is a lock that the system keeps, also between processes; the other writer may have made the file since we looked.
            file = new SyncedFile(name);
        }
        catch (IOException e) when (File.Exists(name) && !DiskFailure.IsFull(e) && e is not (FileNotFoundException or DirectoryNotFoundException) && !IsDiskError(e))
        {
            throw Refused.Conflict("file.busy", "This file is being received already; please wait a moment.");
        }
        catch (Exception e) when (DiskFailure.IsOfDisk(e))
        {
            throw DiskFailure.Refusal(e);
        }

        try
        {
            if (file.Length < offset)
            {
                throw Lost();
            }

            file.SetLength(offset);
            file.Position = offset;
            if (isNew)
            {
                DurableFolder.Sync(folder);
            }

            return file;
        }
        catch (Exception e)
        {
            file.Dispose();
            throw DiskFailure.IsOfDisk(e) ? DiskFailure.Refusal(e) : e;
        }
    }

    public Stream? OpenToRead(string id)
    {
        try
        {
            return new FileStream(NameOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (DiskFailure.IsOfDisk(e))
        {
            throw DiskFailure.Refusal(e);
        }
    }

    public void Remove(string id)
    {
        if (File.Exists(NameOf(id)))
        {
            File.Delete(NameOf(id));
        }
    }

    public IReadOnlyList<string> UntouchedSince(DateTimeOffset instant) =>
        [.. new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < instant.UtcDateTime).Select(file => file.Name)];

    private static RefusedException Lost() => Refused.Gone("upload.lost", "What was received of this file is no longer here; please begin again.");

    // EIO, EROFS, EACCES, EMFILE: the disk or the system, not another writer.
    private static bool IsDiskError(IOException failure) => failure.HResult is 5 or 30 or 13 or 24;

    private string NameOf(string id) => Path.Combine(folder, PartialFileId.Require(id));

    /// <summary>A file whose flush reaches the disk, and whose failures are answers.</summary>
    private sealed class SyncedFile(string name) : FileStream(name, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous })
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await base.WriteAsync(buffer, cancellationToken);
            }
            catch (Exception e) when (DiskFailure.IsOfDisk(e))
            {
                throw DiskFailure.Refusal(e);
            }
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            try
            {
                Flush(flushToDisk: true);
                return Task.CompletedTask;
            }
            catch (Exception e) when (DiskFailure.IsOfDisk(e))
            {
                throw DiskFailure.Refusal(e);
            }
        }
    }
}
