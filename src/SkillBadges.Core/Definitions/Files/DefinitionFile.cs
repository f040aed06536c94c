using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>
/// Reads the files of <c>badge-definitions/</c>, whose format is published in its <c>schema</c> folder. A file is hostile until read: nothing
/// throws, every fault is told with its place, and content comes only from a file without any.
/// </summary>
public static class DefinitionFile
{
    public const int MaxBytes = 256 * 1024;

    /// <param name="path">With forward slashes; the file's name must be the slug, its folder the field: <c>welding/smaw-fillet.json</c>.</param>
    /// <param name="scales">The current scales by id.</param>
    /// <param name="profiles">The current profiles by slug; null leaves open whether the attributes exist.</param>
    public static FileReading<BadgeDefinition> ReadBadge(
        string path, ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, MasteryScale> scales, IReadOnlyDictionary<string, GraduateProfile>? profiles = null)
    {
        var shape = new FileShape(path);
        return Parse(shape, bytes) is { } root ? new BadgeFile(shape, path, scales, profiles).Read(root) : new(null, shape.Faults);
    }

    /// <param name="path">The file's name must be the slug: <c>profiles/graduate-portrait.json</c>.</param>
    /// <param name="scales">The current scales by id.</param>
    public static FileReading<GraduateProfile> ReadProfile(string path, ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, MasteryScale> scales)
    {
        var shape = new FileShape(path);
        return Parse(shape, bytes) is { } root ? ProfileFile.Read(shape, path, root, scales) : new(null, shape.Faults);
    }

    /// <summary>As <see cref="ReadBadge"/>, for a badge that is being written and lies in no folder yet.</summary>
    public static FileReading<BadgeDefinition> ReadDraft(
        string slug, ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, MasteryScale> scales, IReadOnlyDictionary<string, GraduateProfile>? profiles)
    {
        var shape = new FileShape($"{slug}.json");
        return Parse(shape, bytes) is { } root ? new BadgeFile(shape, $"{root.Member("field")?.Text}/{slug}.json", scales, profiles).Read(root) : new(null, shape.Faults);
    }

    /// <param name="path">The file's name must be the slug: <c>stacks/welding-1.json</c>.</param>
    /// <param name="badges">Every badge the stack may name, by slug; null leaves open whether they exist.</param>
    public static FileReading<BadgeStack> ReadStack(string path, ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, BadgeDefinition>? badges = null)
    {
        var shape = new FileShape(path);
        return Parse(shape, bytes) is { } root ? StackFile.Read(shape, path, root, badges) : new(null, shape.Faults);
    }

    /// <param name="path">The file's name must be the id: <c>scales/four-level.json</c>.</param>
    /// <returns>A scale of version 1; publishing numbers it.</returns>
    public static FileReading<MasteryScale> ReadScale(string path, ReadOnlySpan<byte> bytes)
    {
        var shape = new FileShape(path);
        return Parse(shape, bytes) is { } root ? ScaleFile.Read(shape, path, root) : new(null, shape.Faults);
    }

    /// <summary>The file of a badge in the one layout that exports write; reading it gives the same content.</summary>
    public static byte[] Write(BadgeDefinition badge) => BadgeFileText.Of(badge);

    /// <summary>The file of a stack.</summary>
    public static byte[] Write(BadgeStack stack) => StackFileText.Of(stack);

    /// <summary>The file of a profile.</summary>
    public static byte[] Write(GraduateProfile profile) => ProfileFile.Write(profile);

    /// <summary>The file of a scale.</summary>
    public static byte[] Write(MasteryScale scale) => ScaleFileText.Of(scale);

    /// <summary>The name of a file without folders and extension.</summary>
    public static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    /// <summary>The name of the folder right above a file, or nothing.</summary>
    public static string FolderOf(string path) => Path.GetFileName(Path.GetDirectoryName(path)) ?? "";

    /// <summary>Reports a slug that is not the file's name.</summary>
    internal static void RequireName(FileShape shape, FileNode root, string member, string value, string expected)
    {
        if (root.Member(member) is { Text: not null } node && value != expected)
        {
            shape.Report(node, "definition-file.wrong-place", $"The {member} {AuthoredText.Quote(value)} does not match where the file lies, which says {AuthoredText.Quote(expected)}.");
        }
    }

    private static FileNode? Parse(FileShape shape, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            shape.Report(default, "$", "definition-file.too-large", $"The file has {bytes.Length} bytes; at most {MaxBytes} are read.");
            return null;
        }

        return FileTree.Parse(bytes, shape.Report);
    }
}
