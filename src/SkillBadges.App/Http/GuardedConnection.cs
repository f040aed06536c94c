using System.Net;
using System.Net.Sockets;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Http;

/// <summary>
/// Connections to the outside (threat T3): addresses that the policy lets through after one resolution, to which the connection is then pinned; no redirects, no proxy, no cookies.
/// </summary>
internal static class GuardedConnection
{
    public static SocketsHttpHandler Handler(EgressPolicy policy) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = EgressPolicy.Timeout,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(policy, context, cancellationToken),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    };

    private static async ValueTask<Stream> ConnectAsync(EgressPolicy policy, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (policy.Refuses(context.InitialRequestMessage.RequestUri!, addresses) is { } reason)
        {
            throw new HttpRequestException(reason);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
