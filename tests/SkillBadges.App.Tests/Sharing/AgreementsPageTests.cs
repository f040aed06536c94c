using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

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

    [Fact]
    public async Task The_lowest_level_is_one_of_the_scale_on_which_the_badge_is_judged()
    {
        var other = await OnAnotherScaleAsync();
        using var scene = await CreditScene.OpenAsync(district);
        using var office = await PageVisitor.OfAsync(district.App, scene.Registrar);
        var address = $"/office/{scene.College}/credit";
        var page = await office.OpenAsync(address);
        Assert.Contains("<optgroup label=\"Two steps\">", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"two-steps proficient\">Done</option>", page, StringComparison.Ordinal);

        Assert.Contains("/problems/scale.unknown-level", await ProposeAsync(office, address, $"Badge {TestDistrict.Badge}", "two-steps proficient"), StringComparison.Ordinal);
        Assert.Contains("/problems/scale.unknown-level", await ProposeAsync(office, address, $"Badge {other.Slug}", "four-level proficient"), StringComparison.Ordinal);
        Assert.Contains("from level Done", await ProposeAsync(office, address, $"Badge {other.Slug}", "two-steps proficient"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_badge_of_a_stack_has_to_know_the_lowest_level()
    {
        var other = await OnAnotherScaleAsync();
        var slug = $"both-{other.Slug}";
        var stack = new BadgeStack { Slug = slug, Name = slug, Description = slug, Badges = [new(TestDistrict.Badge), new(other.Slug)], Certificates = [] }.Publish(1);
        await district.Store.CommitAsync(new Changes().Add(StackDocuments.Versions, stack).Add(StackDocuments.Heads, StackHead.Of(stack)), default);
        using var scene = await CreditScene.OpenAsync(district);
        var today = scene.Today;

        await Minors.RefusedAsync(await ProposeAsync("developing"), "scale.unknown-level");
        using var known = await ProposeAsync("proficient");
        using var none = await ProposeAsync(null);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (known.StatusCode, none.StatusCode));

        Task<HttpResponseMessage> ProposeAsync(string? level) => scene.Office.PostAsync("/api/articulations", new
        {
            organizationId = scene.College.Value, kind = "stack", slug, schoolId = district.West.Value, collegeId = scene.College.Value,
            terms = new { courseCode = "BOTH 1010", courseTitle = "Both", credits = 3, from = today, minimumLevel = level },
        });
    }

    [Fact]
    public async Task An_office_chooses_among_all_schools_and_badges_and_pages_through_its_agreements()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var school = (await district.Store.GetAsync(OrganizationDocuments.Kind, district.West.Value, "organization", default)).Document;
        var badge = await district.Store.CurrentVersionAsync(TestDistrict.Badge, default);
        var agreement = (await district.Store.GetAsync(ArticulationDocuments.Kind, scene.Agreement, "articulation", default)).Document;
        var changes = new Changes();
        foreach (var number in Enumerable.Range(1, 210))
        {
            var copy = badge with { Slug = Numbered("copy", number), Name = Numbered("Zz copy", number) };
            changes.Add(OrganizationDocuments.Kind, school with { Id = OrganizationId.New(district.App.Clock.GetUtcNow()), Slug = Numbered("zz-school", number), Name = Numbered("Zz School", number) })
                .Add(DefinitionDocuments.Versions, copy).Add(DefinitionDocuments.Heads, BadgeHead.Of(copy));
        }

        foreach (var number in Enumerable.Range(1, 60))
        {
            changes.Add(ArticulationDocuments.Kind, agreement with { Id = ArticulationId.New(district.App.Clock.GetUtcNow().AddSeconds(number)) });
        }

        await district.Store.CommitAsync(changes, default);
        using var talent = await TalentScene.OpenAsync(district);
        using var office = await PageVisitor.OfAsync(district.App, scene.Registrar);
        using var employer = await PageVisitor.OfAsync(district.App, talent.Searcher);

        var first = await office.OpenAsync($"/office/{scene.College}/credit");
        Assert.Contains("Zz School 210", first, StringComparison.Ordinal);
        Assert.Contains("Zz copy 210", first, StringComparison.Ordinal);
        Assert.Contains("Zz copy 210", await employer.OpenAsync("/talent"), StringComparison.Ordinal);
        var second = await office.OpenAsync(Regex.Match(first, "href=\"([^\"]*)\">More<").Groups[1].Value);
        Assert.Equal(61, Sections(first).Concat(Sections(second)).Distinct().Count());
    }

    private static IEnumerable<string> Sections(string page) => Regex.Matches(page, "<h2 id=\"(agreement-[^\"]*)\"").Select(match => match.Groups[1].Value);

    private static string Numbered(string words, int number) => string.Create(CultureInfo.InvariantCulture, $"{words}{(words.Contains(' ', StringComparison.Ordinal) ? ' ' : '-')}{number}");

    private Task<string> ProposeAsync(PageVisitor office, string address, string what, string least) => office.SendAsync(
        address, "propose", ("Other", district.West.Value), ("What", what), ("Code", "STEP 1010"), ("CourseTitle", "Steps"), ("Credits", "3"), ("From", "2026-08-01"), ("Least", least), ("Fee", "0"));

    // A badge on a scale of two steps, of which the upper one is called by a code of the other scale.
    private async Task<BadgeDefinition> OnAnotherScaleAsync()
    {
        var like = await district.Store.CurrentVersionAsync(TestDistrict.Badge, default);
        var scale = like.Scale with { Id = "two-steps", Name = "Two steps", Levels = [new("begun", 1, "Begun", "It was begun."), new("proficient", 2, "Done", "It is done.")] };
        var slug = $"steps-{Guid.NewGuid():N}"[..14];
        var badge = like with { Slug = slug, Name = $"Steps {slug}", Scale = scale };
        await district.Store.CommitAsync(new Changes().Add(DefinitionDocuments.Versions, badge).Add(DefinitionDocuments.Heads, BadgeHead.Of(badge)), default);
        return badge;
    }
}
