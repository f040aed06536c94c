using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>A <see cref="FaultHost"/> in a process of its own, and the way back after it was killed.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    // Tokens are good for ten minutes, and the long runs last longer.
    private static readonly TimeSpan SignInAgain = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-points-");
    private readonly PostgresSchema? schema;
    private readonly Uri baseUrl;
    private readonly Dictionary<string, (DemoClient Client, long Since)> visitors = new(StringComparer.Ordinal);
    private Process? process;

    private FaultServer(PostgresSchema? schema)
    {
        this.schema = schema;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        baseUrl = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>How often the process was found dead and started again.</summary>
    public int Restarts { get; private set; }

    public static async Task<FaultServer> StartAsync(bool isPostgres)
    {
        var server = new FaultServer(isPostgres ? await PostgresSchema.CreateAsync() : null);
        await server.StartAsync();
        return server;
    }

    /// <summary>Tells the process something and gives its answer.</summary>
    public async Task<string> TellAsync(string line)
    {
        await process!.StandardInput.WriteLineAsync(line);
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The server is gone at '{line}'.");
    }

    /// <summary>Everybody signs in anew: their tokens are of another time.</summary>
    public void ForgetVisitors() => visitors.Clear();

    /// <summary>A request until it is answered with yes; each time the same one. A dead server is started again.</summary>
    public async Task<T> UntilDoneAsync<T>(string login, Func<DemoClient, Task<T>> request)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await request(await VisitorAsync(login));
            }
            catch (Exception e) when (tries < 20 && (LostAnswer.Is(e) || (e is DemoStepFailedException failed && failed.Message[0] == '5')))
            {
                await ReviveAsync();
            }
        }
    }

    /// <summary>Starts it again if it died; a moment's pause if it lives.</summary>
    public async Task ReviveAsync()
    {
        await Task.WhenAny(process!.WaitForExitAsync(), Task.Delay(200));
        if (process.HasExited)
        {
            Assert.Equal(137, process.ExitCode);
            Restarts++;
            await StartAsync();
        }
    }

    /// <summary>Whether the process died, waiting for it at most so long.</summary>
    public async Task<bool> DiesAsync(TimeSpan within)
    {
        await Task.WhenAny(process!.WaitForExitAsync(), Task.Delay(within));
        return process.HasExited;
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        if (schema is not null)
        {
            await schema.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    private async Task<DemoClient> VisitorAsync(string login)
    {
        if (visitors.TryGetValue(login, out var known) && Stopwatch.GetElapsedTime(known.Since) < SignInAgain)
        {
            return known.Client;
        }

        var visitor = new DemoClient(new HttpClient { BaseAddress = baseUrl, Timeout = TimeSpan.FromSeconds(60) });
        await visitor.SignInAsync(login, CancellationToken.None);
        visitors[login] = (visitor, Stopwatch.GetTimestamp());
        return visitor;
    }

    private async Task StartAsync()
    {
        Stop();
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(FaultHost).Assembly.Location, Path.Combine(folder.FullName, "data"), baseUrl.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["SKILLBADGES_DATABASE"] = schema?.ConnectionString ?? "";
        start.Environment["SKILLBADGES_FILES"] = schema is null ? "folder" : "database";
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        for (string? line = ""; line != "ready";)
        {
            line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        }
    }

    private void Stop()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }

        process?.Dispose();
    }
}
