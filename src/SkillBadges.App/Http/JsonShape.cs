using System.Text.Json;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Http;

/// <summary>Looks through a body before anything is made of it: whole, no member twice, no list with holes, not too deep, text that can be stored.</summary>
internal static class JsonShape
{
    /// <exception cref="RequestRefusedException"><c>request.malformed-json</c>, <c>request.duplicate-member</c>, <c>request.too-deep</c>, <c>request.wrong-type</c> or <c>request.text-not-storable</c>.</exception>
    public static void Check(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 1000 });
        var members = new Stack<HashSet<string>?>();
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                    case JsonTokenType.StartArray:
                        if (reader.CurrentDepth >= RequestJson.MaxDepth)
                        {
                            throw RequestRefused.With(400, "request.too-deep", $"The JSON is nested more than {RequestJson.MaxDepth} levels deep.");
                        }

                        members.Push(reader.TokenType == JsonTokenType.StartObject ? new(StringComparer.Ordinal) : null);
                        break;
                    case JsonTokenType.EndObject:
                    case JsonTokenType.EndArray:
                        members.Pop();
                        break;
                    case JsonTokenType.PropertyName:
                        if (!members.Peek()!.Add(Storable(reader.GetString()!)))
                        {
                            throw RequestRefused.With(400, "request.duplicate-member", "A member occurs twice in the same object; readers disagree on which one counts.");
                        }

                        break;
                    case JsonTokenType.String:
                        Storable(reader.GetString()!);
                        break;
                    case JsonTokenType.Null when members.TryPeek(out var around) && around is null:
                        // No list here may hold nothing in a place, which the types cannot say of their elements.
                        throw RequestRefused.With(400, "request.wrong-type", "A list holds null in place of an element.");
                    default:
                        break;
                }
            }
        }
        catch (JsonException)
        {
            throw RequestRefused.With(400, "request.malformed-json", "The body is not complete JSON.");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8.
            throw NotStorable();
        }
    }

    private static string Storable(string text) => StorableText.IsStorable(text) ? text : throw NotStorable();

    private static RequestRefusedException NotStorable() =>
        RequestRefused.With(400, "request.text-not-storable", "The body holds a character that cannot be stored (U+0000, half of a pair, or bytes that are not UTF-8).");
}
