using System.Net.Http.Json;
using System.Text;

namespace SkillBadges.App.Tests.Http;

internal static class JsonRequests
{
    /// <summary>Sends this text as JSON, whatever it is.</summary>
    public static Task<HttpResponseMessage> PostTextAsync(this HttpClient client, string address, string json, string mediaType = "application/json") =>
        client.PostAsync(new Uri(address, UriKind.Relative), new StringContent(json, Encoding.UTF8, mediaType));

    public static Task<HttpResponseMessage> SendJsonAsync(this HttpClient client, HttpMethod method, string address, object? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string address, object body, params (string Name, string Value)[] headers) =>
        client.SendJsonAsync(HttpMethod.Post, address, body, headers);

    public static Task<HttpResponseMessage> PutJsonAsync(this HttpClient client, string address, object body, params (string Name, string Value)[] headers) =>
        client.SendJsonAsync(HttpMethod.Put, address, body, headers);

    public static async Task<T> ReadAsync<T>(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return System.Text.Json.JsonSerializer.Deserialize<T>(text, SkillBadges.App.Http.RequestJson.Strict)!;
    }
}
