using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SkillBadges.App.Tests.Notices;

/// <summary>A mail server on loopback that answers as it is told and keeps what it heard.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public SmtpServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The answer to the command that begins with this; else 250.</summary>
    public Dictionary<string, string> Answers { get; } = new(StringComparer.Ordinal) { ["DATA"] = "354 Go on" };

    public List<string> Commands { get; } = [];

    public List<string> Messages { get; } = [];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                await TalkAsync(client);
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                return;
            }
            catch (IOException)
            {
                // The client hung up.
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync() is { } command)
        {
            Commands.Add(command);
            var answer = Answers.FirstOrDefault(known => command.StartsWith(known.Key, StringComparison.Ordinal)).Value ?? "250 OK";
            await writer.WriteLineAsync(answer);
            if (answer.StartsWith("354", StringComparison.Ordinal))
            {
                var message = new StringBuilder();
                while (await reader.ReadLineAsync() is { } line and not ".")
                {
                    message.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
                }

                Messages.Add(message.ToString());
                await writer.WriteLineAsync(Answers.GetValueOrDefault("(message)", "250 Taken"));
            }
        }
    }
}
