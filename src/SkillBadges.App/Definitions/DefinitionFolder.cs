using SkillBadges.Core;
using SkillBadges.Core.Definitions;

namespace SkillBadges.App.Definitions;

/// <summary>Reads a folder of definitions from disk, within limits and without following links.</summary>
internal static class DefinitionFolder
{
    private const int MaxFiles = 5_000;
    private const long MaxFileBytes = 2 * 1024 * 1024;

    /// <summary>The definitions that come with the program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "badge-definitions");

    /// <exception cref="RefusedException"><c>import.no-folder</c>, <c>import.too-many-files</c>.</exception>
    public static async Task<IReadOnlyList<SourceFile>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw Refused.Invalid("import.no-folder", $"There is no folder {folder}.");
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        var files = new List<SourceFile>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal))
        {
            if (files.Count == MaxFiles)
            {
                throw Refused.Invalid("import.too-many-files", $"The folder holds more than {MaxFiles} files.");
            }

            // A file beyond any limit is handed on cut: its reader says that it is too large.
            files.Add(new(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), await HeadAsync(file, MaxFileBytes, cancellationToken)));
        }

        return files;
    }

    /// <summary>Writes files below a folder, the schemas that they name beside them; what is there with other bytes is replaced, nothing is removed.</summary>
    public static async Task<FilesWritten> WriteAsync(string folder, IAsyncEnumerable<SourceFile> files, CancellationToken cancellationToken)
    {
        var written = new FilesWritten(0, 0);
        await foreach (var file in files.WithCancellation(cancellationToken))
        {
            written += await WriteFileAsync(folder, file, cancellationToken);
        }

        foreach (var schema in Directory.EnumerateFiles(Path.Combine(Shipped, "schema"), "*.json"))
        {
            written += await WriteFileAsync(folder, new($"schema/{Path.GetFileName(schema)}", await File.ReadAllBytesAsync(schema, cancellationToken)), cancellationToken);
        }

        return written;
    }

    // A file that is as it was keeps its time, so that tools which watch the folder see only what changed.
    private static async Task<FilesWritten> WriteFileAsync(string folder, SourceFile file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file.Path);
        if (File.Exists(path) && (await File.ReadAllBytesAsync(path, cancellationToken)).AsSpan().SequenceEqual(file.Bytes.Span))
        {
            return new(0, 1);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, file.Bytes, cancellationToken);
        return new(1, 0);
    }

    /// <summary>The bytes of a file, cut at a limit.</summary>
    public static async Task<ReadOnlyMemory<byte>> HeadAsync(string file, long limit, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var bytes = new byte[Math.Min(stream.Length, limit)];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}

/// <summary>How many files were written, and how many held the same bytes already.</summary>
internal readonly record struct FilesWritten(int Changed, int Same)
{
    public static FilesWritten operator +(FilesWritten left, FilesWritten right) => new(left.Changed + right.Changed, left.Same + right.Same);
}
