using System.Diagnostics;

namespace SkillBadges.Storage.Tests;

/// <summary>
/// A disk that is really full: a small file system in memory, mounted where only the child process sees it. Where the
/// system forbids that, a limit on the size of files stands in, which cannot show how work goes on when there is room again.
/// </summary>
public sealed class DiskFullTests : IDisposable
{
    private const int Megabytes = 6;

    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-full-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_full_disk_refuses_and_loses_nothing()
    {
        var canMount = await CanMountAsync();
        string[] under = canMount
            ? [.. Private, $"mount -t tmpfs -o size={Megabytes}m none '{folder}' && head -c 2000000 /dev/zero > '{folder}/{ChildProcess.Ballast}' && exec \"$0\" \"$@\""]
            // The runtime's own memory files would meet the limit as well.
            : ["bash", "-c", "trap '' XFSZ; ulimit -f 3000; export DOTNET_EnableWriteXorExecute=0; exec \"$0\" \"$@\""];
        using var child = ChildProcess.Start(["fill", folder], under);
        var errors = child.StandardError.ReadToEndAsync();
        var said = (await child.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await child.WaitForExitAsync();

        Assert.True(said.LastOrDefault() == "end", await errors);
        Assert.InRange(said.Count(line => line == "commit ok"), 20, 100_000);
        Assert.Equal(20, said.Count(line => line == "commit storage.full"));
        string[] room = canMount ? ["commit-with-room ok", "file-with-room ok"] : [];
        string[] expected = ["read ok", "file file.store-full", "half ok", .. room, "acknowledged ok", "refused ok", "end"];
        Assert.Equal(expected, said.Where(line => !line.StartsWith("commit ", StringComparison.Ordinal)));
    }

    /// <summary>A mount namespace of its own; who is not root takes a user namespace along.</summary>
    private static string[] Private => Environment.IsPrivilegedProcess ? ["unshare", "--mount", "bash", "-c"] : ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c"];

    private async Task<bool> CanMountAsync()
    {
        using var trial = Process.Start(new ProcessStartInfo(Private[0], [.. Private[1..], $"mount -t tmpfs -o size=1m none '{folder}'"]) { RedirectStandardError = true })!;
        await trial.WaitForExitAsync();
        return trial.ExitCode == 0;
    }
}
