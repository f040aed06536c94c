using System.Text.Json;
using SkillBadges.Credentials.JsonLd;

namespace SkillBadges.Credentials.Tests.JsonLd;

/// <summary>The JSON-LD 1.1 tests of the W3C, of which the ones for JSON-LD 1.0 alone are left out.</summary>
internal static class JsonLdSuite
{
    private const string Folder = "w3c-json-ld-api-expand-toRdf/tests/";
    private const string BaseIri = "https://w3c.github.io/json-ld-api/tests/";

    public static TheoryData<string> Ids(string manifest)
    {
        var ids = new TheoryData<string>();
        foreach (var id in Entries(manifest).Keys)
        {
            ids.Add(id);
        }

        return ids;
    }

    public static Dictionary<string, JsonElement> Entries(string manifest)
    {
        if (!Directory.Exists(Conformance.Root))
        {
            return [];
        }

        using var document = JsonDocument.Parse(Conformance.Bytes(Folder + manifest));
        return document.RootElement.GetProperty("sequence").EnumerateArray()
            .Where(entry => Option(entry, "specVersion") != "json-ld-1.0")
            .ToDictionary(entry => entry.GetProperty("@id").GetString()!, entry => entry.Clone());
    }

    public static byte[] File(JsonElement entry, string member) => Conformance.Bytes(Folder + entry.GetProperty(member).GetString());

    public static string? Option(JsonElement entry, string name) =>
        entry.TryGetProperty("option", out var options) && options.TryGetProperty(name, out var option) ? option.ToString() : null;

    public static JsonLdOptions Options(JsonElement entry) => new()
    {
        Contexts = new ContextLibrary(Load),
        Safe = false,
        Base = Option(entry, "base") ?? BaseIri + entry.GetProperty("input").GetString(),
        ExpandContext = Option(entry, "expandContext") is { } context ? Conformance.Bytes(Folder + context) : default,
        Version10 = Option(entry, "processingMode") == "json-ld-1.0",
        RdfDirection = Option(entry, "rdfDirection") switch
        {
            "i18n-datatype" => RdfDirection.I18nDatatype,
            "compound-literal" => RdfDirection.CompoundLiteral,
            _ => RdfDirection.None,
        },
    };

    /// <summary>JSON with object members sorted, and the items of arrays too where JSON-LD gives them no order.</summary>
    public static string Normalized(JsonElement value, bool ordered = false)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var isJson = value.TryGetProperty("@type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "@json";
                return "{" + string.Join(",", value.EnumerateObject()
                    .OrderBy(member => member.Name, StringComparer.Ordinal)
                    .Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Normalized(member.Value, member.Name == "@list" || isJson || (ordered && member.Name != "@type"))}")) + "}";
            case JsonValueKind.Array:
                var items = value.EnumerateArray().Select(item => Normalized(item));
                return "[" + string.Join(",", ordered ? items : items.Order(StringComparer.Ordinal)) + "]";
            case JsonValueKind.Number:
                return value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            default:
                return value.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(value.GetString()) : value.GetRawText();
        }
    }

    private static ReadOnlyMemory<byte>? Load(string iri)
    {
        var path = iri.StartsWith(BaseIri, StringComparison.Ordinal) ? Path.Combine(Conformance.Root, Folder, iri[BaseIri.Length..]) : "";
        return System.IO.File.Exists(path) ? System.IO.File.ReadAllBytes(path) : null;
    }
}
