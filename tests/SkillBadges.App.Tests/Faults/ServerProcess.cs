using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Faults;

/// <summary>The real program in a process of its own over a demo folder, so that it can really be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly string folder;
    private Process? process;

    public ServerProcess(string folder)
    {
        this.folder = folder;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        BaseUrl = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public Uri BaseUrl { get; }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DemoSeed).Assembly.Location, "demo", "--data", folder, "--urls", BaseUrl.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
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
            catch (HttpRequestException) when (tries < 600 && !process.HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }
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
