namespace SkillBadges.App.Tests.Definitions;

/// <summary>What anybody sees of a badge before work starts.</summary>
[Collection(DistrictCollection.Name)]
public sealed class BadgePageTests(TestDistrict district)
{
    [Fact]
    public async Task The_page_shows_work_to_look_at_what_comes_after_and_what_it_builds()
    {
        using var anyone = district.App.Anonymous();
        var page = await anyone.GetStringAsync(new Uri("/badges/smaw-fillet", UriKind.Relative));
        Assert.Contains("What Proficient work can look like: A coupon from end to end.", page, StringComparison.Ordinal);
        Assert.Contains("Once you are Proficient: go further", page, StringComparison.Ordinal);
        Assert.Contains("Learn from a reject", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/graduate-profiles/graduate-portrait\">Careful practitioner</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_translated_badge_is_read_in_the_readers_language_with_the_original_one_click_away()
    {
        using var anyone = district.App.Anonymous();
        anyone.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es");
        var page = await anyone.GetStringAsync(new Uri("/badges/smaw-fillet", UriKind.Relative));
        var original = await anyone.GetStringAsync(new Uri("/badges/smaw-fillet?original=1", UriKind.Relative));
        var untranslated = await anyone.GetStringAsync(new Uri("/badges/food-safety", UriKind.Relative));

        Assert.Contains("<h1>SMAW en placa: soldaduras de filete 1F a 3F</h1>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/badges/smaw-fillet?original=1\"", page, StringComparison.Ordinal);
        Assert.Contains("<h1>SMAW Plate: Fillet Welds 1F to 3F</h1>", original, StringComparison.Ordinal);
        Assert.Contains("href=\"/badges/smaw-fillet\"", original, StringComparison.Ordinal);
        Assert.DoesNotContain("original=1", untranslated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_portrait_shows_each_attribute_for_every_band_and_the_badges_that_build_it()
    {
        using var anyone = district.App.Anonymous();
        var page = await anyone.GetStringAsync(new Uri("/graduate-profiles/graduate-portrait", UriKind.Relative));
        Assert.Equal(6, page.Split("grades 11 and 12").Length - 1);
        Assert.Contains("<a href=\"/badges/smaw-fillet\">", page, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await anyone.GetAsync(new Uri("/graduate-profiles/nobody", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Badges_can_be_asked_for_by_the_attribute_that_they_build()
    {
        using var anyone = district.App.Anonymous();
        var badges = await anyone.GetStringAsync(new Uri("/api/badges?attribute=graduate-portrait/collaborator", UriKind.Relative));
        Assert.Contains("\"wall-framing\"", badges, StringComparison.Ordinal);
        Assert.DoesNotContain("\"smaw-fillet\"", badges, StringComparison.Ordinal);
    }
}
