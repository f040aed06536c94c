using System.Collections.Immutable;
using System.IO.Compression;

namespace SkillBadges.Core.OneRoster.Files;

/// <summary>What a manifest says of a file.</summary>
public enum PackMode
{
    Absent,

    /// <summary>Everything there is: what is not in the file is no more.</summary>
    Bulk,

    /// <summary>What changed, each record with its status and when.</summary>
    Delta,
}

/// <summary>How large a pack may be.</summary>
public sealed record PackLimits
{
    /// <summary>Twenty-two files are in the standard.</summary>
    public int MaxEntries { get; init; } = 64;

    /// <summary>Bytes of all files together, unpacked.</summary>
    public long MaxUnpacked { get; init; } = 4L << 30;

    /// <summary>How many times larger a file of more than a megabyte may be unpacked.</summary>
    public int MaxRatio { get; init; } = 100;
}

/// <summary>An archive of CSV files, opened without trusting anything that it says: entries are read as streams by the names that are expected, never written anywhere.</summary>
public sealed class RosterPack : IDisposable
{
    private const long SmallEntry = 1 << 20;

    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries;

    private RosterPack(ZipArchive archive, Dictionary<string, ZipArchiveEntry> entries)
    {
        this.archive = archive;
        this.entries = entries;
    }

    /// <summary>By file name without <c>.csv</c>; files that the manifest does not name are absent.</summary>
    public ImmutableDictionary<string, PackMode> Modes { get; private set; } = ImmutableDictionary<string, PackMode>.Empty;

    public string? SystemName { get; private set; }

    /// <summary>The pack with its manifest; null when there are faults. The stream must be one that can be positioned.</summary>
    public static RosterPack? Open(Stream stream, PackLimits limits, RosterFaults faults)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false);
            var entries = Entries(archive, limits, faults);
            var pack = new RosterPack(archive, entries);
            if (faults.Count == 0)
            {
                PackManifest.Read(pack, faults, out var modes, out var systemName);
                (pack.Modes, pack.SystemName) = (modes, systemName);
            }

            if (faults.Count == 0)
            {
                archive = null;
                return pack;
            }
        }
        catch (InvalidDataException)
        {
            faults.Add("", 0, null, "pack.damaged", "This is not a ZIP archive, or it is damaged.");
        }
        finally
        {
            archive?.Dispose();
        }

        return null;
    }

    public PackMode ModeOf(RosterFile file) => Modes.GetValueOrDefault(file.Name);

    public bool Holds(string name) => entries.ContainsKey(name);

    /// <summary>The bytes of a file that the pack holds; the caller disposes the stream.</summary>
    public Stream Read(string name) => new CappedStream(entries[name].Open(), entries[name].Length);

    public void Dispose() => archive.Dispose();

    private static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive archive, PackLimits limits, RosterFaults faults)
    {
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        if (archive.Entries.Count > limits.MaxEntries)
        {
            faults.Add("", 0, null, "pack.too-many-files", $"A pack has at most {limits.MaxEntries} files.");
            return entries;
        }

        long unpacked = 0;
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName.EndsWith(".csv", StringComparison.Ordinal) ? entry.FullName[..^4] : "";
            if (name != "manifest" && !RosterFiles.Names.Contains(name))
            {
                // The name is the sender's text, so it is not repeated.
                faults.Add("", 0, null, "pack.file-name", "The pack holds something else than the files of OneRoster 1.2 at its root: a folder, another name, or an archive in the archive.");
                continue;
            }

            unpacked += entry.Length;
            Look(entry, limits, faults);
            if (!entries.TryAdd(name, entry))
            {
                faults.Add(entry.FullName, 0, null, "pack.file-twice", "The pack holds this file twice.");
            }
        }

        if (unpacked > limits.MaxUnpacked)
        {
            faults.Add("", 0, null, "pack.too-large", $"The files of a pack have at most {limits.MaxUnpacked >> 20} MB together.");
        }

        return entries;
    }

    private static void Look(ZipArchiveEntry entry, PackLimits limits, RosterFaults faults)
    {
        // The upper half holds the mode of Unix systems; 0xA000 marks a symbolic link.
        if (((entry.ExternalAttributes >> 16) & 0xF000) == 0xA000)
        {
            faults.Add(entry.FullName, 0, null, "pack.link", "This entry is a link to another file.");
        }

        if (entry.IsEncrypted)
        {
            faults.Add(entry.FullName, 0, null, "pack.encrypted", "This file is encrypted; please send it without a password.");
        }

        if (entry.Length > SmallEntry && entry.Length / limits.MaxRatio > entry.CompressedLength)
        {
            faults.Add(entry.FullName, 0, null, "pack.ratio", $"This file unpacks to more than {limits.MaxRatio} times its size.");
        }
    }
}
