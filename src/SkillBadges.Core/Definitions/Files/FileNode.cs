using System.Text.Json;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>A place in a file: 1-based line and column, in code points.</summary>
internal readonly record struct Spot(int Line, int Column);

/// <summary>A JSON value that knows where it stands. A large file has a million of them, so what can be made when asked for is not kept.</summary>
/// <param name="kind">Of the value.</param>
/// <param name="spot">Where the value begins.</param>
/// <param name="parent">The object or array around it; null at the root.</param>
/// <param name="step">From the parent's path to this one: <c>.name</c>; null in arrays, where <paramref name="index"/> says it.</param>
/// <param name="index">The place in an array.</param>
internal sealed class FileNode(JsonValueKind kind, Spot spot, FileNode? parent, string? step, int index)
{
    private List<KeyValuePair<string, FileNode>>? members;
    private List<FileNode>? items;

    public JsonValueKind Kind { get; } = kind;

    public Spot Spot { get; } = spot;

    /// <summary>Where the member's name stands; the value's own place in arrays.</summary>
    public Spot NameSpot { get; init; } = spot;

    public string Path => parent is null ? "$" : parent.Path + (step ?? $"[{index}]");

    /// <summary>Of a string; null where it holds half of a surrogate pair, which was reported.</summary>
    public string? Text { get; set; }

    /// <summary>Of a number that is whole and fits.</summary>
    public int? Number { get; set; }

    /// <summary>Of a number that fits.</summary>
    public decimal? Decimal { get; set; }

    /// <summary>In the order of the file; of members that come twice, the first.</summary>
    public IReadOnlyList<KeyValuePair<string, FileNode>> Members => (IReadOnlyList<KeyValuePair<string, FileNode>>?)members ?? [];

    public IReadOnlyList<FileNode> Items => (IReadOnlyList<FileNode>?)items ?? [];

    public void Add(string name, FileNode member) => (members ??= []).Add(new(name, member));

    public void Add(FileNode item) => (items ??= []).Add(item);

    public FileNode? Member(string name)
    {
        foreach (var member in Members)
        {
            if (member.Key == name)
            {
                return member.Value;
            }
        }

        return null;
    }

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
