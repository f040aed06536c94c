using System.Text.Json;

namespace SkillBadges.Credentials.Tests.OpenBadges;

/// <summary>What a published JSON Schema says of each of its classes, in the terms of our tables.</summary>
internal sealed class PublishedSchema : IDisposable
{
    private readonly JsonDocument document;

    public PublishedSchema(string file) => document = JsonDocument.Parse(Conformance.Bytes("1edtech-schemas-and-contexts/schemas/" + file));

    public JsonElement Root => document.RootElement;

    /// <summary>Classes with members, the document itself under the name given.</summary>
    public IEnumerable<(string Name, JsonElement Class)> Classes(string root) =>
        Root.GetProperty("$defs").EnumerateObject().Select(d => (d.Name, d.Value))
            .Append((root, Root))
            .Where(pair => pair.Item2.TryGetProperty("properties", out _));

    public static List<string> Required(JsonElement schemaClass) =>
        [.. schemaClass.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal)];

    public static bool IsClosed(JsonElement schemaClass) =>
        schemaClass.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;

    /// <summary>Arrays by themselves, or beside the single value that JSON-LD compaction may leave.</summary>
    public static bool IsArray(JsonElement member) =>
        TypeOf(member) == "array" || Choices(member).Any(IsArray);

    /// <summary>The class that a member's values are of, if they are objects of one.</summary>
    public static string? ClassOf(JsonElement member)
    {
        if (member.TryGetProperty("$ref", out var reference))
        {
            return reference.GetString()!.Split('/')[^1];
        }

        return member.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object
            ? ClassOf(items)
            : Choices(member).Select(ClassOf).FirstOrDefault(name => name is not null);
    }

    /// <summary>The name of the primitive in the model, such as <c>URI</c>, from the schema's own comment.</summary>
    public static string? OriginOf(JsonElement member)
    {
        if (member.TryGetProperty("$comment", out var comment) && comment.GetString()!.StartsWith("Origin: ", StringComparison.Ordinal))
        {
            return comment.GetString()!.Split(' ')[1];
        }

        return member.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object
            ? OriginOf(items)
            : Choices(member).Select(OriginOf).FirstOrDefault(name => name is not null);
    }

    /// <summary>Words of an enumeration and whether a pattern for <c>ext:</c> stands beside them.</summary>
    public static (List<string> Words, bool Extensible) WordsOf(JsonElement member)
    {
        List<string> words = [];
        var extensible = false;
        foreach (var choice in Choices(member).Prepend(member))
        {
            if (choice.TryGetProperty("enum", out var values))
            {
                words.AddRange(values.EnumerateArray().Select(value => value.GetString()!));
            }

            extensible |= choice.TryGetProperty("pattern", out var pattern) && pattern.GetString()!.StartsWith("(ext:)", StringComparison.Ordinal);
        }

        return ([.. words.Distinct().Order(StringComparer.Ordinal)], extensible);
    }

    /// <summary>For a set of types: each group of which one is needed.</summary>
    public static List<string> NeededTypes(JsonElement member)
    {
        if (member.TryGetProperty("contains", out var contains))
        {
            return [string.Join('|', contains.GetProperty("enum").EnumerateArray().Select(value => value.GetString()))];
        }

        return [.. Choices(member).SelectMany(NeededTypes)];
    }

    public void Dispose() => document.Dispose();

    private static string? TypeOf(JsonElement member) => member.TryGetProperty("type", out var type) ? type.GetString() : null;

    private static IEnumerable<JsonElement> Choices(JsonElement member) =>
        new[] { "oneOf", "anyOf", "allOf" }.Where(name => member.TryGetProperty(name, out _)).SelectMany(name => member.GetProperty(name).EnumerateArray());
}
