using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkillBadges.Benchmarks.Fuzz;

/// <summary>Damage that leaves JSON well-formed: members lost, doubled, moved, renamed, of another kind. It reaches what lies behind the JSON parser.</summary>
internal static class JsonMutation
{
    private static readonly string[] names =
        ["id", "type", "@id", "@type", "@context", "@value", "@list", "@set", "@graph", "@reverse", "@language", "@included", "@nest", "@none", "issuer", "validFrom", "proof", "name", "result", "urn:x"];

    private static readonly string[] values =
    [
        "null", "true", "0", "-0.0", "1e21", "1e400", "0.1", "\"\"", "\"@id\"", "\"_:b\"", "\"urn:x\"", "\"2026-01-01T00:00:00Z\"", "[]", "{}", "[[]]", "[null]", "{\"@value\":1}",
        "{\"@list\":[1,2]}", "{\"@id\":\"urn:y\"}", "{\"@id\":\"_:b\"}", "\"\\u0000\"", "\"a b\"", "{\"@context\":{\"name\":null}}", "{\"@context\":{\"@vocab\":\"urn:v:\"}}",
        "\"https://www.w3.org/ns/credentials/v2\"", "{\"@graph\":[{}]}", "{\"@reverse\":{\"urn:p\":{}}}",
    ];

    public static byte[] Mutate(Random random, byte[] seed)
    {
        var root = JsonNode.Parse(seed)!;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var holders = new List<JsonNode>();
            Collect(root, holders);
            Change(random, holders[random.Next(holders.Count)], holders[random.Next(holders.Count)]);
        }

        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    private static void Change(Random random, JsonNode holder, JsonNode other)
    {
        var value = random.Next(2) == 0 ? JsonNode.Parse(values[random.Next(values.Length)]) : other.DeepClone();
        if (holder is JsonArray array)
        {
            var at = random.Next(array.Count + 1);
            if (random.Next(2) == 0 && at < array.Count)
            {
                array.RemoveAt(at);
            }
            else
            {
                array.Insert(at, value);
            }
        }
        else if (holder is JsonObject members)
        {
            var name = members.Count > 0 && random.Next(3) > 0 ? members.ElementAt(random.Next(members.Count)).Key : names[random.Next(names.Length)];
            if (random.Next(3) == 0)
            {
                members.Remove(name, out var moved);
                members[names[random.Next(names.Length)]] = moved;
            }
            else
            {
                members[name] = value;
            }
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> holders)
    {
        if (node is JsonObject members)
        {
            holders.Add(members);
            foreach (var (_, value) in members)
            {
                Collect(value, holders);
            }
        }
        else if (node is JsonArray items)
        {
            holders.Add(items);
            foreach (var item in items)
            {
                Collect(item, holders);
            }
        }
    }
}
