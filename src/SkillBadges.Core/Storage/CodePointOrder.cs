using System.Text;

namespace SkillBadges.Core.Storage;

/// <summary>
/// The order of texts in every engine: by code point, which is the order of their UTF-8 bytes. (The ordinal order of
/// .NET differs: it puts an emoji before U+FFFD, because it compares halves of surrogate pairs.)
/// </summary>
public sealed class CodePointOrder : IComparer<string>
{
    public static CodePointOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var shared = x.AsSpan().CommonPrefixLength(y);
        if (shared == x.Length || shared == y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }

        // Where two code units differ, a surrogate stands for a code point above U+FFFF, greater than any other unit.
        var (left, right) = (x[shared], y[shared]);
        return char.IsSurrogate(left) == char.IsSurrogate(right) ? left.CompareTo(right) : char.IsSurrogate(left) ? 1 : -1;
    }

    /// <summary>The least text that is greater than every text with this prefix; null when there is none.</summary>
    public static string? EndOf(string prefix)
    {
        for (var end = prefix.Length; end > 0;)
        {
            var length = end > 1 && char.IsSurrogatePair(prefix[end - 2], prefix[end - 1]) ? 2 : 1;
            var last = char.ConvertToUtf32(prefix, end - length);
            if (last < 0x10FFFF)
            {
                // After U+D7FF comes U+E000: what lies between is no text.
                return string.Concat(prefix.AsSpan(0, end - length), new Rune(last == 0xD7FF ? 0xE000 : last + 1).ToString());
            }

            end -= length;
        }

        return null;
    }
}
