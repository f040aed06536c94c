using System.Text;

namespace SkillBadges.Core.Storage;

/// <summary>
/// Text as it is ordered and searched by its beginning: lower case, composed where the runtime has the data for it (docs/decisions/0001), at most 256 UTF-8 bytes.
/// </summary>
public static class SearchText
{
    public static string Of(string text)
    {
        var folded = text.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        var bytes = 0;
        var end = 0;
        foreach (var rune in folded.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > IndexValue.MaxTextBytes)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return folded[..end];
    }
}
