using System.Net;
using SkillBadges.App.Http;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Verification;

/// <summary>
/// The only way out (threat T3): origins that the operator lists, https, addresses that are public after one resolution to which the
/// connection is then pinned, no redirects, three seconds, 256 KB. Plain http is for listed loopback origins while our own address is loopback.
/// </summary>
internal sealed class EgressClient : IDisposable
{
    private readonly Settings settings;
    private readonly EgressPolicy policy;
    private readonly HttpClient client;

    public EgressClient(Settings settings)
    {
        this.settings = settings;
        policy = new([.. settings.IssuerOrigins.Where(origin => settings.Address.IsLoopback && origin.StartsWith("http://", StringComparison.Ordinal))], onlyHosts: null);
        client = new HttpClient(GuardedConnection.Handler(policy)) { Timeout = EgressPolicy.Timeout, MaxResponseContentBufferSize = EgressPolicy.MaxBytes };
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

    private bool IsAllowed(Uri url) => policy.Refuses(url) is null && settings.IssuerOrigins.Contains(url.GetLeftPart(UriPartial.Authority), StringComparer.Ordinal);
}
