using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.App.Http;
using SkillBadges.App.Layout;

namespace SkillBadges.App.Tests.Http;

/// <summary>The page behind every code that a refusal may have, in every language, as a browser gets it.</summary>
[Collection(DistrictCollection.Name)]
public sealed partial class ProblemPagesTests(TestDistrict district)
{
    [Fact]
    public async Task Every_code_has_a_page_of_its_own_in_every_language()
    {
        var english = new Dictionary<string, string>(StringComparer.Ordinal);
        Assert.Equal("en", Texts.Languages.First());
        foreach (var language in Texts.Languages)
        {
            using var browser = district.App.Browser();
            browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            foreach (var code in new ProblemPages().Codes)
            {
                var words = await ReadAsync(browser, code, language);
                if (language == "en")
                {
                    english[code] = words;
                }
                else
                {
                    Assert.False(english[code] == words, $"{code} is explained in English to who reads {language}.");
                }
            }
        }

        Assert.True(english.Count > 300, $"Only {english.Count} codes were found.");
    }

    /// <returns>What the page explains.</returns>
    private static async Task<string> ReadAsync(HttpClient browser, string code, string language)
    {
        using var answer = await browser.GetAsync(new Uri($"/problems/{code}", UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{code} in {language}: {answer.StatusCode}");
        Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
        Assert.Contains($"<title>{code} · SkillBadges</title>", html, StringComparison.Ordinal);
        Assert.Contains($"<h1><code>{code}</code></h1>", html, StringComparison.Ordinal);
        var explained = Explained().Match(html);
        Assert.True(explained.Success && explained.Groups["language"].Value == language, $"{code} is not explained in {language}.");
        var words = WebUtility.HtmlDecode(Tag().Replace(explained.Groups["words"].Value, "")).Trim();
        Assert.True(words.Length > 15, $"{code} says {words}");
        return words;
    }

    [GeneratedRegex("""<div class="prose" lang="(?<language>[a-z]+)"[^>]*>(?<words>.*?)</div>""", RegexOptions.Singleline)]
    private static partial Regex Explained();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
