using System.Net;
using System.Net.Sockets;
using SkillBadges.Credentials;

namespace SkillBadges.App.Verification;

/// <summary>
/// The only way out (threat T3): origins that the operator lists, https, addresses that are public after one resolution to which the
/// connection is then pinned, no redirects, three seconds, 256 KB. Plain http is for listed loopback origins while our own address is loopback.
/// </summary>
internal sealed class EgressClient : IDisposable
{
    private const int MaxBytes = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Settings settings;
    private readonly HttpClient client;

    public EgressClient(Settings settings)
    {
        this.settings = settings;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = Patience,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        }) { Timeout = Patience, MaxResponseContentBufferSize = MaxBytes };
    }

    public async ValueTask<Fetched> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        if (!IsAllowed(url))
        {
            return Fetched.NotAllowed;
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", "application/did+json, application/vc+jwt, application/vc, application/json");
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => Fetched.Found(await answer.Content.ReadAsByteArrayAsync(cancellationToken)),
                HttpStatusCode.NotFound or HttpStatusCode.Gone => Fetched.NotFound,
                _ => Fetched.Unreachable,
            };
        }
        catch (HttpRequestException)
        {
            return Fetched.Unreachable;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fetched.Unreachable;
        }
    }

    public void Dispose() => client.Dispose();

    private bool IsAllowed(Uri url)
    {
        var origin = url.GetLeftPart(UriPartial.Authority);
        return url.UserInfo.Length == 0 && settings.IssuerOrigins.Contains(origin, StringComparer.Ordinal)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && settings.Address.IsLoopback));
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var mayBeLoopback = settings.Address.IsLoopback && context.InitialRequestMessage.RequestUri?.IsLoopback == true;
        var usable = addresses.Where(address => mayBeLoopback ? IPAddress.IsLoopback(address) : PublicAddress.IsPublicUnicast(address)).ToArray();
        if (usable.Length == 0 || usable.Length < addresses.Length)
        {
            throw new HttpRequestException("The name leads to an address that is not public.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
