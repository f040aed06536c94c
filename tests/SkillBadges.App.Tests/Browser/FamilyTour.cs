using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A mother looks at her daughter's record on a phone.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class FamilyTour(Browsing browsing)
{
    [BrowserFact]
    public async Task A_mother_reads_her_daughters_record_with_each_scale_explained()
    {
        var page = await browsing.OpenAsync("parent", phone: true, script: false);
        await page.Locator("header >> text=Student record").UseAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Maya Adams" }).UseAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = "Student record of Maya Adams" }).WaitForAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Who has seen this" }).WaitForAsync();
        Assert.Empty(await Browsing.BarriersAsync(await SameAsync(page)));
        await Browsing.PictureAsync(page, "family-record");
    }

    [BrowserFact]
    public async Task A_student_reads_what_was_signed_off_and_what_the_levels_mean()
    {
        var page = await browsing.OpenAsync("student081");
        await page.GotoAsync("/record");

        await page.GetByRole(AriaRole.Heading, new() { Name = "My student record" }).WaitForAsync();
        await page.GetByText("What the levels mean").WaitForAsync();
        await Browsing.PictureAsync(page, "student-record");
        Assert.Empty(await Browsing.BarriersAsync(page));
    }

    // axe-core is a script: it looks at the same page in a browser that runs some.
    private async Task<IPage> SameAsync(IPage plain)
    {
        var page = await browsing.OpenAsync("parent", phone: true);
        await page.GotoAsync(plain.Url);
        return page;
    }
}
