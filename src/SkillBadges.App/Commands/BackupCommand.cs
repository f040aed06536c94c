using System.CommandLine;

namespace SkillBadges.App.Commands;

/// <summary>
/// <c>backup DIR</c>: a copy of the data folder that another server can start on. The server may run meanwhile. Exit code 0; 1 when the copy is
/// made but a file no longer holds what was handed in; 2 when no copy was made.
/// </summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var target = new Argument<string>("target") { Description = "A folder that does not exist yet." };
        var command = new Command("backup", "Copies the data folder, also while it is served. The key-encryption key is not in the copy.") { target };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(() => RunAsync(options.Read(parsed), parsed.GetValue(target)!, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, string target, CancellationToken cancellationToken)
    {
        var copied = await AppSetup.BackUpAsync(settings, target, cancellationToken);
        Console.WriteLine($"Copied the store and {copied.Files} files ({copied.Bytes} bytes) to {target}.");
        Console.WriteLine($"The key-encryption key is not in the copy; keep a copy of {settings.KeyFile} in another place.");
        foreach (var digest in copied.Damaged)
        {
            await Console.Error.WriteLineAsync($"file.corrupt: {digest} no longer holds the bytes that were handed in; take it from an earlier backup.");
        }

        return copied.Damaged.Count == 0 ? 0 : 1;
    }
}
