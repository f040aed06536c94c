using System.Collections.Immutable;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>Sorts the files of a <c>badge-definitions</c> folder by what they are.</summary>
internal sealed class ImportFolder
{
    private readonly Dictionary<string, SourceFile> byPath = new(StringComparer.Ordinal);

    public ImportFolder(IEnumerable<SourceFile> files)
    {
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            // A path twice is a caller's mistake; a path of another depth is none of ours.
            byPath.Add(file.Path, file);
        }

        Scales = [.. Json(folder => folder == "scales")];
        Stacks = [.. Json(folder => folder == "stacks")];
        Profiles = [.. Json(folder => folder == "profiles")];
        Badges = [.. Json(folder => folder is not ("scales" or "profiles" or "stacks" or "schema"))];
        var read = Scales.Concat(Profiles).Concat(Stacks).Concat(Badges).Select(file => file.Path)
            .Concat(Badges.SelectMany(badge => new[] { Beside(badge, ".png"), Beside(badge, ".svg") }))
            .ToHashSet(StringComparer.Ordinal);
        Ignored = [.. byPath.Keys.Where(path => !read.Contains(path))];
    }

    public ImmutableArray<SourceFile> Scales { get; }

    public ImmutableArray<SourceFile> Profiles { get; }

    public ImmutableArray<SourceFile> Badges { get; }

    public ImmutableArray<SourceFile> Stacks { get; }

    public ImmutableArray<string> Ignored { get; }

    /// <summary>A file of an earlier folder that claims the same slug, or null.</summary>
    public SourceFile? EarlierClaim(SourceFile badge)
    {
        var first = Badges.First(other => DefinitionFile.NameOf(other.Path) == DefinitionFile.NameOf(badge.Path));
        return first == badge ? null : first;
    }

    /// <summary>The pictures beside a badge's file, and what is wrong with them.</summary>
    public (ReadOnlyMemory<byte> Png, ReadOnlyMemory<byte> Svg, ImmutableArray<FileFault> Faults) PicturesOf(SourceFile badge)
    {
        var faults = ImmutableArray.CreateBuilder<FileFault>();
        var png = Picture(Beside(badge, ".png"), PngImage.Objection, faults);
        var svg = Picture(Beside(badge, ".svg"), SvgImage.Objection, faults);
        return (png, svg, faults.ToImmutable());
    }

    private ReadOnlyMemory<byte> Picture(string path, Func<ReadOnlyMemory<byte>, string?> objection, ImmutableArray<FileFault>.Builder faults)
    {
        if (!byPath.TryGetValue(path, out var picture))
        {
            faults.Add(new(path, 0, 0, "$", "definition-file.missing-image", "The badge's picture is missing; it lies beside the badge's file under the same name."));
            return default;
        }

        if (objection(picture.Bytes) is { } wrong)
        {
            faults.Add(new(path, 0, 0, "$", "definition-file.bad-image", wrong));
        }

        return picture.Bytes;
    }

    private IEnumerable<SourceFile> Json(Func<string, bool> isFolder) => byPath.Values
        .Where(file => file.Path.EndsWith(".json", StringComparison.Ordinal)
            && file.Path.Count(c => c == '/') == 1
            && !file.Path.Contains('\\', StringComparison.Ordinal)
            && isFolder(file.Path[..file.Path.IndexOf('/', StringComparison.Ordinal)]));

    private static string Beside(SourceFile file, string extension) => file.Path[..^".json".Length] + extension;
}
