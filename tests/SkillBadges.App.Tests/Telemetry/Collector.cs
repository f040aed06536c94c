using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SkillBadges.App.Tests.Telemetry;

/// <summary>A receiver of OTLP over HTTP on loopback that keeps what it gets. Texts in protobuf are their bytes in UTF-8, so a word that was sent can be found in them.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<(string Path, string? Type, string? Authorization, byte[] Body)> received = new();

    public Collector()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = new Uri($"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}/collector");
        free.Stop();
        listener.Prefixes.Add($"{Address.GetLeftPart(UriPartial.Authority)}/");
        listener.Start();
        _ = Task.Run(ReceiveAsync);
    }

    public Uri Address { get; }

    /// <summary>What came at a path, as text in which every byte is a character.</summary>
    public string At(string path) => string.Concat(received.Where(one => one.Path == path).Select(one => Encoding.Latin1.GetString(one.Body)));

    public IEnumerable<(string Path, string? Type, string? Authorization)> Requests => received.Select(one => (one.Path, one.Type, one.Authorization));

    public void Dispose() => listener.Close();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                received.Enqueue((context.Request.Url!.AbsolutePath, context.Request.ContentType, context.Request.Headers["Authorization"], body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The end.
        }
    }
}
