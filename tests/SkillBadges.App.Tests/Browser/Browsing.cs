using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SkillBadges.App.Demo;
using SkillBadges.App.Tests.Faults;

namespace SkillBadges.App.Tests.Browser;

[CollectionDefinition(Name)]
[Toured]
public sealed class BrowsingCollection : ICollectionFixture<Browsing>
{
    public const string Name = "browsing";
}

/// <summary>The real program over the sample district, and a real browser in front of it.</summary>
public sealed class Browsing : IAsyncLifetime
{
    internal const string Chromium = "/usr/bin/chromium";

    private const int MostTries = 200;

    private static readonly string[] Switches =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> signedIn = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task>> once = new(StringComparer.Ordinal);
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-browser-").FullName;
    private ServerProcess server = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    /// <summary>Where pages are pictured, or null: the variable TESTS_PICTURES names a folder.</summary>
    private static string? Pictures => Environment.GetEnvironmentVariable("TESTS_PICTURES");

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        server = new(Path.Combine(folder, "data"));
        await server.StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Switches });
    }

    /// <summary>A browser of somebody's own, signed in when <paramref name="login"/> is given: once in the page of it, then with the same cookies.</summary>
    /// <param name="at">Another instance than the sample district, at which nobody is signed in.</param>
    internal async Task<IPage> OpenAsync(string? login = null, bool phone = false, bool script = true, bool dark = false, string language = "en-US", Uri? at = null)
    {
        var address = at ?? server.BaseUrl;
        var state = login is null ? null : await signedIn.GetOrAdd(login, new Lazy<Task<string>>(() => SignInAsync(login))).Value;
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.AbsoluteUri,
            ViewportSize = phone ? new() { Width = 360, Height = 740 } : new() { Width = 1200, Height = 850 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            Locale = language,
            StorageState = state,
        });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        // A page that is not there is asked for on purpose, the line is cut on purpose, and what is no picture is sent as one.
        page.Console += (_, message) => Assert.False(message.Type == "error" && !message.Location.Contains("/no-such-", StringComparison.Ordinal) && !message.Location.Contains("/api/uploads/", StringComparison.Ordinal) && !message.Text.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal), $"The browser says: {message.Text}");
        page.Request += (_, request) => Assert.True(IsOurs(request.Url, address), $"A page asked {request.Url}.");
        if (login is not null)
        {
            await page.GotoAsync("/");
        }

        return page;
    }

    /// <summary>Ends the program, hands over its data folder and starts it again; who was signed in signs in anew.</summary>
    internal async Task BehindItsBackAsync(Func<string, Task> act)
    {
        await server.KillAsync();
        await act(Path.Combine(folder, "data"));
        signedIn.Clear();
        await server.StartAsync();
    }

    /// <summary>What several tours stand on and nobody can do twice.</summary>
    internal Task OnceAsync(string what, Func<Task> act) => once.GetOrAdd(what, new Lazy<Task>(act)).Value;

    /// <summary>The program's own client, for what a tour does not show.</summary>
    internal DemoClient Visitor() => server.Visitor();

    /// <summary>The API in somebody's hands.</summary>
    internal async Task<DemoClient> ClientAsync(string login)
    {
        var client = server.Visitor();
        await client.SignInAsync(login, CancellationToken.None);
        return client;
    }

    /// <summary>Somebody with a browser who goes through a tour in this way.</summary>
    internal async Task<Hand> HandAsync(By by, string? login = null, bool phone = false, Uri? at = null) => new(await OpenAsync(login, phone, script: by != By.NoScript, at: at), by);

    /// <summary>The words of a letter to this address that says something; without a mail server the program puts letters into a folder.</summary>
    internal async Task<string> LetterAsync(string address, string says)
    {
        var letters = new DirectoryInfo(Path.Combine(folder, "data.letters"));
        for (var tries = 0; tries < MostTries; tries++)
        {
            foreach (var file in letters.Exists ? letters.GetFiles("*.eml") : [])
            {
                var mail = await File.ReadAllTextAsync(file.FullName);
                var text = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(mail[mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]));
                if (mail.Contains($"To: <{address}>", StringComparison.Ordinal) && text.Contains(says, StringComparison.Ordinal))
                {
                    return text;
                }
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"No letter that says \"{says}\" came within {MostTries / 10} seconds.");
    }

    /// <summary>A picture of the whole page for people to look at, when a folder for them is named.</summary>
    internal static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is { Length: > 0 } pictures)
        {
            Directory.CreateDirectory(pictures);
            // A page of thirty screens takes its time on a busy machine.
            await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"{name}.png"), FullPage = true, Timeout = 90_000 });
        }
    }

    /// <summary>What axe-core finds on the page as it is, a line for each; none is the only good answer.</summary>
    internal static async Task<IReadOnlyList<string>> BarriersAsync(IPage page) =>
        [.. (await page.RunAxe()).Violations.Select(one => $"{page.Url}: {one.Id} at {string.Join(", ", one.Nodes.Select(node => node.Html))}")];

    /// <summary>As <see cref="BarriersAsync"/>, in the other theme, where nothing but the colors is another.</summary>
    internal static async Task<IReadOnlyList<string>> BarriersOfTheOtherThemeAsync(IPage page)
    {
        var isDark = await page.EvaluateAsync<bool>("() => matchMedia('(prefers-color-scheme: dark)').matches");
        await page.EmulateMediaAsync(new() { ColorScheme = isDark ? ColorScheme.Light : ColorScheme.Dark });
        var found = (await page.RunAxe(new() { RunOnly = new() { Type = "rule", Values = ["color-contrast"] } })).Violations;
        await page.EmulateMediaAsync(new() { ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });
        return [.. found.Select(one => $"{page.Url}, in the other theme: {one.Id} at {string.Join(", ", one.Nodes.Select(node => node.Html))}")];
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await browser.DisposeAsync();
            playwright.Dispose();
            server.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> SignInAsync(string login)
    {
        var page = await OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.FillAsync("input[name=LoginName]", login);
        await page.FillAsync("input[name=Password]", DemoDistrict.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        var state = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return state;
    }

    private static bool IsOurs(string url, Uri address) => url.StartsWith("data:", StringComparison.Ordinal) || (Uri.TryCreate(url, UriKind.Absolute, out var asked) && asked.IsLoopback && asked.Port == address.Port);
}
