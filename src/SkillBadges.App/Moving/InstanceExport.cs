using SkillBadges.Core;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Moving;

/// <summary>
/// Writes a whole instance into a folder (docs/operations.md tells the format). Everything is seen at one moment. Interrupted, it is run again: what lies in the folder and is still so is left.
/// </summary>
internal sealed class InstanceExport(OpenedStore store, IFileStore files, ExportFolder folder, TimeProvider clock, TextWriter console)
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<ExportPart> parts = [];

    /// <exception cref="RefusedException"><c>export.exists</c>, <c>export.not-empty</c>, and those of the store.</exception>
    public async Task<(ExportManifest Manifest, LedgerFindings Ledger)> WriteAsync(byte[] keyEncryptionKey, string passphrase, CancellationToken cancellationToken)
    {
        var baseUrl = (await store.Documents.FindAsync(InstanceDocuments.Kind, Instance.Id, cancellationToken))?.Document.BaseUrl;
        var begun = await BeginAsync(baseUrl, cancellationToken);
        var madeAt = clock.Now();
        LedgerFindings ledger;
        await using (var view = await store.Whole.ViewAsync(cancellationToken))
        {
            await foreach (var part in StoreParts.AllAsync(view, cancellationToken))
            {
                await KeepAsync(part, cancellationToken);
            }

            ledger = await LedgerSweep.RunAsync(view, store.Documents, cancellationToken);
        }

        var (count, bytes, damaged) = await CopyFilesAsync(cancellationToken);
        foreach (var below in (string[])["documents", "outbox", "listing", "files"])
        {
            folder.Keep(below, names);
        }

        var manifest = new ExportManifest(
            ExportManifest.CurrentFormat, begun.Id, madeAt, baseUrl, Lines(ExportPart.Documents), Lines(ExportPart.Outbox), count, bytes, ledger.Chains, ledger.Entries, [.. parts], [.. damaged]);
        var json = manifest.ToJson();
        await folder.WriteAsync(ExportManifest.Name, json, cancellationToken);
        var keys = ExportKeys.Seal(keyEncryptionKey, passphrase, Sha256Digest.Of(json));
        await folder.WriteAsync(ExportKeys.Name, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(keys, ExportJson.Indented), cancellationToken);
        return (manifest, ledger);
    }

    private async Task<ExportBegun> BeginAsync(string? baseUrl, CancellationToken cancellationToken)
    {
        if (folder.Has(ExportKeys.Name))
        {
            throw Refused.Conflict("export.exists", $"{folder.Path} holds a finished export; it was left alone.");
        }

        if (folder.Has(ExportBegun.Name))
        {
            var earlier = ExportJson.Read<ExportBegun>(await folder.ReadAsync(ExportBegun.Name, cancellationToken), ExportBegun.Name);
            return earlier.BaseUrl == baseUrl && earlier.Format == ExportManifest.CurrentFormat
                ? earlier
                : throw NotEmpty();
        }

        if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
        {
            throw NotEmpty();
        }

        var begun = new ExportBegun(ExportManifest.CurrentFormat, NewId.Random(), baseUrl);
        await folder.WriteAsync(ExportBegun.Name, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(begun, ExportJson.Indented), cancellationToken);
        return begun;
    }

    private async Task<(long Count, long Bytes, List<Sha256Digest> Damaged)> CopyFilesAsync(CancellationToken cancellationToken)
    {
        var (count, bytes) = (0L, 0L);
        var damaged = new List<Sha256Digest>();
        await using var digests = FileParts.DigestsAsync(files, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await foreach (var part in StoreParts.CutAsync(ExportPart.Listing, (_, limit) => NextAsync(limit), file => file.Sha256.Hex, (json, file) => System.Text.Json.JsonSerializer.Serialize(json, file, DocumentJson.Options)))
        {
            await KeepAsync(part, cancellationToken);
        }

        await console.WriteLineAsync($"{count} files, {bytes} bytes");
        return (count, bytes, damaged);

        async Task<IReadOnlyList<ListedFile>> NextAsync(int limit)
        {
            var copied = new List<ListedFile>();
            while (copied.Count < limit && await digests.MoveNextAsync())
            {
                var (file, isDamaged) = await FileParts.CopyAsync(files, digests.Current, folder, cancellationToken);
                if (isDamaged)
                {
                    damaged.Add(digests.Current);
                }

                if (file is not null)
                {
                    copied.Add(file);
                    names.Add(file.Name);
                    (count, bytes) = (count + 1, bytes + file.Bytes);
                }
            }

            return copied;
        }
    }

    private async Task KeepAsync(PartBytes part, CancellationToken cancellationToken)
    {
        if (await folder.DigestAsync(part.Part.Name, cancellationToken) != part.Part.Sha256)
        {
            await folder.WriteAsync(part.Part.Name, part.Bytes, cancellationToken);
        }

        parts.Add(part.Part);
        names.Add(part.Part.Name);
        await console.WriteLineAsync($"{part.Part.Name}: {part.Part.Lines} lines");
    }

    private long Lines(string folderName) => parts.Where(part => part.Name.StartsWith(folderName, StringComparison.Ordinal)).Sum(part => (long)part.Lines);

    private RefusedException NotEmpty() => Refused.Conflict("export.not-empty", $"{folder.Path} holds something else. Choose a folder that does not exist yet, or the one in which the export of this instance was interrupted.");
}
