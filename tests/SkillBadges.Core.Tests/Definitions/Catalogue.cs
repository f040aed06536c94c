using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Tests.Definitions;

/// <summary>The files of <c>badge-definitions/</c>.</summary>
internal static class Catalogue
{
    private static readonly string folder = Path.Combine(RepositoryRoot.Path, "badge-definitions");

    /// <summary>Paths of its JSON files, with forward slashes, that begin with some text.</summary>
    public static IEnumerable<string> Paths(string prefix) => All().Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal));

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(folder, path));

    public static List<SourceFile> Folder() => [.. All().Select(path => new SourceFile(path, Bytes(path)))];

    private static IEnumerable<string> All() => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);
}
