using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

/// <summary>
/// A sheet in as few bytes as it can be read from, since a class is a thousand and more of them: a fact is an array in the order of its members, instants are microseconds,
/// and scales are named once.
/// </summary>
internal sealed class BadgeSheetJson : JsonConverter<BadgeSheet>
{
    public override BadgeSheet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Expect(ref reader, JsonTokenType.PropertyName);
        Expect(ref reader, JsonTokenType.StartArray);
        var (keeper, learner, badge) = (OrganizationId.From(Text(ref reader)), PersonId.From(Text(ref reader)), Text(ref reader));
        var scales = new List<ScaleReference>(1);
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            scales.Add(new(reader.GetString()!, (int)Number(ref reader), Sha256Digest.TryParse(Text(ref reader), out var digest) ? digest : throw Broken()));
        }

        var words = RecurringWords.OfThisThread;
        var facts = ImmutableArray.CreateBuilder<LevelFact>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            facts.Add(new(
                Text(ref reader),
                Number(ref reader),
                words.Of(Next(ref reader)),
                (int)Number(ref reader),
                scales[(int)Number(ref reader)],
                words.Of(Next(ref reader)),
                (int)Number(ref reader),
                Number(ref reader) == 1,
                (int)Number(ref reader),
                Instants.FromMicroseconds(Number(ref reader)),
                Instants.FromMicroseconds(Number(ref reader)),
                Effect(Next(ref reader)),
                TextOrNull(ref reader),
                TextOrNull(ref reader) is { } section ? ClassSectionId.From(section) : null));
            Expect(ref reader, JsonTokenType.EndArray);
        }

        Expect(ref reader, JsonTokenType.EndArray);
        Expect(ref reader, JsonTokenType.EndObject);
        return new(keeper, learner, badge, facts.ToImmutable());
    }

    public override void Write(Utf8JsonWriter writer, BadgeSheet value, JsonSerializerOptions options)
    {
        var scales = value.Facts.Select(fact => fact.Scale).Distinct().ToList();
        writer.WriteStartObject();
        writer.WriteStartArray("sheet");
        writer.WriteStringValue(value.RecordKeeper.Value);
        writer.WriteStringValue(value.Learner.Value);
        writer.WriteStringValue(value.Badge);
        writer.WriteStartArray();
        foreach (var scale in scales)
        {
            writer.WriteStringValue(scale.Id);
            writer.WriteNumberValue(scale.Version);
            writer.WriteStringValue(scale.Digest.Hex);
        }

        writer.WriteEndArray();
        writer.WriteStartArray();
        foreach (var fact in value.Facts)
        {
            Write(writer, fact, scales.IndexOf(fact.Scale));
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, LevelFact fact, int scale)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(fact.EntryId);
        writer.WriteNumberValue(fact.Sequence);
        writer.WriteStringValue(fact.CompetencyId);
        writer.WriteNumberValue(fact.Version);
        writer.WriteNumberValue(scale);
        writer.WriteStringValue(fact.Level);
        writer.WriteNumberValue(fact.Ordinal);
        writer.WriteNumberValue(fact.IsSufficient ? 1 : 0);
        writer.WriteNumberValue(fact.Attempt);
        writer.WriteNumberValue(fact.DecidedAt.ToMicroseconds());
        writer.WriteNumberValue(fact.RecordedAt.ToMicroseconds());
        writer.WriteStringValue(fact.Effect.ToString());
        writer.WriteStringValue(fact.Corrects);
        writer.WriteStringValue(fact.Section?.Value);
        writer.WriteEndArray();
    }

    private static EntryEffect Effect(in Utf8JsonReader reader) => reader.ValueTextEquals("Asserted"u8) ? EntryEffect.Asserted : Enum.Parse<EntryEffect>(reader.GetString()!);

    // At a text; nothing else is read by who asks for one.
    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            throw Broken();
        }

        return ref reader;
    }

    private static string Text(ref Utf8JsonReader reader) => TextOrNull(ref reader) ?? throw Broken();

    private static string? TextOrNull(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? reader.GetString() : throw Broken();

    private static long Number(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : throw Broken();

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw Broken();
        }
    }

    private static JsonException Broken() => new("Not a sheet.");
}
