using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>A server that speaks clamd's INSTREAM over TCP and finds one word.</summary>
internal sealed class ScannerStandIn : IAsyncDisposable
{
    public const string Word = "X5O!P%@AP-TEST";

    private readonly TcpListener listener;
    private readonly CancellationTokenSource end = new();
    private Task serving = Task.CompletedTask;

    public ScannerStandIn()
    {
        // A port that is free now; nobody listens there until the scanner starts.
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        listener = new(IPAddress.Loopback, port);
        Address = new Uri($"tcp://127.0.0.1:{port}");
    }

    public Uri Address { get; }

    /// <summary>What it answers to anything, in place of a verdict.</summary>
    public string? Says { get; set; }

    public int Scans { get; private set; }

    /// <summary>What the scanner has to wait for before it goes on reading: it is large, and the scanner slow.</summary>
    public Task Pause { get; set; } = Task.CompletedTask;

    public TaskCompletionSource HasBegun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Start()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await serving;
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(end.Token);
                await using var line = client.GetStream();
                await AnswerAsync(line);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(NetworkStream line)
    {
        var command = new byte["zINSTREAM\0".Length];
        await line.ReadExactlyAsync(command, end.Token);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        HasBegun.TrySetResult();
        await Pause.WaitAsync(end.Token);
        using var content = new MemoryStream();
        for (var length = new byte[4]; ;)
        {
            await line.ReadExactlyAsync(length, end.Token);
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size == 0)
            {
                break;
            }

            var chunk = new byte[size];
            await line.ReadExactlyAsync(chunk, end.Token);
            content.Write(chunk);
        }

        Scans++;
        var verdict = Says ?? (Encoding.Latin1.GetString(content.ToArray()).Contains(Word, StringComparison.Ordinal) ? "stream: Test-Signature FOUND\0" : "stream: OK\0");
        await line.WriteAsync(Encoding.ASCII.GetBytes(verdict), end.Token);
    }
}
