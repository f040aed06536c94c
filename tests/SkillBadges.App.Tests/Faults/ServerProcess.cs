using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SkillBadges.App.Demo;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Faults;

/// <summary>The real program in a process of its own over a demo folder, so that it can really be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly string folder;
    private readonly string? database;
    private Process? process;

    /// <param name="folder">The data folder.</param>
    /// <param name="database">A connection to PostgreSQL, which then keeps the files too; or null for SQLite.</param>
    /// <param name="address">Where it listens; null for a free port.</param>
    public ServerProcess(string folder, string? database = null, string? address = null)
    {
        this.folder = folder;
        this.database = database;
        if (address is not null)
        {
            BaseUrl = new Uri(address);
            return;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        BaseUrl = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public Uri BaseUrl { get; }

    /// <summary>The program's file.</summary>
    public string Program { get; init; } = typeof(DemoSeed).Assembly.Location;

    /// <summary>Variables beside those of the tests' own process.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Bytes of memory that are the process's own, not a file's pages.</summary>
    public long AnonymousMemory() => long.Parse(
        File.ReadLines($"/proc/{process!.Id}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        System.Globalization.CultureInfo.InvariantCulture) * 1024;

    /// <summary>What it takes to open the store that such a process leaves behind.</summary>
    public static Settings SettingsOf(string folder, string? database) => new()
    {
        DataFolder = folder,
        Database = database,
        FilesInDatabase = database is not null,
        KeyFile = $"{folder}.keys/key-encryption.key",
        Urls = [],
        Address = InstanceAddress.Parse("http://localhost"),
        AllowedHosts = [],
    };

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Program, "demo", "--data", folder, "--urls", BaseUrl.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SKILLBADGES_DATABASE"] = database ?? "";
        start.Environment["SKILLBADGES_FILES"] = database is null ? "folder" : "database";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;

        // Nobody reads what it prints; a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = BaseUrl };
        for (var tries = 0; ; tries++)
        {
            try
            {
                if ((await client.GetAsync(new Uri("/readyz", UriKind.Relative))).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (LostAnswer.Is(e) && tries < 1800 && !process.HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Decisions at Westfield are signed at once from now on; elsewhere they can be undone for some minutes first.</summary>
    public async Task SignAtOnceAsync()
    {
        using var admin = Visitor();
        await admin.SignInAsync("state.admin", CancellationToken.None);
        var organizations = await admin.FetchAsync("/api/organizations?startsWith=westfield", CancellationToken.None);
        var school = organizations["items"]!.AsArray().First(item => item!["slug"]!.GetValue<string>() == "westfield-high")!["id"]!.GetValue<string>();
        await admin.PutAsync($"/api/organizations/{school}/settings", new() { ["undoMinutes"] = 0 }, CancellationToken.None);
    }

    /// <summary>SIGKILL: nothing of the process runs any more, no handler, no flush.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public DemoClient Visitor() => new(new HttpClient { BaseAddress = BaseUrl, Timeout = TimeSpan.FromSeconds(30) });

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }

        process?.Dispose();
    }
}
