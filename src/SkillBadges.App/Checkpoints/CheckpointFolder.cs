using System.Globalization;
using System.Text.Json;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Checkpoints;

/// <summary>Checkpoints outside the data, a file each: <c>checkpoint-0000000042.json</c>. A week of minutes is kept.</summary>
internal sealed class CheckpointFolder(string folder)
{
    private const int Kept = 7 * 24 * 60;
    private const string Pattern = "checkpoint-*.json";
    private const long MaxBytes = 256L * 1024 * 1024;

    /// <summary>Puts it under its name once it is whole, and removes what is older than a week of them.</summary>
    public async Task PutAsync(NumberedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"checkpoint-{checkpoint.Number:D10}.json"));
        await using (var file = new FileStream($"{path}.half", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await JsonSerializer.SerializeAsync(file, checkpoint.Checkpoint, DocumentJson.Options, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move($"{path}.half", path, overwrite: true);
        OpenedStore.MakeDurable(folder);
        foreach (var old in Names().Skip(Kept))
        {
            File.Delete(old);
        }
    }

    /// <summary>From the furthest one down; a file that is no checkpoint is passed over.</summary>
    public async IAsyncEnumerable<SignedCheckpoint> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in Names())
        {
            if (await ReadAsync(name, cancellationToken) is { } checkpoint && checkpoint.Read(null) is not null)
            {
                yield return checkpoint;
            }
        }
    }

    public async Task<SignedCheckpoint?> FurthestAsync(CancellationToken cancellationToken) => await ReadAsync(cancellationToken).FirstOrDefaultAsync(cancellationToken);

    private IEnumerable<string> Names() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Pattern).OrderDescending(StringComparer.Ordinal) : [];

    private static async Task<SignedCheckpoint?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (new FileInfo(name).Length > MaxBytes)
        {
            return null;
        }

        try
        {
            await using var file = File.OpenRead(name);
            return await JsonSerializer.DeserializeAsync<SignedCheckpoint>(file, DocumentJson.Options, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
