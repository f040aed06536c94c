using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>Somebody who is signed in and uses the API as any program would.</summary>
internal sealed class DemoClient(HttpClient http) : IDisposable
{
    public string PersonId { get; private set; } = "";

    public async Task SignInAsync(string login, CancellationToken cancellationToken)
    {
        var session = await PostAsync("/api/session", new JsonObject { ["loginName"] = login, ["password"] = DemoDistrict.Password }, cancellationToken);
        PersonId = session["personId"]!.GetValue<string>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session["accessToken"]!.GetValue<string>());
    }

    public async Task<JsonNode> FetchAsync(string path, CancellationToken cancellationToken) =>
        await ReadAsync(await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken), cancellationToken);

    public async Task<byte[]> BytesAsync(string path, CancellationToken cancellationToken) => await http.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellationToken);

    public Task<JsonNode> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken) => PostAsync(path, body, Core.NewId.Random(), cancellationToken);

    /// <param name="path">Below the base address.</param>
    /// <param name="body">Null for none.</param>
    /// <param name="key">The Idempotency-Key: sent again with it, the request is the same one.</param>
    /// <param name="cancellationToken">Leaves it open whether the request took effect.</param>
    public Task<JsonNode> PostAsync(string path, JsonObject? body, string key, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, key, cancellationToken);

    public Task<JsonNode> PutAsync(string path, JsonObject body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, path, body, null, cancellationToken);

    public Task<JsonNode> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, null, cancellationToken);

    public async Task<JsonNode> UploadAsync(string path, IReadOnlyDictionary<string, string> fields, string fileName, byte[] file, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(file), "file", fileName);
        return await ReadAsync(await http.PostAsync(new Uri(path, UriKind.Relative), form, cancellationToken), cancellationToken);
    }

    public async Task<JsonNode> SendFileAsync(string path, string mediaType, byte[] file, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return await ReadAsync(await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken), cancellationToken);
    }

    /// <summary>What the verification says about these bytes.</summary>
    public async Task<string> VerdictAsync(byte[] credential, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(credential);
        var answer = await ReadAsync(await http.PostAsync(new Uri("/api/verify", UriKind.Relative), content, cancellationToken), cancellationToken);
        return answer["verdict"]!.GetValue<string>();
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonObject? body, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await ReadAsync(await http.SendAsync(request, cancellationToken), cancellationToken);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? JsonNode.Parse(text) ?? throw new JsonException("The answer is empty.")
                : throw new DemoStepFailedException($"{(int)answer.StatusCode} {text}");
        }
    }
}

/// <summary>A step of the story did not hold.</summary>
internal sealed class DemoStepFailedException(string message) : Exception(message);
