using SkillBadges.App.Moving;
using SkillBadges.Core;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Commands;

/// <summary>
/// <c>export DIR</c> and <c>import DIR</c> of a whole instance. Exit code 0; 1 when all was moved but a file is damaged or a ledger chain does not hold, as it was before; 2 when it could not be done.
/// </summary>
internal static class MoveCommands
{
    public static async Task<int> ExportAsync(Settings settings, string target, string? passphraseFile, CancellationToken cancellationToken)
    {
        var passphrase = await ExportKeys.ReadPassphraseAsync(passphraseFile, cancellationToken);
        var folder = new ExportFolder(target);
        RequireOutside(settings, folder);
        if (settings.Database is null && !Directory.Exists(settings.DataFolder))
        {
            throw Refused.Invalid("export.no-data", $"There is no data in {settings.DataFolder}; name the data folder with --data.");
        }

        var key = KeyFile.Read(settings.KeyFile);
        await using var store = await OpenedStore.OpenAsync(settings, TimeProvider.System, cancellationToken);
        await ImportProgressDocuments.RequireNoneAsync(store.Documents, cancellationToken);
        var (manifest, ledger) = await new InstanceExport(store, store.Files, folder, TimeProvider.System, Console.Out).WriteAsync(key, passphrase, cancellationToken);
        Console.WriteLine($"Exported {manifest.Documents} documents, {manifest.Messages} messages, {manifest.Files} files and {manifest.LedgerEntries} ledger entries in {manifest.Chains} chains to {folder.Path}.");
        foreach (var digest in manifest.DamagedFiles)
        {
            await Console.Error.WriteLineAsync($"file.corrupt: {digest} no longer holds the bytes that were handed in; it is not in the export.");
        }

        return manifest.DamagedFiles.Length + await TellAsync(ledger) == 0 ? 0 : 1;
    }

    public static async Task<int> ImportAsync(Settings settings, string source, string? passphraseFile, bool onlyCheck, CancellationToken cancellationToken)
    {
        var passphrase = await ExportKeys.ReadPassphraseAsync(passphraseFile, cancellationToken);
        var export = await VerifiedExport.ReadAsync(new(source), passphrase, cancellationToken);
        var manifest = export.Manifest;
        Console.WriteLine($"Every byte of the export is as it was written: {manifest.Documents} documents, {manifest.Messages} messages, {manifest.Files} files.");
        if (onlyCheck)
        {
            return 0;
        }

        RequireOutside(settings, export.Folder);
        if (File.Exists(settings.KeyFile) && !KeyFile.Read(settings.KeyFile).AsSpan().SequenceEqual(export.KeyEncryptionKey))
        {
            throw Refused.Conflict("import.other-key", $"{settings.KeyFile} holds the key of another instance. Name another place with --key-file.");
        }

        await using var store = await OpenedStore.OpenAsync(settings, TimeProvider.System, cancellationToken);
        var import = new InstanceImport(store, store.Files, export, Console.Out);
        var ledger = await import.RunAsync(
            () =>
            {
                if (!File.Exists(settings.KeyFile))
                {
                    KeyFile.Write(settings.KeyFile, export.KeyEncryptionKey);
                }
            },
            cancellationToken);
        Console.WriteLine($"Imported and compared: {manifest.Documents} documents and {manifest.Messages} messages are equal, part by part; {ledger.Entries} ledger entries in {ledger.Chains} chains, {manifest.Files} files. The key is in {settings.KeyFile}.");
        if (manifest.BaseUrl is { } address)
        {
            Console.WriteLine($"Serve it with --base-url {address}: credentials hold that address.");
        }

        return await TellAsync(ledger) == 0 ? 0 : 1;
    }

    private static async Task<int> TellAsync(LedgerFindings ledger)
    {
        foreach (var (chain, fault) in ledger.Faults)
        {
            await Console.Error.WriteLineAsync($"ledger: chain {chain}, entry {fault.Sequence} ({fault.EntryId}): {fault.Fault}");
        }

        return ledger.Faults.Count;
    }

    private static void RequireOutside(Settings settings, ExportFolder folder)
    {
        var data = $"{Path.TrimEndingDirectorySeparator(settings.DataFolder)}{Path.DirectorySeparatorChar}";
        if ($"{Path.TrimEndingDirectorySeparator(folder.Path)}{Path.DirectorySeparatorChar}".StartsWith(data, StringComparison.Ordinal))
        {
            throw Refused.Invalid("export.inside-data", "An export inside the data folder is lost with it. Choose a folder elsewhere.");
        }
    }
}
