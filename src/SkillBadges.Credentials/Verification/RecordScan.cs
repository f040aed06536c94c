using System.Text.Json;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Tells a learner record from other large files by reading it once from front to end, in constant memory: nothing is built of it before it is known to be one
/// and to hold a bounded number of things.
/// </summary>
internal static class RecordScan
{
    /// <summary>Whether it is JSON whose own <c>type</c> names a learner record, within these limits.</summary>
    internal static bool IsRecord(ReadOnlySpan<byte> utf8, int maxBytes, int maxTokens)
    {
        if (utf8.Length > maxBytes)
        {
            return false;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth });
        var (tokens, isType, isRecord) = (0, false, false);
        try
        {
            while (reader.Read())
            {
                if (++tokens > maxTokens)
                {
                    return false;
                }

                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    isType = reader.ValueTextEquals("type"u8);
                }
                else if (isType && reader.TokenType == JsonTokenType.String && reader.CurrentDepth <= 2)
                {
                    isRecord |= reader.ValueTextEquals("ClrCredential"u8);
                }
            }

            return isRecord;
        }
        catch (JsonException)
        {
            // Not JSON, or too deep: as large as it is, nothing that is looked at.
            return false;
        }
    }
}
