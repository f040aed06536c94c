using Microsoft.Playwright;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Counts what somebody does to a page, as the browser sees it: presses of a mouse or finger, and keys. It goes on over as many pages as are opened.</summary>
internal sealed class Effort
{
    private int taps;
    private int keys;

    /// <summary>Taps and keys since the last look.</summary>
    public (int Taps, int Keys) Take() => (Interlocked.Exchange(ref taps, 0), Interlocked.Exchange(ref keys, 0));

    /// <summary>Puts a figure beside the test, and for <c>tests/run</c>, which shows no test's own words, into the file that it names.</summary>
    public static void Tell(ITestOutputHelper output, string figure)
    {
        output.WriteLine(figure);
        if (Environment.GetEnvironmentVariable("TESTS_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, figure + Environment.NewLine);
        }
    }

    public static async Task<Effort> WatchAsync(IPage page)
    {
        var effort = new Effort();
        await page.ExposeFunctionAsync("wasDone", (string kind) => kind == "keydown" ? Interlocked.Increment(ref effort.keys) : Interlocked.Increment(ref effort.taps));
        const string Watch = "() => { for (const kind of ['pointerdown', 'keydown']) { addEventListener(kind, () => window.wasDone(kind), true); } }";
        await page.AddInitScriptAsync($"({Watch})()");
        await page.EvaluateAsync(Watch);
        return effort;
    }
}
