using System.Text;

namespace SkillBadges.App.Tests.Notices;

/// <summary>A letter as it left the house.</summary>
internal sealed record ReceivedLetter(string Raw, string Head, string Body)
{
    public static ReceivedLetter Of(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new(raw, raw[..end], Encoding.UTF8.GetString(Convert.FromBase64String(raw[(end + 4)..])));
    }
}

/// <summary>The folder that letters are put into, emptied as a mail server would.</summary>
internal sealed class Letters(DirectoryInfo folder) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Letters()
        : this(Directory.CreateTempSubdirectory("skillbadges-mail-"))
    {
    }

    public string Folder => folder.FullName;

    /// <summary>Waits for so many letters, oldest first, and takes them out.</summary>
    public async Task<IReadOnlyList<ReceivedLetter>> TakeAsync(int count) => [.. (await TakeFilesAsync("*.eml", count)).Select(ReceivedLetter.Of)];

    /// <summary>Waits for a letter whose text holds this, and takes out all that came until then.</summary>
    public async Task<ReceivedLetter> TakeAsync(string holding)
    {
        while (true)
        {
            if ((await TakeAsync(1)).LastOrDefault(letter => letter.Body.Contains(holding, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }
        }
    }

    /// <summary>As <see cref="TakeAsync(int)"/>, text messages as JSON.</summary>
    public Task<IReadOnlyList<string>> TakeTextsAsync(int count) => TakeFilesAsync("*.text.json", count);

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<IReadOnlyList<string>> TakeFilesAsync(string pattern, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (folder.GetFiles(pattern).Length < count)
        {
            await Task.Delay(20, patience.Token);
        }

        var files = folder.GetFiles(pattern).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var texts = new List<string>();
        foreach (var file in files)
        {
            texts.Add(await File.ReadAllTextAsync(file.FullName));
            file.Delete();
        }

        return texts;
    }
}
