using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions;

/// <summary>One published version of a badge, written <c>smaw-fillet@1</c>.</summary>
[JsonConverter(typeof(BadgeVersionIdJson))]
public readonly record struct BadgeVersionId(string Slug, int Version) : IParsable<BadgeVersionId>
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Slug}@{Version}");

    /// <exception cref="RefusedException"><c>definition.bad-version-id</c>.</exception>
    public static BadgeVersionId Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var id)
        ? id
        : throw Refused.Invalid("definition.bad-version-id", "A badge version is written as its slug, an @ and a number from 1, such as smaw-fillet@1.");

    /// <summary>Accepts only the one spelling that <see cref="ToString"/> writes: no sign, no leading zero.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BadgeVersionId result)
    {
        result = default;
        var at = s?.LastIndexOf('@') ?? -1;
        if (at < 1 || at + 1 == s!.Length || s[at + 1] == '0' || !Definitions.Slug.IsValid(s.AsSpan(0, at))
            || !int.TryParse(s.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return false;
        }

        result = new(s[..at], version);
        return true;
    }
}

internal sealed class BadgeVersionIdJson : JsonConverter<BadgeVersionId>
{
    public override BadgeVersionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BadgeVersionId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("Not a badge version id.");

    public override void Write(Utf8JsonWriter writer, BadgeVersionId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
