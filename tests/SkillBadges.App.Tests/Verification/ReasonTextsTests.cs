using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.App.Layout;
using SkillBadges.App.Tests.House;
using SkillBadges.App.Verification;

namespace SkillBadges.App.Tests.Verification;

/// <summary>Why a check ended as it did, in the reader's language; another test holds the documentation equal to what the engine says.</summary>
[Collection(DistrictCollection.Name)]
public sealed partial class ReasonTextsTests(TestDistrict district)
{
    public static TheoryData<string> Others => [.. Texts.Languages.Skip(1)];

    // Why an address may not be asked is for who runs the site; the check says that its settings do not let it ask.
    private static IReadOnlyList<string> Codes => [.. Explained().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "verification.md"))).Select(match => match.Groups[1].Value).Where(code => !code.StartsWith("egress.", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_reason_is_said_in_every_language_and_no_other(string language)
    {
        Assert.True(Codes.Count > 100, $"Only {Codes.Count} reasons were found.");
        Assert.Empty(Codes.Except(LanguageFiles.Checks[language].Keys));
        Assert.Empty(LanguageFiles.Checks[language].Keys.Where(code => !code.EndsWith(".*", StringComparison.Ordinal) && !Codes.Contains($"{code.Split('.')[0]}.*")).Except(Codes));
    }

    [Fact]
    public void A_reason_names_the_day_that_it_is_about_and_a_detail_has_the_words_of_its_family()
    {
        var (from, until) = (new DateTimeOffset(2025, 3, 4, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal("La credencial valió hasta el 22 nov 2026.", VerdictWords.Reason(new("es"), "expired", from, until));
        Assert.Equal("La credencial vale solo desde el 4 mar 2025.", VerdictWords.Reason(new("es"), "not-yet-valid", from, null));
        Assert.Equal("La imagen PNG no está hecha como pide el estándar.", VerdictWords.Reason(new("es"), "png.crc", null, null));
        Assert.Null(VerdictWords.Reason(new("en"), "expired", from, until));
    }

    [Fact]
    public async Task The_page_says_why_without_a_word_of_English()
    {
        using var browser = district.App.Browser();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es");
        var page = await browser.GetStringAsync(new Uri("/verify", UriKind.Relative));
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", AntiforgeryToken().Match(page).Groups[1].Value), new("_handler", "verify"), new("Pasted", "{\"a\": 1, \"a\": 2}")]);
        using var answer = await browser.PostAsync(new Uri("/verify", UriKind.Relative), form);
        var told = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Contains("<span>El JSON nombra dos veces lo mismo.</span>", told, StringComparison.Ordinal);
        Assert.DoesNotContain("<span lang=\"en\">", told, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?m)(?<=^\\| [^|]*)`([a-z][a-z0-9.-]*\\*?)`")]
    private static partial Regex Explained();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
