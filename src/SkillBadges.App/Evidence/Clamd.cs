using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace SkillBadges.App.Evidence;

/// <summary>The scanner could not say: it is down, too busy, or the file is larger than it takes.</summary>
internal sealed class ScannerFailedException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Asks ClamAV's daemon by its own protocol (clamd(8), INSTREAM): chunks with their lengths, a length of zero, one line of answer.</summary>
internal sealed class Clamd(Settings settings)
{
    private const int ChunkSize = 64 * 1024;
    private const int MaxAnswer = 1024;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public bool IsThere => settings.Clamd is not null;

    /// <summary>What the scanner calls what it found, or null when the bytes are clean.</summary>
    /// <exception cref="ScannerFailedException">It said neither; the bytes stay shut away.</exception>
    public async Task<string?> FindingAsync(Stream content, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = await ConnectAsync(cancellationToken);
            await using var line = new NetworkStream(socket, ownsSocket: false);
            await SendAsync(line, "zINSTREAM\0"u8.ToArray(), cancellationToken);
            var chunk = new byte[4 + ChunkSize];
            int read;
            while ((read = await content.ReadAtLeastAsync(chunk.AsMemory(4), ChunkSize, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                BinaryPrimitives.WriteInt32BigEndian(chunk, read);
                await SendAsync(line, chunk.AsMemory(0, 4 + read), cancellationToken);
            }

            await SendAsync(line, new byte[4], cancellationToken);
            return Finding(await AnswerAsync(line, cancellationToken));
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ScannerFailedException("The scanner does not answer.", e);
        }
    }

    private static string? Finding(string answer) => answer switch
    {
        "stream: OK" => null,
        _ when answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) => answer["stream: ".Length..^" FOUND".Length],
        _ => throw new ScannerFailedException("The scanner gave no verdict."),
    };

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var address = settings.Clamd ?? throw new ScannerFailedException("There is no scanner.");
        var isLocal = address.Scheme == "unix";
        var socket = isLocal ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var patience = Patience(cancellationToken);
            await (isLocal ? socket.ConnectAsync(new UnixDomainSocketEndPoint(address.AbsolutePath), patience.Token) : socket.ConnectAsync(address.Host, address.Port, patience.Token));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SendAsync(NetworkStream line, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var patience = Patience(cancellationToken);
        await line.WriteAsync(bytes, patience.Token);
    }

    private static async Task<string> AnswerAsync(NetworkStream line, CancellationToken cancellationToken)
    {
        var answer = new byte[MaxAnswer];
        var length = 0;
        while (length < answer.Length && answer.AsSpan(0, length).IndexOf((byte)0) < 0)
        {
            using var patience = Patience(cancellationToken);
            var read = await line.ReadAsync(answer.AsMemory(length), patience.Token);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        var end = answer.AsSpan(0, length).IndexOf((byte)0);
        return end < 0 ? throw new ScannerFailedException("The scanner's answer broke off.") : Encoding.UTF8.GetString(answer, 0, end);
    }

    private static CancellationTokenSource Patience(CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(Silence);
        return source;
    }
}
