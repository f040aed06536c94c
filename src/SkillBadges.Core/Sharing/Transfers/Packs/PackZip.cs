using System.IO.Compression;
using System.Text;

namespace SkillBadges.Core.Sharing.Transfers.Packs;

/// <summary>What is wrong with a pack, in which file.</summary>
/// <param name="Code">Such as <c>altered</c>; a word of reports, not a refusal.</param>
public sealed record PackFault(string File, string Code, string Message);

/// <summary>
/// Writes and reads the container. Reading trusts nothing that the container says: names come from a fixed list and are never paths of ours, every file is
/// read as a stream against limits of its own, and links, repeated and unknown names are faults (threat T16).
/// </summary>
public static class PackZip
{
    public const int MaxFiles = 1_000;
    public const long MaxBytes = 200L * 1024 * 1024;

    /// <summary>Bytes out for each byte in, beyond the first <see cref="SmallBytes"/>.</summary>
    public const int MaxRatio = 100;

    private const int SmallBytes = 64 * 1024;
    private const int SymbolicLink = 0xA000;
    private const int KindMask = 0xF000;

    /// <summary>Every file gets the same time, so that equal contents are equal bytes.</summary>
    private static readonly DateTimeOffset fixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task WriteAsync(Stream target, IReadOnlyList<(string Path, Func<CancellationToken, Task<Stream>> Open)> files, CancellationToken cancellationToken)
    {
        await using var seal = new PackSeal(target);
        await using (var zip = await ZipArchive.CreateAsync(seal, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken))
        {
            foreach (var (path, open) in files)
            {
                // Photos and films do not get smaller.
                var entry = zip.CreateEntry(path, PackNames.EvidenceIn(path) is null ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                entry.LastWriteTime = fixedTime;
                await using var content = await open(cancellationToken);
                await using var into = await entry.OpenAsync(cancellationToken);
                await content.CopyToAsync(into, cancellationToken);
            }

            zip.Comment = PackSeal.Blank;
        }

        await seal.EndAsync(cancellationToken);
    }

    /// <summary>What is wrong with the container beside its files; empty too for one that was packed anew from sound files.</summary>
    public static IReadOnlyList<PackFault> CheckContainer(byte[] pack) =>
        PackSeal.Holds(pack) is false ? [new(PackNames.Container, "altered", "The files are as they were signed, but the container around them is not as it was written.")] : [];

    /// <summary>The files by name, or what is wrong; with a fault, what was read is not to be used.</summary>
    public static async Task<(IReadOnlyDictionary<string, byte[]> Files, IReadOnlyList<PackFault> Faults)> ReadAsync(byte[] pack, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var faults = new List<PackFault>();
        try
        {
            await using var zip = await ZipArchive.CreateAsync(new MemoryStream(pack, writable: false), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8, cancellationToken);
            if (zip.Entries.Count > MaxFiles)
            {
                return (files, [new(PackNames.Container, "too-many-files", $"A pack holds at most {MaxFiles} files.")]);
            }

            var left = MaxBytes;
            foreach (var entry in zip.Entries)
            {
                var name = entry.FullName.Length <= 200 && entry.FullName.All(c => c is > ' ' and < '\u007F') ? entry.FullName : "(a name that no pack has)";
                if (!PackNames.IsKnown(name))
                {
                    faults.Add(new(name, "unknown-file", "No pack holds a file of this name."));
                }
                else if (((entry.ExternalAttributes >> 16) & KindMask) == SymbolicLink)
                {
                    faults.Add(new(name, "link", "A pack holds files, not links."));
                }
                else if (!files.TryAdd(name, []))
                {
                    faults.Add(new(name, "repeated", "The file is there twice; readers disagree on which one counts."));
                }
                else if (await BytesAsync(entry, Math.Min(left, SmallBytes + (entry.CompressedLength * MaxRatio)), cancellationToken) is { } bytes)
                {
                    files[name] = bytes;
                    left -= bytes.Length;
                }
                else
                {
                    return (files, [.. faults, new(name, "too-large", "The file unpacks to more than a pack may hold.")]);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            faults.Add(new(files.Keys.LastOrDefault() ?? PackNames.Container, "unreadable", "The container is damaged here."));
        }

        return (files, faults);
    }

    private static async Task<byte[]?> BytesAsync(ZipArchiveEntry entry, long limit, CancellationToken cancellationToken)
    {
        await using var content = await entry.OpenAsync(cancellationToken);
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (whole.Length + read > limit)
            {
                return null;
            }

            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }
}
