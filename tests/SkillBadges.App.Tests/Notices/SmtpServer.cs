using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
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

    /// <summary>What was said after STARTTLS; all of <see cref="Commands"/> in order holds both.</summary>
    public List<string> Encrypted { get; } = [];

    /// <summary>Set, STARTTLS is offered and done.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>What a meddler puts behind the answer to STARTTLS, before anything is encrypted.</summary>
    public string Slipped { get; set; } = "";

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
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // The client hung up.
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        var plain = client.GetStream();
        await plain.WriteAsync("220 test\r\n"u8.ToArray());
        if (!await TalkAsync(plain, isEncrypted: false))
        {
            return;
        }

        await plain.WriteAsync(Encoding.ASCII.GetBytes($"220 Go on\r\n{Slipped}"));
        await using var encrypted = new SslStream(plain);
        await encrypted.AuthenticateAsServerAsync(Certificate!);
        await TalkAsync(encrypted, isEncrypted: true);
    }

    // True when the client wants to go on encrypted; it waits for the answer then and has sent nothing more.
    private async Task<bool> TalkAsync(Stream stream, bool isEncrypted)
    {
        var reader = new StreamReader(stream, Encoding.ASCII);
        var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        while (await reader.ReadLineAsync() is { } command)
        {
            Commands.Add(command);
            if (isEncrypted)
            {
                Encrypted.Add(command);
            }

            if (Certificate is not null && command == "STARTTLS")
            {
                return true;
            }

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

        return false;
    }
}
