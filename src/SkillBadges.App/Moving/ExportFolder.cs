using System.Security.Cryptography;
using SkillBadges.Core;

namespace SkillBadges.App.Moving;

/// <summary>The files of an export. A name that stands holds whole bytes that were flushed to disk.</summary>
internal sealed class ExportFolder(string folder)
{
    private const string Half = ".half";

    public string Path { get; } = System.IO.Path.GetFullPath(folder);

    /// <summary>Whether somebody began an export there.</summary>
    public static bool IsOne(string folder) => new ExportFolder(folder) is var export && (export.Has(ExportBegun.Name) || export.Has(ExportKeys.Name));

    public bool Has(string name) => File.Exists(PathOf(name));

    public Stream Open(string name) => new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, 81920, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public long? LengthOf(string name) => new FileInfo(PathOf(name)) is { Exists: true } file ? file.Length : null;

    public Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken) => File.ReadAllBytesAsync(PathOf(name), cancellationToken);

    /// <summary>Null when it is not there.</summary>
    public async Task<Sha256Digest?> DigestAsync(string name, CancellationToken cancellationToken)
    {
        if (!Has(name))
        {
            return null;
        }

        await using var file = Open(name);
        return Sha256Digest.FromBytes(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Writes all of it under its name, or nothing.</summary>
    public async Task WriteAsync(string name, Func<Stream, Task> write)
    {
        var (path, half) = (PathOf(name), PathOf(name) + Half);
        Create(System.IO.Path.GetDirectoryName(path)!);
        try
        {
            await using (var file = new FileStream(half, FileMode.Create, FileAccess.Write, FileShare.None, 81920, FileOptions.Asynchronous))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(half, path, overwrite: true);
            OpenedStore.MakeDurable(System.IO.Path.GetDirectoryName(path)!);
        }
        finally
        {
            if (File.Exists(half))
            {
                File.Delete(half);
            }
        }
    }

    public Task WriteAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => WriteAsync(name, file => file.WriteAsync(bytes, cancellationToken).AsTask());

    /// <summary>Removes what lies in a folder of the export and was not said to belong there: an earlier try saw other data.</summary>
    public void Keep(string below, IReadOnlySet<string> names)
    {
        if (!Directory.Exists(PathOf(below)))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(PathOf(below), "*", SearchOption.AllDirectories))
        {
            if (!names.Contains(System.IO.Path.GetRelativePath(Path, file).Replace(System.IO.Path.DirectorySeparatorChar, '/')))
            {
                File.Delete(file);
            }
        }
    }

    private static void Create(string folder)
    {
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // Names in a manifest come from elsewhere: words and numbers of ours, never a way out of the folder.
    private string PathOf(string name) => name.Split('/').All(step => step.Length > 0 && step != "." && step != ".." && step.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
        ? System.IO.Path.Combine(Path, name)
        : throw ExportJson.Damaged(ExportManifest.Name);
}
