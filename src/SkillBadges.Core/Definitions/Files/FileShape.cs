using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>
/// Reads the members of one file's nodes, and keeps every fault. A member that is wrong is reported once and answered with a
/// placeholder, so that reading goes on to the next.
/// </summary>
internal sealed class FileShape(string file)
{
    private const int MaxFaults = 200;

    private readonly List<FileFault> faults = [];

    public bool IsSound => faults.Count == 0;

    /// <summary>Every fault, in the order of the file.</summary>
    public ImmutableArray<FileFault> Faults => [.. faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    public void Report(Spot spot, string path, string code, string message)
    {
        if (faults.Count < MaxFaults)
        {
            faults.Add(new(file, spot.Line, spot.Column, path, code, message));
        }
    }

    public void Report(FileNode node, string code, string message) => Report(node.Spot, node.Path, code, message);

    /// <summary>Adds what the rules found, at its place, except where a member there was unreadable anyway.</summary>
    public void Report(FileNode root, IEnumerable<ContentFault> found)
    {
        var known = faults.ConvertAll(fault => fault.Path);
        foreach (var fault in found.Where(fault => !known.Exists(path => path != "$" && (FileNode.Holds(path, fault.Path) || FileNode.Holds(fault.Path, path)))))
        {
            Report(root.Nearest(fault.Path).Spot, fault.Path, fault.Code, fault.Message);
        }
    }

    /// <summary>Whether the node is an object; its members beyond <paramref name="known"/> are faults.</summary>
    public bool IsObject(FileNode node, params ReadOnlySpan<string> known)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            Report(node, "definition-file.wrong-type", "An object in braces is expected here.");
            return false;
        }

        foreach (var (name, value) in node.Members)
        {
            if (!known.Contains(name))
            {
                Report(value.NameSpot, value.Path, "definition-file.unknown-member", $"There is no member {AuthoredText.Quote(name)} here; known are {string.Join(", ", known)}.");
            }
        }

        return true;
    }

    public FileNode? Required(FileNode owner, string name)
    {
        if (owner.Member(name) is { } member)
        {
            return member;
        }

        Report(owner.Spot, $"{owner.Path}.{name}", "definition-file.missing-member", $"The member {name} is missing.");
        return null;
    }

    /// <summary>Text of a required member.</summary>
    public string Text(FileNode owner, string name, int min, int max) => Required(owner, name) is { } node ? TextOf(node, min, max) : "";

    /// <summary>Text of an optional member, or null.</summary>
    public string? OptionalText(FileNode owner, string name, int min, int max) => owner.Member(name) is { } node ? TextOf(node, min, max) : null;

    /// <param name="indented">Whether leading spaces mean something, as in a line of Markdown.</param>
    public string TextOf(FileNode node, int min, int max, bool indented = false)
    {
        if (node.Kind != JsonValueKind.String)
        {
            Report(node, "definition-file.wrong-type", "Text in quotes is expected here.");
            return "";
        }

        var text = node.Text ?? "";
        if (node.Text is not null && AuthoredText.Offender(text) is { } offender)
        {
            Report(node, "definition-file.bad-text", $"The text holds {offender}, a character that readers cannot see.");
            return "";
        }

        if (node.Text is not null && (text.Length < min || text.Length > max))
        {
            Report(node, "definition-file.bad-length", $"The text has {text.Length} characters; {min} to {max} are allowed.");
        }

        if (text.Length > 0 && ((!indented && char.IsWhiteSpace(text[0])) || char.IsWhiteSpace(text[^1])))
        {
            Report(node, "definition-file.bad-text", "The text begins or ends with a space.");
        }

        return text;
    }

    /// <summary>A slug of a required member.</summary>
    public string SlugText(FileNode owner, string name) => Required(owner, name) is { } node ? SlugOf(node) : "";

    public string SlugOf(FileNode node)
    {
        if (node.Kind != JsonValueKind.String)
        {
            Report(node, "definition-file.wrong-type", "Text in quotes is expected here.");
        }
        else if (node.Text is { } text && !Slug.IsValid(text))
        {
            Report(node, "definition-file.bad-slug", $"{AuthoredText.Quote(text)} is not a name of this kind: {Slug.Meaning}.");
        }

        return node.Text ?? "";
    }

    /// <summary>A whole number of an optional member, or null.</summary>
    public int? Number(FileNode owner, string name, int min, int max)
    {
        if (owner.Member(name) is not { } node)
        {
            return null;
        }

        if (node.Kind != JsonValueKind.Number)
        {
            Report(node, "definition-file.wrong-type", "A number is expected here.");
            return null;
        }

        if (node.Number is not { } number || number < min || number > max)
        {
            Report(node, "definition-file.bad-value", $"A whole number from {min} to {max} is expected here.");
            return null;
        }

        return number;
    }

    /// <summary>A required object of descriptors by the code of each level.</summary>
    public ImmutableDictionary<string, string> Descriptors(FileNode owner, string name, int min = 20, int max = 500)
    {
        if (Required(owner, name) is not { } node)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        if (node.Kind != JsonValueKind.Object)
        {
            Report(node, "definition-file.wrong-type", "An object is expected here: a descriptor by the code of each level.");
            return ImmutableDictionary<string, string>.Empty;
        }

        return node.Members.ToImmutableDictionary(member => member.Key, member => TextOf(member.Value, min, max));
    }

    /// <summary>A required member that is one of a few words.</summary>
    public T Choice<T>(FileNode owner, string name, IReadOnlyDictionary<string, T> choices)
        where T : struct, Enum =>
        Required(owner, name) is { } node ? ChoiceOf(node, choices) : default;

    public T ChoiceOf<T>(FileNode node, IReadOnlyDictionary<string, T> choices)
        where T : struct, Enum
    {
        if (node.Text is { } text && choices.TryGetValue(text, out var choice))
        {
            return choice;
        }

        Report(node, "definition-file.bad-value", $"One of {string.Join(", ", choices.Keys)} is expected here.");
        return default;
    }

    /// <summary>The items of a required array.</summary>
    public IReadOnlyList<FileNode> Items(FileNode owner, string name, int min, int max) => Required(owner, name) is { } node ? ItemsOf(node, min, max) : [];

    /// <summary>The items of an optional array.</summary>
    public IReadOnlyList<FileNode> OptionalItems(FileNode owner, string name, int min, int max) =>
        owner.Member(name) is { } node ? ItemsOf(node, min, max) : [];

    private IReadOnlyList<FileNode> ItemsOf(FileNode node, int min, int max)
    {
        if (node.Kind != JsonValueKind.Array)
        {
            Report(node, "definition-file.wrong-type", "A list in square brackets is expected here.");
            return [];
        }

        if (node.Items.Count < min || node.Items.Count > max)
        {
            Report(node, "definition-file.bad-length", $"The list has {node.Items.Count} items; {min} to {max} are allowed.");
        }

        return node.Items;
    }
}
