using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>In a district of its own, since badges and schools are added here.</summary>
public sealed class AgreementsPageTests(TestDistrict district) : IClassFixture<TestDistrict>
{
    private const string Translated = "smaw-fillet";

    [Fact]
    public async Task Badges_are_named_in_the_language_of_the_page()
    {
        using var scene = await CreditScene.OpenAsync(district, Translated);
        using var talent = await TalentScene.OpenAsync(district);
        var badge = await district.Store.CurrentVersionAsync(Translated, default);
        var spanish = badge.In("es").Name;
        Assert.NotEqual(badge.Name, spanish);
        using var office = await PageVisitor.OfAsync(district.App, scene.Registrar, "es");
        using var employer = await PageVisitor.OfAsync(district.App, talent.Searcher, "es");

        foreach (var page in new[] { await office.OpenAsync($"/claims?college={scene.College}"), await office.OpenAsync($"/office/{scene.College}/credit"), await employer.OpenAsync("/talent") })
        {
            Assert.Contains(spanish, page, StringComparison.Ordinal);
            Assert.DoesNotContain($">{badge.Name}<", page, StringComparison.Ordinal);
        }
    }
}
