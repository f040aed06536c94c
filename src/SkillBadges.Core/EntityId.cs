using System.Text.Json;
using System.Text.Json.Serialization;

namespace SkillBadges.Core;

/// <summary>An id that is a type, so that a learner's id cannot be passed where a school's is meant.</summary>
public interface IEntityId<TSelf>
    where TSelf : struct, IEntityId<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

/// <summary>Writes an id as its text, also where it is the key of a dictionary.</summary>
public sealed class EntityIdJson<TId> : JsonConverter<TId>
    where TId : struct, IEntityId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);

    private static TId Parse(string? text) =>
        text is { Length: > 0 and <= 200 } ? TId.From(text) : throw new JsonException("An id has 1 to 200 characters.");
}
