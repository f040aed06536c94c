using System.IO.Compression;
using System.Text;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Exporting;

/// <summary>Writes the files of a bulk pack side by side, each with the header of the standard, and makes the archive at the end. Nothing is held in memory; the files are gone when it is disposed.</summary>
internal sealed class PackWriter(IPartialFiles files, string id) : IDisposable
{
    private readonly Dictionary<string, StreamWriter> writers = new(StringComparer.Ordinal);
    private readonly StringBuilder line = new();

    public void Write(PackRow row)
    {
        var file = row.File;
        if (!writers.TryGetValue(file.Name, out var writer))
        {
            writers[file.Name] = writer = new StreamWriter(files.OpenToWrite(PartOf(file), 0), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024);
            writer.Write(string.Join(',', file.Columns.Where(column => !column.MayBeMissing).Select(column => column.Name)));
            writer.Write("\r\n");
        }

        line.Clear();
        var cells = row.Cells.Where((_, i) => !file.Columns[i].MayBeMissing).ToArray();
        CsvText.AppendRow(line, cells);
        writer.Write(line);
    }

    /// <summary>Makes the archive; the caller disposes the stream and removes the partial file <paramref name="archiveId"/>.</summary>
    public async Task<Stream> FinishAsync(string archiveId, string systemName, CancellationToken cancellationToken)
    {
        foreach (var writer in writers.Values)
        {
            await writer.DisposeAsync();
        }

        await using (var target = files.OpenToWrite(archiveId, 0))
        {
            using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var file in RosterFiles.Checked.Where(file => writers.ContainsKey(file.Name)))
            {
                await using var entry = archive.CreateEntry(file.FileName, CompressionLevel.Fastest).Open();
                await using var content = files.OpenToRead(PartOf(file))!;
                await content.CopyToAsync(entry, cancellationToken);
            }

            await using var manifest = new StreamWriter(archive.CreateEntry("manifest.csv").Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            await manifest.WriteAsync(Manifest(systemName));
        }

        return files.OpenToRead(archiveId)!;
    }

    public void Dispose()
    {
        foreach (var (name, writer) in writers)
        {
            try
            {
                writer.Dispose();
            }
            finally
            {
                files.Remove(PartOf(RosterFiles.Find(name)!));
            }
        }
    }

    private string Manifest(string systemName)
    {
        var text = new StringBuilder();
        CsvText.AppendRow(text, "propertyName", "value");
        CsvText.AppendRow(text, "manifest.version", "1.0");
        CsvText.AppendRow(text, "oneroster.version", "1.2");
        foreach (var name in RosterFiles.Names)
        {
            CsvText.AppendRow(text, $"file.{name}", writers.ContainsKey(name) ? "bulk" : "absent");
        }

        CsvText.AppendRow(text, "source.systemName", systemName);
        return text.ToString();
    }

    private string PartOf(RosterFile file) => $"{id}{RosterFiles.Checked.IndexOf(file)}";
}
