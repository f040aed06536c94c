using System.Text.Json;

namespace SkillBadges.Credentials;

/// <summary>The few members of a credential that proofs and checks need, whatever model it follows. Absent or misshapen is null.</summary>
internal static class CredentialMembers
{
    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    internal static string? IssuerId(JsonElement credential) => IdOf(credential, "issuer");

    /// <summary>The subject's id; null as well when there are several subjects.</summary>
    internal static string? SubjectId(JsonElement credential) =>
        credential.TryGetProperty("credentialSubject", out var subject) && Single(subject) is { } only ? Text(only, "id") : null;

    internal static DateTimeOffset? Instant(JsonElement credential, string name) =>
        DateTimeStamp.TryParse(Text(credential, name), out var instant) ? instant : null;

    /// <summary>A type that may be written as one text or as an array of texts.</summary>
    internal static bool HasType(JsonElement element, string type) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out var types) && HasText(types, type);

    internal static bool HasText(JsonElement oneOrMany, string text) => oneOrMany.ValueKind switch
    {
        JsonValueKind.String => oneOrMany.ValueEquals(text),
        JsonValueKind.Array => oneOrMany.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(text)),
        _ => false,
    };

    /// <summary>The values of a member that may hold one value or an array of them.</summary>
    internal static IEnumerable<JsonElement> Values(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
    }

    private static string? IdOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : Text(value, "id")
            : null;

    private static JsonElement? Single(JsonElement oneOrMany) => oneOrMany.ValueKind switch
    {
        JsonValueKind.Object => oneOrMany,
        JsonValueKind.Array when oneOrMany.GetArrayLength() == 1 => oneOrMany[0],
        _ => null,
    };
}
