using System.Globalization;
using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>
/// Does the steps of a tour in one of the ways of <see cref="By"/>, so that each tour is written once. Whoever has keys alone goes on with the tabulator until what is meant has the focus; it is a
/// fault when it is not reached, or when nobody can see that it has it.
/// </summary>
internal sealed class Hand
{
    private const int MostStops = 400;
    private const int MostRadios = 20;
    private const int MostTyped = 100;

    private readonly IPage page;
    private readonly By by;

    public Hand(IPage page, By by)
    {
        (this.page, this.by) = (page, by);
        // The browser hands its window for files over to whoever listens; who begins to listen when it opens may come too late.
        page.FileChooser += (_, _) => { };
        PostedForms.Watch(page, by);
    }

    public IPage Page => page;

    public Task GoAsync(string path) => page.GotoAsync(path);

    public Task SeeAsync(string words) => page.GetByText(words).First.WaitForAsync();

    public Task HeadingAsync(string words) => page.GetByRole(AriaRole.Heading, new() { Name = words }).First.WaitForAsync();

    public Task ButtonAsync(string name) => UseAsync(page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First);

    public Task LinkAsync(string name) => UseAsync(page.GetByRole(AriaRole.Link, new() { Name = name }).First);

    /// <summary>A place of the site's own navigation.</summary>
    public Task NavigateAsync(string name) => UseAsync(page.Locator("header.site nav").GetByRole(AriaRole.Link, new() { Name = name, Exact = true }));

    /// <summary>Goes on until it has the focus, as before keys that mean something there; a pointer has no need to.</summary>
    public Task FocusAsync(ILocator what) => by == By.Keyboard ? ReachAsync(what) : what.FocusAsync();

    /// <summary>Opens what is folded away behind these words.</summary>
    public Task UnfoldAsync(string words) => UseAsync(page.Locator($"summary:has-text(\"{words}\")").First);

    public Task WriteAsync(string label, string text) => WriteAsync(page.GetByLabel(label).First, text);

    public Task PickAsync(string label, string option) => PickAsync(page.GetByLabel(label).First, option);

    public Task TickAsync(string label) => TickAsync(page.GetByLabel(label).First);

    /// <summary>Whether axe-core finds nothing on a page to which only those come who have done something first; whoever has keys alone looks for all.</summary>
    public async Task NoBarrierAsync()
    {
        if (by == By.Keyboard)
        {
            var barriers = await Browsing.BarriersAsync(page);
            Assert.True(barriers.Count == 0, string.Join('\n', barriers));
        }
    }

    /// <summary>Links, buttons, summaries: a click, or Enter.</summary>
    public async Task UseAsync(ILocator what)
    {
        await PostedForms.NoteAsync(what, by);
        if (by != By.Keyboard)
        {
            await what.ClickAsync();
            return;
        }

        await ReachAsync(what);
        await what.PressAsync("Enter");
    }

    /// <summary>Check boxes and radio buttons: a click, or the space bar, or arrows from one radio button to the next.</summary>
    public async Task TickAsync(ILocator what)
    {
        if (by != By.Keyboard)
        {
            // As people do it, on the label: on some pages it is all that is seen.
            if (!await what.IsCheckedAsync())
            {
                await what.Locator("xpath=ancestor::label").ClickAsync();
            }
        }
        else if (await what.GetAttributeAsync("type") == "radio")
        {
            await ReachAsync(what, "(at, one) => at === one || (at.type === 'radio' && at.name === one.name && at.form === one.form)");
            for (var step = 0; step < MostRadios && !await HasFocusAsync(what); step++)
            {
                await page.Keyboard.PressAsync("ArrowDown");
            }

            if (!await what.IsCheckedAsync())
            {
                await page.Keyboard.PressAsync("Space");
            }
        }
        else if (!await what.IsCheckedAsync())
        {
            await ReachAsync(what);
            await page.Keyboard.PressAsync("Space");
        }

        Assert.True(await what.IsCheckedAsync(), $"{what} is not checked.");
    }

    /// <summary>Writes over what is there; days as <c>2026-11-22</c>.</summary>
    public async Task WriteAsync(ILocator what, string text)
    {
        if (by != By.Keyboard)
        {
            await what.FillAsync(text);
            return;
        }

        await ReachAsync(what);
        if (await what.GetAttributeAsync("type") == "date")
        {
            await page.Keyboard.TypeAsync(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("MMddyyyy", CultureInfo.InvariantCulture));
        }
        else
        {
            // What is long is pasted.
            await page.Keyboard.PressAsync("Control+A");
            await (text.Length > MostTyped ? page.Keyboard.InsertTextAsync(text) : page.Keyboard.TypeAsync(text));
        }

        Assert.Equal(text, await what.InputValueAsync());
    }

    /// <param name="what">A list to choose from.</param>
    /// <param name="option">Its value or its words.</param>
    public async Task PickAsync(ILocator what, string option)
    {
        if (by != By.Keyboard)
        {
            await what.SelectOptionAsync(option);
            return;
        }

        await ReachAsync(what);
        var wanted = await what.EvaluateAsync<int>("(one, option) => [...one.options].findIndex(each => each.value === option || each.label === option)", option);
        await page.Keyboard.PressAsync("Home");
        for (var step = 0; step < wanted; step++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Equal(wanted, await what.EvaluateAsync<int>("one => one.selectedIndex"));
    }

    /// <summary>Opens the browser's own window for files and takes one.</summary>
    public async Task TakeFileAsync(ILocator what, FilePayload file)
    {
        if (by != By.Keyboard)
        {
            await what.SetInputFilesAsync(file);
            return;
        }

        await ReachAsync(what);
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Space"));
        await chooser.SetFilesAsync(file);
    }

    private static Task<bool> HasFocusAsync(ILocator what) => what.EvaluateAsync<bool>("one => one === document.activeElement");

    // Forwards or backwards, as people do who look where it is.
    private async Task ReachAsync(ILocator what, string isReached = "(at, one) => at === one")
    {
        await what.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (var stop = 0; stop < MostStops; stop++)
        {
            var way = await what.EvaluateAsync<int>($"one => {{ const at = document.activeElement ?? document.body; return ({isReached})(at, one) ? 0 : at !== document.body && (at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING) ? -1 : 1; }}");
            if (way == 0)
            {
                Assert.Equal("", await page.EvaluateAsync<string>(Unseen));
                return;
            }

            await page.Keyboard.PressAsync(way > 0 ? "Tab" : "Shift+Tab");
        }

        Assert.Fail($"The tabulator does not reach {what} on {page.Url}.");
    }

    // WCAG 2.2 (REC 2023-10-05) 2.4.7 and 2.4.11: an outline is drawn around what has the focus or around the label or picture that stands for it, on the screen, and something of it is not covered by a bar that sticks there.
    private const string Unseen =
        """
        () => {
          const at = document.activeElement;
          const drawn = one => { const style = getComputedStyle(one); return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && !/, 0\)$/.test(style.outlineColor); };
          const shown = [at, at.closest("label"), at.nextElementSibling].find(one => one && drawn(one) && getComputedStyle(one).opacity !== "0");
          if (!shown) { return `No outline is seen around ${at.outerHTML.slice(0, 200)}`; }
          const box = shown.getBoundingClientRect();
          const points = [[.5, .5], [.1, .15], [.9, .15], [.1, .85], [.9, .85]].map(([x, y]) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
          return points.some(hit => hit && (shown.contains(hit) || hit.contains(shown))) ? "" : `It is off the screen or covered: ${at.outerHTML.slice(0, 200)}`;
        }
        """;
}
