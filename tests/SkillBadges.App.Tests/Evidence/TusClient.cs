using System.Globalization;
using System.Net;
using System.Text;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>Somebody's program that speaks tus 1.0.0.</summary>
internal sealed class TusClient(HttpClient http)
{
    public async Task<HttpResponseMessage> BeginAsync(string submission, string competency, long length, string fileName = "film.mp4", params (string Key, string Value)[] more)
    {
        using var request = Request(HttpMethod.Post, "/api/uploads");
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", Metadata([("submission", submission), ("competency", competency), ("title", "Proof"), ("filename", fileName), .. more]));
        return await http.SendAsync(request);
    }

    public async Task<string> BegunAsync(string submission, string competency, long length, string fileName = "film.mp4")
    {
        using var answer = await BeginAsync(submission, competency, length, fileName);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    public async Task<HttpResponseMessage> SendAsync(string address, long offset, HttpContent content, string? checksum = null)
    {
        using var request = Request(HttpMethod.Patch, address);
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        if (checksum is not null)
        {
            request.Headers.Add("Upload-Checksum", checksum);
        }

        content.Headers.ContentType = new("application/offset+octet-stream");
        request.Content = content;
        return await http.SendAsync(request);
    }

    public Task<HttpResponseMessage> SendAsync(string address, long offset, byte[] bytes, string? checksum = null) => SendAsync(address, offset, new ByteArrayContent(bytes), checksum);

    public async Task<HttpResponseMessage> AskAsync(string address)
    {
        using var request = Request(HttpMethod.Head, address);
        return await http.SendAsync(request);
    }

    public async Task<long> OffsetAsync(string address)
    {
        using var answer = await AskAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return long.Parse(Assert.Single(answer.Headers.GetValues("Upload-Offset")), CultureInfo.InvariantCulture);
    }

    public async Task<HttpResponseMessage> EndAsync(string address)
    {
        using var request = Request(HttpMethod.Delete, address);
        return await http.SendAsync(request);
    }

    public static HttpRequestMessage Request(HttpMethod method, string address)
    {
        var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return request;
    }

    public static string Metadata(params (string Key, string Value)[] fields) => string.Join(',', fields.Select(field => $"{field.Key} {Convert.ToBase64String(Encoding.UTF8.GetBytes(field.Value))}"));
}
