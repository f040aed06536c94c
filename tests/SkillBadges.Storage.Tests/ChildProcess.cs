using System.Diagnostics;
using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Storage.Tests;

/// <summary>What this assembly does when it is started as a process of its own, to be killed or starved.</summary>
public static class ChildProcess
{
    public const string Ballast = "ballast";

    private const int Writers = 8;

    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["commit", var folder]:
                await CommitForeverAsync(folder);
                return 0;
            case ["fill", var folder]:
                await FillAsync(folder);
                return 0;
            default:
                await Console.Error.WriteLineAsync("commit FOLDER | fill FOLDER");
                return 2;
        }
    }

    /// <summary>Starts this assembly with these arguments, under another program if one is given.</summary>
    public static Process Start(string[] arguments, string[]? under = null)
    {
        string[] line = [.. under ?? [], Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", "exec", typeof(ChildProcess).Assembly.Location, .. arguments];
        return Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>One commit of several documents and a message after the other, each told once it is acknowledged, until killed.</summary>
    private static async Task CommitForeverAsync(string folder)
    {
        using var store = SqliteStore.Open(folder, Samples.Kinds, TimeProvider.System, CancellationToken.None);
        var started = NewId.Random();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{started}-{writer}-{i}");
                await store.CommitAsync(Work(id), CancellationToken.None);
                Console.WriteLine(id);
            }
        })));
    }

    /// <summary>Fills the disk, is refused, gets room again, and goes on; says what held.</summary>
    private static async Task FillAsync(string folder)
    {
        var files = FolderFileStore.Open(Path.Combine(folder, "files"));
        var store = SqliteStore.Open(folder, Samples.Kinds, TimeProvider.System, CancellationToken.None);
        var (acknowledged, refused) = (new List<string>(), new List<string>());
        while (refused.Count < 20)
        {
            var id = $"s{acknowledged.Count + refused.Count}";
            var code = await CodeOfAsync(() => store.CommitAsync(Work(id), CancellationToken.None));
            (code is null ? acknowledged : refused).Add(id);
            Say("commit", code);
        }

        Say("read", await store.FindAsync(Samples.Kind, acknowledged[^1], CancellationToken.None) is null ? "lost" : null);
        Say("file", await CodeOfAsync(() => files.PutAsync(new MemoryStream(new byte[8_000_000]), long.MaxValue, CancellationToken.None)));
        Say("half", Directory.EnumerateFiles(Path.Combine(folder, "files", "incoming")).Any() ? "left" : null);
        if (File.Exists(Path.Combine(folder, Ballast)))
        {
            File.Delete(Path.Combine(folder, Ballast));
            Say("commit-with-room", await CodeOfAsync(() => store.CommitAsync(Work("room"), CancellationToken.None)));
            Say("file-with-room", await CodeOfAsync(() => files.PutAsync(new MemoryStream([1]), long.MaxValue, CancellationToken.None)));
        }

        store.Dispose();
        using var reopened = SqliteStore.Open(folder, Samples.Kinds, TimeProvider.System, CancellationToken.None);
        Say("acknowledged", acknowledged.Exists(id => !IsWhole(reopened, id)) ? "lost" : null);
        Say("refused", refused.Exists(id => IsThere(reopened, id)) ? "written" : null);
        Console.WriteLine("end");
    }

    public static Changes Work(string id) => new Changes()
        .Add(Samples.Kind, new Sample(id) { Tags = ["a", "b"], Text = new string('x', 500) })
        .Add(Samples.Turns, new Turn(id, "g", 1))
        .Send(new OutboxMessage(id, "t", id, DateTimeOffset.UnixEpoch));

    /// <summary>Whether all parts of the work are there.</summary>
    public static bool IsWhole(SqliteStore store, string id) => Parts(store, id) == (true, true);

    private static bool IsThere(SqliteStore store, string id) => Parts(store, id) != (false, false);

    private static (bool Sample, bool Turn) Parts(SqliteStore store, string id) =>
        (store.FindAsync(Samples.Kind, id, CancellationToken.None).Result is not null, store.FindAsync(Samples.Turns, id, CancellationToken.None).Result is not null);

    private static async Task<string?> CodeOfAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Code;
        }
    }

    private static void Say(string what, string? code) => Console.WriteLine($"{what} {code ?? "ok"}");
}
