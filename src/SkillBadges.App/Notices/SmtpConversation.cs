using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SkillBadges.Core.Notices;

namespace SkillBadges.App.Notices;

/// <summary>One conversation with a mail server, RFC 5321 (2008-10): lines of commands and three-digit answers.</summary>
internal sealed class SmtpConversation(Stream stream) : IAsyncDisposable
{
    private const int LongestLine = 2_000;

    // RFC 5280 (2008-05) 4.2.1.12, id-kp-serverAuth.
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly byte[] buffer = new byte[4 * 1024];
    private Stream stream = stream;
    private int start;
    private int end;

    /// <summary>Sends a line and reads the answer, which must begin with this digit.</summary>
    /// <returns>The lines of the answer, without their codes.</returns>
    /// <exception cref="UndeliveredException">Final when the server says 5xx.</exception>
    public async Task<IReadOnlyList<string>> SayAsync(string? line, char expected, CancellationToken cancellationToken)
    {
        if (line is not null)
        {
            await WriteAsync(line + "\r\n", cancellationToken);
        }

        var lines = new List<string>();
        while (true)
        {
            var answer = await ReadLineAsync(cancellationToken);
            if (answer.Length < 3 || answer.AsSpan(0, 3).ContainsAnyExceptInRange('0', '9') || lines.Count > 100)
            {
                throw new UndeliveredException("protocol", isFinal: false);
            }

            lines.Add(answer.Length > 4 ? answer[4..] : "");
            if (answer.Length == 3 || answer[3] == ' ')
            {
                return answer[0] == expected ? lines : throw new UndeliveredException("refused", isFinal: answer[0] == '5');
            }
        }
    }

    /// <summary>From here on encrypted; what was said in the clear is forgotten.</summary>
    /// <param name="host">Whose name the certificate must bear.</param>
    /// <param name="authorities">Who vouches for it; null for those of the machine.</param>
    /// <param name="cancellationToken">Leaves the conversation broken off.</param>
    /// <exception cref="UndeliveredException">The server sent something ahead of the encryption, or is not who it should be.</exception>
    public async Task EncryptAsync(string host, X509Certificate2Collection? authorities, CancellationToken cancellationToken)
    {
        // RFC 3207 (2002-02) 4.2, and CVE-2011-0411: what came along with the answer would be taken for something the server said under TLS.
        if (start < end)
        {
            throw new UndeliveredException("protocol", isFinal: false);
        }

        var encrypted = new SslStream(stream);
        stream = encrypted;
        try
        {
            await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = Policy(authorities) }, cancellationToken);
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            throw new UndeliveredException("certificate", isFinal: false, e);
        }
    }

    /// <summary>The message, its lines' leading dots doubled (4.5.2), and the dot that ends it.</summary>
    public async Task SendMessageAsync(string message, CancellationToken cancellationToken)
    {
        var lines = message.TrimEnd('\r', '\n').Split("\r\n").Select(line => line is ['.', ..] ? "." + line : line);
        await WriteAsync(string.Join("\r\n", lines) + "\r\n", cancellationToken);
        await SayAsync(".", '2', cancellationToken);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static X509ChainPolicy? Policy(X509Certificate2Collection? authorities)
    {
        if (authorities is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return policy;
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length <= LongestLine)
        {
            while (start < end)
            {
                var next = (char)buffer[start++];
                if (next == '\n')
                {
                    return line.ToString().TrimEnd('\r');
                }

                line.Append(next);
            }

            (start, end) = (0, await stream.ReadAsync(buffer, cancellationToken));
            if (end == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }
        }

        throw new UndeliveredException("protocol", isFinal: false);
    }
}
