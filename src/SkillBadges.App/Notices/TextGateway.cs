using System.Net.Http.Headers;
using SkillBadges.App.Http;
using SkillBadges.Core.Notices;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Notices;

/// <summary>
/// Posts text messages to the operator's gateway: JSON <c>{"id", "to", "text"}</c>, a bearer token, and the letter's id as <c>Idempotency-Key</c>. 2xx is delivered; 408, 429, 5xx
/// and silence are tried again; all else is final.
/// </summary>
internal sealed class TextGateway(Settings settings) : ILetterCarrier, IDisposable
{
    private readonly HttpClient client = new(GuardedConnection.Handler(new EgressPolicy(
        settings.Address.IsLoopback && settings.Texts!.Url.Scheme == Uri.UriSchemeHttp ? [settings.Texts.Url.GetLeftPart(UriPartial.Authority)] : [], onlyHosts: null)))
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    public Channel Channel => Channel.Text;

    public async Task CarryAsync(Letter letter, LetterContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Texts!.Url) { Content = JsonContent.Create(TextMessage.Of(letter, content), options: TextMessage.Json) };
        request.Headers.Add(Idempotency.Header, letter.Id);
        if (settings.Texts.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        try
        {
            using var answer = await client.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new UndeliveredException("refused", isFinal: (int)answer.StatusCode is >= 300 and < 500 and not 408 and not 429);
            }
        }
        catch (HttpRequestException e)
        {
            throw new UndeliveredException("unreachable", isFinal: false, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UndeliveredException("unreachable", isFinal: false, e);
        }
    }

    public void Dispose() => client.Dispose();
}
