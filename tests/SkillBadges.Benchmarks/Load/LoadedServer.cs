using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SkillBadges.App;
using SkillBadges.App.Commands;
using SkillBadges.App.Demo;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Benchmarks.Load;

/// <summary>The real program as a process of its own, on loopback and over a store of its own that was filled before.</summary>
internal sealed class LoadedServer : IAsyncDisposable
{
    // Tokens are good for ten minutes.
    private static readonly TimeSpan SignInAgain = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-load-");
    private readonly string? database;
    private readonly string? cores;
    private readonly string url;
    private readonly SemaphoreSlim signingIn = new(1);
    private readonly HttpClient client;
    private Process? process;
    private string? token;
    private Stopwatch signedIn = new();

    private LoadedServer(string? database, string? cores)
    {
        this.database = database;
        this.cores = cores;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        url = $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
        client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Pace.MostOnTheirWay }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Engine => database is null ? "SQLite" : "PostgreSQL";

    /// <summary>Processor time of the process so far.</summary>
    public TimeSpan Worked
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that the process had at once, in bytes.</summary>
    public long MostMemory
    {
        get
        {
            process!.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    private string Data => Path.Combine(folder.FullName, "data");

    /// <param name="database">A connection to an empty schema of PostgreSQL, or null for SQLite.</param>
    /// <param name="fill">Fills the sample district's store further; is given its school and its teacher.</param>
    /// <param name="cores">What the process is kept to, such as <c>0,1</c>; null for all.</param>
    public static async Task<LoadedServer> StartAsync(string? database, Func<IDocumentStore, OrganizationId, PersonId, Task> fill, string? cores = null)
    {
        var server = new LoadedServer(database, cores);
        var settings = SettingsReading.Read(null, [new("data", server.Data), new("urls", server.url), new("database", database), new("files", database is null ? "folder" : "database"), new("rates:atOnce", "0")]);
        await using (var app = await ServeCommand.BuildAsync(settings, TimeProvider.System, builder => builder.Logging.ClearProviders(), CancellationToken.None))
        {
            await ActivatorUtilities.CreateInstance<DemoSeed>(app.Services).RunAsync([], undoMinutes: 0, CancellationToken.None);
            await app.StartAsync();
            var session = await server.SignInAsync();
            var teacher = PersonId.From(session["personId"]!.GetValue<string>());
            var store = app.Services.GetRequiredService<IDocumentStore>();
            await fill(store, (await store.QueryAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(teacher.Value).Take(1), CancellationToken.None)).Documents.First().Organization, teacher);
            await app.StopAsync();
        }

        await server.ServeAsync();
        return server;
    }

    /// <summary>Sends a request as the teacher.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }

    /// <summary>Ends the process, which finishes what is under way, and opens what it leaves.</summary>
    public async Task<OpenedStore> StoppedAsync()
    {
        using (var signal = Process.Start("kill", ["-TERM", process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        return await OpenedStore.OpenAsync(
            new()
            {
                DataFolder = Data,
                Database = database,
                FilesInDatabase = database is not null,
                KeyFile = $"{Data}.keys/key-encryption.key",
                Urls = [],
                Address = InstanceAddress.Parse(url),
                AllowedHosts = [],
            },
            TimeProvider.System,
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        client.Dispose();
        signingIn.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task ServeAsync()
    {
        // The shell becomes the server; nobody reads what it says.
        string[] kept = cores is null ? [] : ["taskset", "-c", cores];
        var start = new ProcessStartInfo("bash", ["-c", "exec \"$@\" >/dev/null 2>&1", "server", .. kept, "dotnet", typeof(DemoSeed).Assembly.Location, "serve", "--data", Data, "--urls", url]);
        start.Environment["SKILLBADGES_DATABASE"] = database ?? "";
        start.Environment["SKILLBADGES_FILES"] = database is null ? "folder" : "database";
        start.Environment["SKILLBADGES_RATES__PERADDRESS"] = "0";
        start.Environment["SKILLBADGES_RATES__PERACCOUNT"] = "0";
        process = Process.Start(start)!;
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited && waited.Elapsed < TimeSpan.FromMinutes(2))
            {
                // Not listening yet.
            }
        }
    }

    private async Task<string> TokenAsync()
    {
        if (token is not null && signedIn.Elapsed < SignInAgain)
        {
            return token;
        }

        await signingIn.WaitAsync();
        try
        {
            if (token is null || signedIn.Elapsed >= SignInAgain)
            {
                await SignInAsync();
            }

            return token!;
        }
        finally
        {
            signingIn.Release();
        }
    }

    private async Task<JsonNode> SignInAsync()
    {
        using var body = new StringContent(new JsonObject { ["loginName"] = "ms.rivera", ["password"] = DemoDistrict.Password }.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/api/session", UriKind.Relative), body);
        var session = JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
        (token, signedIn) = (session["accessToken"]!.GetValue<string>(), Stopwatch.StartNew());
        return session;
    }
}
