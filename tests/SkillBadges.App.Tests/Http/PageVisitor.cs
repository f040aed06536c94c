using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Http;

/// <summary>Somebody who is signed in, with a browser without script: opens pages, sends their forms.</summary>
internal sealed partial class PageVisitor : IDisposable
{
    private readonly HttpClient browser;

    private PageVisitor(HttpClient browser) => this.browser = browser;

    /// <summary>What was answered last, as it came.</summary>
    public string Html { get; private set; } = "";

    public static async Task<PageVisitor> OfAsync(TestApp app, PersonId person, string language = "en")
    {
        var browser = app.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Language", language);
        browser.DefaultRequestHeaders.Authorization = new("Bearer", await app.TokenAsync(person));
        return new(browser);
    }

    /// <summary>As somebody whose program is signed in already.</summary>
    public static PageVisitor Of(TestApp app, HttpClient program)
    {
        var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = program.DefaultRequestHeaders.Authorization;
        return new(browser);
    }

    /// <summary>The page as people read it: entities are characters.</summary>
    public async Task<string> OpenAsync(string address)
    {
        using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative));
        var page = await ReadAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answers {(int)answer.StatusCode}: {page}");
        return page;
    }

    /// <summary>A page that says no: its status and itself.</summary>
    public async Task<(HttpStatusCode Status, string Page)> TryAsync(string address)
    {
        using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative));
        return (answer.StatusCode, await ReadAsync(answer));
    }

    /// <summary>Sends the form of this name from the page, with what stands in its hidden fields, and follows to where it leads.</summary>
    public async Task<string> SendAsync(string address, string form, params (string Name, string Value)[] fields)
    {
        using var opened = await browser.GetAsync(new Uri(address, UriKind.Relative));
        return await SendFromAsync(await opened.Content.ReadAsStringAsync(), address, form, fields);
    }

    /// <summary>As the other, from a page that was answered before, as it came.</summary>
    public Task<string> SendFromAsync(string page, string address, string form, params (string Name, string Value)[] fields) =>
        SendAsync(page, address, form, typed => new FormUrlEncodedContent(typed), fields);

    /// <summary>As the other, with a file chosen.</summary>
    public async Task<string> SendFileAsync(string address, string form, string field, string fileName, byte[] file, params (string Name, string Value)[] fields)
    {
        using var opened = await browser.GetAsync(new Uri(address, UriKind.Relative));
        return await SendAsync(await opened.Content.ReadAsStringAsync(), address, form, typed =>
        {
            var parts = new MultipartFormDataContent { { new ByteArrayContent(file), field, fileName } };
            foreach (var (name, value) in typed)
            {
                parts.Add(new StringContent(value), name);
            }

            return parts;
        }, fields);
    }

    private async Task<string> SendAsync(string page, string address, string form, Func<IEnumerable<KeyValuePair<string, string>>, HttpContent> body, (string Name, string Value)[] fields)
    {
        var drawn = Forms().Matches(page).Select(match => match.Value).FirstOrDefault(one => one.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal));
        Assert.True(drawn is not null, $"{address} has no form {form}: {page}");
        var hidden = Hidden().Matches(drawn).Select(match => KeyValuePair.Create(Attribute(match.Value, "name"), Attribute(match.Value, "value"))).Where(one => fields.All(field => field.Name != one.Key));
        using var sent = await browser.PostAsync(new Uri(address, UriKind.Relative), body([.. hidden, .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));
        if (sent.StatusCode == HttpStatusCode.Redirect)
        {
            return await OpenAsync(sent.Headers.Location!.IsAbsoluteUri ? sent.Headers.Location.PathAndQuery : sent.Headers.Location.OriginalString);
        }

        return await ReadAsync(sent);
    }

    private async Task<string> ReadAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(Html = await answer.Content.ReadAsStringAsync());

    public void Dispose() => browser.Dispose();

    private static string Attribute(string element, string name) => WebUtility.HtmlDecode(Regex.Match(element, $"\\s{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
