using System.Text.Json;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>A place in a file: 1-based line and column, in code points.</summary>
internal readonly record struct Spot(int Line, int Column);

/// <summary>A JSON value that knows where it stands.</summary>
internal sealed class FileNode(JsonValueKind kind, Spot spot, string path)
{
    public JsonValueKind Kind { get; } = kind;

    public Spot Spot { get; } = spot;

    /// <summary>Where the member's name stands; the value's own place in arrays.</summary>
    public Spot NameSpot { get; init; } = spot;

    public string Path { get; } = path;

    /// <summary>Of a string; null where it holds half of a surrogate pair, which was reported.</summary>
    public string? Text { get; init; }

    /// <summary>Of a number that is whole and fits.</summary>
    public int? Number { get; init; }

    /// <summary>In the order of the file; of members that come twice, the first.</summary>
    public List<KeyValuePair<string, FileNode>> Members { get; } = [];

    public List<FileNode> Items { get; } = [];

    public FileNode? Member(string name) => Members.Find(member => member.Key == name).Value;

    /// <summary>The node at a path, or the nearest one above it that exists.</summary>
    public FileNode Nearest(string path)
    {
        var node = this;
        while (node.Path != path && Children(node).FirstOrDefault(child => Holds(child.Path, path)) is { } next)
        {
            node = next;
        }

        return node;
    }

    /// <summary>Whether a path is the other or lies within it.</summary>
    public static bool Holds(string outer, string inner) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');

    private static IEnumerable<FileNode> Children(FileNode node) => node.Items.Concat(node.Members.Select(member => member.Value));
}
