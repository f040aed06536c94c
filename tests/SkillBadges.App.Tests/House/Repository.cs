namespace SkillBadges.App.Tests.House;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root => RepositoryRoot.Path;

    public static string Source { get; } = Path.Combine(Root, "src");

    public static IReadOnlyList<SourceFile> SourceFiles { get; } =
    [
        .. Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(path => new SourceFile(Path.GetRelativePath(Source, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal),
    ];

    /// <summary>The pages, which also refuse.</summary>
    public static IReadOnlyList<string> Pages { get; } = [.. Directory.EnumerateFiles(Source, "*.razor", SearchOption.AllDirectories).Select(File.ReadAllText)];
}

/// <param name="Path">Below src, with slashes.</param>
/// <param name="Text">All of it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string[] Lines { get; } = Text.ReplaceLineEndings("\n").Split('\n');

    public string Folder => Path[..Path.LastIndexOf('/')];
}
