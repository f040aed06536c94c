using SkillBadges.Core;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Moving;

/// <summary>An export that was read to its end: every byte is as it was written.</summary>
internal sealed record VerifiedExport(ExportFolder Folder, ExportManifest Manifest, byte[] KeyEncryptionKey)
{
    /// <exception cref="RefusedException"><c>import.no-export</c>, <c>import.passphrase</c>, <c>import.damaged</c> with the names of the files, <c>storage.newer-than-build</c>.</exception>
    public static async Task<VerifiedExport> ReadAsync(ExportFolder folder, string passphrase, CancellationToken cancellationToken)
    {
        if (!folder.Has(ExportKeys.Name) || !folder.Has(ExportManifest.Name))
        {
            throw Refused.Invalid("import.no-export", "The folder holds no finished export. If the export was interrupted, run it again; it goes on where it stopped.");
        }

        var keys = ExportJson.Read<ExportKeys>(await folder.ReadAsync(ExportKeys.Name, cancellationToken), ExportKeys.Name);
        var json = await folder.ReadAsync(ExportManifest.Name, cancellationToken);
        if (Sha256Digest.Of(json) != keys.Manifest)
        {
            throw ExportJson.Damaged(ExportManifest.Name);
        }

        var key = keys.Open(passphrase);
        var manifest = ExportJson.Read<ExportManifest>(json, ExportManifest.Name);
        var known = StoreParts.Kinds.Select(kind => kind.Name).ToHashSet(StringComparer.Ordinal);
        if (manifest.Format != ExportManifest.CurrentFormat || manifest.Parts.Any(part => part.Kind is { } kind && !known.Contains(kind)))
        {
            throw Newer();
        }

        await RequireWholeAsync(folder, manifest, cancellationToken);
        return new(folder, manifest, key);
    }

    public static RefusedException Newer() => Refused.Conflict("storage.newer-than-build", "The export was made by a newer version of SkillBadges; please use that version.");

    /// <summary>The files that the export lists.</summary>
    public async IAsyncEnumerable<ListedFile> FilesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in Manifest.Parts.Where(part => part.Name.StartsWith(ExportPart.Listing, StringComparison.Ordinal)))
        {
            foreach (var file in StoreParts.Things<ListedFile>(part.Name, await Folder.ReadAsync(part.Name, cancellationToken)))
            {
                yield return file;
            }
        }
    }

    private static async Task RequireWholeAsync(ExportFolder folder, ExportManifest manifest, CancellationToken cancellationToken)
    {
        const int MostNamed = 20;
        var damaged = new List<string>();
        foreach (var part in manifest.Parts)
        {
            await CheckAsync(part.Name, part.Sha256);
        }

        if (damaged.Count == 0)
        {
            await foreach (var file in new VerifiedExport(folder, manifest, []).FilesAsync(cancellationToken))
            {
                await CheckAsync(file.Name, file.Sha256);
            }
        }

        if (damaged.Count > 0)
        {
            throw ExportJson.Damaged([.. damaged.Take(MostNamed), .. damaged.Count > MostNamed ? (string[])[$"and {damaged.Count - MostNamed} more"] : []]);
        }

        async Task CheckAsync(string name, Sha256Digest digest)
        {
            if (await folder.DigestAsync(name, cancellationToken) != digest)
            {
                damaged.Add(name);
            }
        }
    }
}

/// <summary>Takes a verified export into an empty store. Interrupted, it is run again and goes on behind the last part that was written.</summary>
internal sealed class InstanceImport(OpenedStore store, IFileStore files, VerifiedExport export, TextWriter console)
{
    private static readonly Dictionary<string, DocumentKind> kinds = StoreParts.Kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Loads, compares, and lets the store be served.</summary>
    /// <exception cref="RefusedException"><c>import.not-empty</c>, <c>import.not-equal</c>, <c>storage.newer-than-build</c>, and those of the store.</exception>
    /// <param name="keepKey">Puts the key in its place, once the store is known to be empty or ours.</param>
    /// <param name="cancellationToken">Stops between two parts.</param>
    public async Task<LedgerFindings> RunAsync(Action keepKey, CancellationToken cancellationToken)
    {
        var progress = await BeginAsync(cancellationToken);
        keepKey();
        await CopyFilesAsync(cancellationToken);
        var parts = export.Manifest.Parts.Where(part => !part.Name.StartsWith(ExportPart.Listing, StringComparison.Ordinal)).ToArray();
        if (progress.Document.Parts > 0)
        {
            await console.WriteLineAsync($"{progress.Document.Parts} of {parts.Length} parts are there already");
        }

        foreach (var part in parts.Skip(progress.Document.Parts))
        {
            progress = await LoadAsync(part, progress, cancellationToken);
            await console.WriteLineAsync($"{part.Name}: {part.Lines} lines");
        }

        var ledger = await CompareAsync(parts, cancellationToken);
        await store.Documents.CommitAsync(new Changes().Remove(ImportProgressDocuments.Kind, progress), cancellationToken);
        return ledger;
    }

    private async Task<Read<ImportProgress>> BeginAsync(CancellationToken cancellationToken)
    {
        if (await store.Documents.FindAsync(ImportProgressDocuments.Kind, ImportProgress.Id, cancellationToken) is { } earlier)
        {
            return earlier.Document.Export == export.Manifest.Id
                ? earlier
                : throw Refused.Conflict("import.not-empty", "The import of another export was interrupted in this store. Choose an empty data folder or database.");
        }

        await using (var view = await store.Whole.ViewAsync(cancellationToken))
        {
            await foreach (var part in StoreParts.AllAsync(view, cancellationToken))
            {
                throw Refused.Conflict("import.not-empty", $"The store is not empty: it holds {part.Part.Name.Split('/')[^2]}. An export is taken into an empty data folder or database only.");
            }
        }

        var begun = new ImportProgress(export.Manifest.Id, 0);
        await store.Documents.CommitAsync(new Changes().Add(ImportProgressDocuments.Kind, begun), cancellationToken);
        return new(begun, ImportProgress.Id, 1);
    }

    private async Task CopyFilesAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var file in export.FilesAsync(cancellationToken))
        {
            count++;
            await using (var there = await files.OpenAsync(file.Sha256, cancellationToken))
            {
                if (there is not null)
                {
                    continue;
                }
            }

            await using var source = export.Folder.Open(file.Name);
            await files.PutAsync(new VerifyingStream(source, file.Sha256), long.MaxValue, cancellationToken);
        }

        await console.WriteLineAsync($"{count} files");
    }

    private async Task<Read<ImportProgress>> LoadAsync(ExportPart part, Read<ImportProgress> progress, CancellationToken cancellationToken)
    {
        var bytes = await export.Folder.ReadAsync(part.Name, cancellationToken);
        var next = progress.Document with { Parts = progress.Document.Parts + 1 };
        var changes = new Changes().Replace(ImportProgressDocuments.Kind, progress, next);
        if (part.Kind is null)
        {
            foreach (var message in StoreParts.Things<OutboxMessage>(part.Name, bytes))
            {
                changes.Send(message);
            }
        }
        else
        {
            var kind = kinds[part.Kind];
            foreach (var document in StoreParts.Documents(part.Name, bytes))
            {
                changes.AddStored(kind, document.BodyVersion <= kind.BodyVersion ? document : throw VerifiedExport.Newer());
            }
        }

        await store.Documents.CommitAsync(changes, cancellationToken);
        return progress.Became(next);
    }

    // What is in the store now is read back: cut into parts, it is the same bytes.
    private async Task<LedgerFindings> CompareAsync(ExportPart[] parts, CancellationToken cancellationToken)
    {
        await using var view = await store.Whole.ViewAsync(cancellationToken);
        var compared = 0;
        await foreach (var part in StoreParts.AllAsync(view, cancellationToken))
        {
            if (compared >= parts.Length || part.Part != parts[compared])
            {
                throw NotEqual(part.Part.Name);
            }

            compared++;
        }

        var ledger = await LedgerSweep.RunAsync(view, store.Documents, cancellationToken);
        return compared == parts.Length && (ledger.Chains, ledger.Entries) == (export.Manifest.Chains, export.Manifest.LedgerEntries)
            ? ledger
            : throw NotEqual(compared < parts.Length ? parts[compared].Name : "the ledger");
    }

    private static RefusedException NotEqual(string name) => Refused.Conflict("import.not-equal", $"What the store holds now is not what the export holds, from {name} on. Nothing is served from it; import into another empty store.");
}
