using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>One text of a badge and where it stands.</summary>
/// <param name="Path">Such as <c>competencies/vital-signs/statement</c>: members and ids, never positions.</param>
/// <param name="Steps">Where it stands, in people's words.</param>
/// <param name="IsOrder">The text is the order of a list's ids, not words of the badge.</param>
public sealed record Passage(string Path, ImmutableArray<PassageStep> Steps, string Text, bool IsOrder = false)
{
    public string Label => PassageWords.Label(Steps, IsOrder, words => words);

    /// <summary>Of an order: what people call those whose ids it is, in the same order.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>The text is a mark of what a translation was written for, not words of the badge.</summary>
    public bool IsMark => Path.EndsWith("/writtenFor", StringComparison.Ordinal);
}

/// <param name="Words">What a member of a badge is called.</param>
/// <param name="Item">Which one, where there are several.</param>
public sealed record PassageStep(string Words, string? Item = null);

/// <summary>
/// A badge as passages, in the order in which it is read. They are made from what is stored, member by member, so that a member which badges get
/// later is a passage without anything being said here.
/// </summary>
public static class Passages
{
    private static readonly string[] NotContent = ["slug", "version", "contentHash"];

    private static readonly string[] Keys = ["id", "code", "slug", "language"];

    public static IReadOnlyList<Passage> Of(BadgeDefinition badge)
    {
        var found = new List<Passage>();
        var root = JsonSerializer.SerializeToNode(badge, DocumentJson.Options)!.AsObject();
        foreach (var (name, value) in root.Where(member => !NotContent.Contains(member.Key)))
        {
            Walk(value, PassageWords.Name(name), [new(PassageWords.Of(name))], null, found);
        }

        return found;
    }

    // The member that names an item of a list stands in its path already.
    private static void Walk(JsonNode? node, string path, ImmutableArray<PassageStep> steps, string? key, List<Passage> found)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.Where(member => member.Key != key))
                {
                    Walk(value, $"{path}/{Step(PassageWords.Name(name))}", steps.Add(new(PassageWords.Of(name))), null, found);
                }

                break;
            case JsonArray { Count: > 0 } items when items[0] is JsonObject:
                Walk(items, path, steps, found);
                break;
            case JsonArray items:
                Walk(JsonValue.Create(string.Join("; ", items.Select(item => item?.ToString()))), path, steps, null, found);
                break;
            case null:
                break;
            default:
                found.Add(new(path, steps, node.ToString()));
                break;
        }
    }

    private static void Walk(JsonArray items, string path, ImmutableArray<PassageStep> steps, List<Passage> found)
    {
        var keys = new List<string>();
        foreach (var item in items.Select(item => item!.AsObject()))
        {
            var key = Step(KeyOf(item));
            for (var again = 2; keys.Contains(key); again++)
            {
                key = $"{Step(KeyOf(item))}-{again}";
            }

            keys.Add(key);
            Walk(item, $"{path}/{key}", steps.SetItem(steps.Length - 1, steps[^1] with { Item = TitleOf(item) ?? key }), Keys.FirstOrDefault(known => Text(item, known) is not null), found);
        }

        var names = items.Select((item, number) => TitleOf(item!.AsObject()) ?? Text(item.AsObject(), "title") ?? keys[number]);
        found.Add(new(path, steps, string.Join('\n', keys), IsOrder: true) { Names = [.. names] });
    }

    private static string KeyOf(JsonObject item) => Keys.Select(key => Text(item, key)).FirstOrDefault(text => text is not null)
        ?? item.Select(member => Text(item, member.Key)).FirstOrDefault(text => text is not null) ?? "item";

    private static string? TitleOf(JsonObject item) => Text(item, "name") ?? Text(item, "label") ?? Text(item, "targetName");

    private static string? Text(JsonObject item, string member) => item[member] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    // A slash in a name would look like a step.
    private static string Step(string text) => text.Replace('/', '-');
}
