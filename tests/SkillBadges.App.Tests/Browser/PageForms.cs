using System.Text.RegularExpressions;
using SkillBadges.App.Tests.House;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A form that the program draws.</summary>
/// <param name="File">The page or the part of one that draws it, below the program's folder and without its ending.</param>
/// <param name="Name">Its handler's name, or where it is sent; stars where an id stands; "?" for a form that only asks.</param>
/// <param name="Pages">The addresses of its page; none for a part of several pages.</param>
internal sealed record PageForm(string File, string Name, IReadOnlyList<string> Pages)
{
    /// <summary>Whether it is the form that was sent: which handler it names, or the address for one that names none.</summary>
    public bool Is(string name) => Matches(Name, name, Name.StartsWith('/') ? "[^/]+" : ".*");

    public bool IsAt(string path) => Pages.Any(page => Matches(page, path, "[^/]+"));

    public override string ToString() => $"{File} {Name}";

    private static bool Matches(string pattern, string text, string star) => Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace(@"\*", star, StringComparison.Ordinal)}$");
}

/// <summary>Every form of every page, as the markup has it.</summary>
internal static partial class PageForms
{
    private static readonly string Program = Path.Combine(Repository.Source, "SkillBadges.App");

    public static IReadOnlyList<PageForm> All { get; } =
        [.. Directory.EnumerateFiles(Program, "*.razor", SearchOption.AllDirectories).SelectMany(path => In(path, File.ReadAllText(path))).DistinctBy(form => form.ToString()).OrderBy(form => form.ToString(), StringComparer.Ordinal)];

    /// <param name="path">The page on which it was sent.</param>
    /// <param name="name">The handler that it names, or where it is sent; "?" for one that only asks.</param>
    /// <returns>Null for a form of no page.</returns>
    public static PageForm? Find(string path, string name) =>
        All.Where(form => form.Is(name)).OrderByDescending(form => form.IsAt(path)).ThenBy(form => form.Name.Contains('*')).FirstOrDefault(form => form.Pages.Count == 0 || form.IsAt(path) || name.StartsWith('/'));

    private static IEnumerable<PageForm> In(string path, string markup)
    {
        var file = Path.GetRelativePath(Program, path).Replace('\\', '/')[..^".razor".Length];
        IReadOnlyList<string> pages = [.. Page().Matches(markup).Select(page => Starred(page.Groups[1].Value))];
        foreach (var tag in Form().Matches(markup).Select(match => match.Value).Where(tag => !tag.StartsWith("<form hidden", StringComparison.Ordinal)))
        {
            yield return new(file, tag.Contains("method=\"get\"", StringComparison.Ordinal) ? "?" : Handler().Match(tag) is { Success: true } named ? Starred(named.Groups[1].Value) : Starred(Action().Match(tag).Groups[1].Value), pages);
        }
    }

    // "back-{course.Id}", "/work/@Submission.Id/files" and "/work/{Id}" alike.
    private static string Starred(string text) => Value().Replace(text, "*");

    [GeneratedRegex("""^@page "([^"]+)""", RegexOptions.Multiline)]
    private static partial Regex Page();

    [GeneratedRegex("""<form\b(?:[^>"]|"[^"]*")*>""")]
    private static partial Regex Form();

    [GeneratedRegex("""@formname="(?:@\(\$")?([^"]+)""")]
    private static partial Regex Handler();

    [GeneratedRegex("""\baction="([^"]+)""")]
    private static partial Regex Action();

    [GeneratedRegex(@"\{[^}]+\}|@[A-Za-z.]+")]
    private static partial Regex Value();
}
