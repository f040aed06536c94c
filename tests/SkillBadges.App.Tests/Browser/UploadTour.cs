using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A large file over a bad line, and a student who comes back to what was begun.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class UploadTour(Browsing browsing)
{
    private const int Lines = 120_000;

    [BrowserFact]
    public async Task A_file_that_was_cut_off_goes_on_where_the_server_has_it_also_after_the_page_was_loaded_anew()
    {
        var page = await browsing.OpenAsync("student092", phone: true);
        var work = await BeginAsync("student092");
        var folder = Directory.CreateTempSubdirectory("skillbadges-upload-");
        var file = Path.Combine(folder.FullName, "ledger.txt");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("Cash 20.00\n", Lines)));
        var parts = 0;
        var offsets = new List<string>();
        page.Request += (_, request) => offsets.AddRange(request.Method == "PATCH" ? [request.Headers["upload-offset"]] : []);

        // The first part arrives, and then the line is dead.
        await page.RouteAsync("**/api/uploads/*", route => route.Request.Method == "PATCH" && ++parts > 1 ? route.AbortAsync("internetdisconnected") : route.ContinueAsync());
        await page.GotoAsync($"/work/{work}");
        await ChooseAsync(page, file, write: true);
        await page.GetByText("That did not arrive; it is sent again by itself.").First.WaitForAsync();
        await page.UnrouteAsync("**/api/uploads/*");
        offsets.Clear();
        await page.ReloadAsync();

        Assert.Equal("The whole ledger", await page.Locator("form[data-upload] input[name=title]").First.InputValueAsync());
        await page.GetByText("ledger.txt had not arrived yet.").WaitForAsync();
        await ChooseAsync(page, file, write: false);

        await page.Locator(".proof a:has-text('The whole ledger')").WaitForAsync();
        await page.GetByText("Added.").WaitForAsync();
        Assert.NotEqual("0", offsets[0]);
        Assert.Equal("", await page.Locator("form[data-upload] input[name=title]").First.InputValueAsync());
        folder.Delete(recursive: true);
    }

    [BrowserFact]
    public async Task Home_says_how_far_begun_work_came_and_which_skill_is_next()
    {
        var page = await browsing.OpenAsync("student093", phone: true);
        await BeginAsync("student093");
        await page.GotoAsync("/");

        await page.GetByText("0 of 5 skills have what they need · next: Hot-work safety").WaitForAsync();
        await Browsing.PictureAsync(page, "student-home-next");
        Assert.Empty(await Browsing.BarriersAsync(page));
    }

    private static async Task ChooseAsync(IPage page, string file, bool write)
    {
        var form = page.Locator("form[data-upload]").First;
        if (write)
        {
            await form.Locator("input[name=title]").FillAsync("The whole ledger");
        }

        await form.Locator("input[type=file]").SetInputFilesAsync(file);
        await form.Locator("button:not([type])").ClickAsync();
    }

    private async Task<string> BeginAsync(string login)
    {
        using var student = await browsing.ClientAsync(login);
        var started = await student.PostAsync("/api/submissions", new JsonObject { ["organization"] = await student.PlaceAsync(), ["badge"] = "smaw-fillet" }, default);
        return started["id"]!.GetValue<string>();
    }
}
