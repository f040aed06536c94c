using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Records to JSON and, for display, JSON back to records (<see cref="OpenBadgeReading"/>).</summary>
public static class OpenBadgeJson
{
    // Markup characters are written as escapes, so that a credential quoted inside HTML or SVG ends nothing there.
    private static readonly JsonWriterOptions writing = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), MaxDepth = 64 };

    public static byte[] Write(IJsonObject value)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, writing))
        {
            value.Write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A badge or its VCDM 1.1 form, read for display; null when it is no credential about an achievement.</summary>
    public static AchievementCredential? ReadAchievementCredential(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = StrictJson.Parse(utf8);
            return OpenBadgeReading.AchievementCredential(document.RootElement);
        }
        catch (MalformedException)
        {
            return null;
        }
    }

    internal static IReadOnlyList<string> ContextFor(IReadOnlyList<CredentialSchema> schemas) =>
        schemas.Any(schema => schema.Type.StartsWith("1EdTech", StringComparison.Ordinal))
            ? [OpenBadgeTerms.CredentialsContext, OpenBadgeTerms.OpenBadgesContext, OpenBadgeTerms.ExtensionsContext]
            : [OpenBadgeTerms.CredentialsContext, OpenBadgeTerms.OpenBadgesContext];

    // OB 3.0 says one status, VCDM 2.0 (REC 2025-05-15) 4.10 one or more: a single entry is written so that it satisfies both.
    internal static void Status(Utf8JsonWriter json, IReadOnlyList<BitstringStatusListEntry> entries)
    {
        if (entries.Count == 1)
        {
            json.Member("credentialStatus", entries[0]);
        }
        else
        {
            json.Members("credentialStatus", entries);
        }
    }
}
