using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>How changed content is written, whoever changed it: on lines of its own for people who compare revisions, letters of other languages as they are.</summary>
public static class ContentText
{
    // The text is stored and sent as JSON; a page that shows it escapes it as any other text.
    private static readonly JsonSerializerOptions written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode content) => content.ToJsonString(written);
}
