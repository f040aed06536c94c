using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Somebody who has no mouse: what the tabulator does not reach, they cannot use.</summary>
internal static class Keys
{
    private const int MostStops = 250;

    /// <summary>Goes on to it and presses Enter: links, buttons, summaries. With a mouse it is clicked.</summary>
    public static async Task UseAsync(this ILocator what, bool mouse = false)
    {
        if (mouse)
        {
            await what.ClickAsync();
            return;
        }

        await what.ReachAsync();
        await what.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Goes on to it and sees to it that it is checked.</summary>
    public static async Task TickAsync(this ILocator what, bool mouse = false)
    {
        if (mouse)
        {
            await what.CheckAsync();
            return;
        }

        if (!await what.IsCheckedAsync())
        {
            await what.ReachAsync();
            await what.Page.Keyboard.PressAsync("Space");
        }

        Assert.True(await what.IsCheckedAsync(), $"{what} is not checked by the space bar.");
    }

    /// <summary>Goes on to it and writes over what is there.</summary>
    public static async Task WriteAsync(this ILocator what, string text, bool mouse = false)
    {
        if (mouse)
        {
            await what.FillAsync(text);
            return;
        }

        await what.ReachAsync();
        await what.Page.Keyboard.PressAsync("Control+A");
        await what.Page.Keyboard.TypeAsync(text);
    }

    // Whoever goes by keys sees where they are: the element is on the screen and has an outline of its own.
    private static async Task ReachAsync(this ILocator what)
    {
        await what.WaitForAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await what.EvaluateAsync<bool>("one => one === document.activeElement"))
            {
                Assert.NotEqual("none", await what.EvaluateAsync<string>("one => getComputedStyle(one).outlineStyle"));
                return;
            }

            await what.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The tabulator does not reach {what} on {what.Page.Url}.");
    }
}
