using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Which forms tours have sent, and how.</summary>
internal static class PostedForms
{
    // The form to which a button belongs that is about to be used: whether it only asks, which handler it names, and where it goes.
    private const string Sent =
        """
        one => {
          const form = one.form;
          if (!form || one.type !== "submit") { return ""; }
          if (form.method === "get") { return "?"; }
          return form.elements.namedItem("_handler")?.value ?? new URL(form.action).pathname;
        }
        """;

    private static readonly ConcurrentDictionary<(PageForm Form, By By), bool> posted = new();
    private static readonly ConcurrentDictionary<string, bool> unknown = new(StringComparer.Ordinal);

    /// <summary>Forms that are in no page's markup.</summary>
    public static ICollection<string> Unknown => unknown.Keys;

    public static bool Has(PageForm form, By by) => posted.ContainsKey((form, by));

    /// <summary>Notes what a button sends, before it is used.</summary>
    public static async Task NoteAsync(ILocator button, By by)
    {
        if (await button.EvaluateAsync<string>(Sent) is { Length: > 0 } name)
        {
            Note(button.Page.Url, name, by);
        }
    }

    /// <summary>Notes what is sent by a key that a script listens to.</summary>
    public static void Watch(IPage page, By by) => page.Request += (_, request) =>
    {
        if (request.Method == "POST" && request.PostData is { } sent && sent.IndexOf("_handler=", StringComparison.Ordinal) is >= 0 and var at)
        {
            Note(request.Url, Uri.UnescapeDataString(sent[(at + "_handler=".Length)..].Split('&')[0]), by);
        }
    };

    private static void Note(string url, string name, By by)
    {
        var path = new Uri(url).AbsolutePath;
        if (PageForms.Find(path, name) is { } form)
        {
            posted[(form, by)] = true;
        }
        else
        {
            unknown[$"{path} {name}"] = true;
        }
    }
}
