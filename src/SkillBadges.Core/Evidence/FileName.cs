using System.Buffers;

namespace SkillBadges.Core.Evidence;

/// <summary>The name a file had on the learner's device: shown, never used as a path.</summary>
public static class FileName
{
    public const int MaxLength = 120;

    private static readonly SearchValues<char> PathOrWildcard = SearchValues.Create("/\\:*?\"<>|%");

    /// <exception cref="RefusedException"><c>evidence.file-name</c>: a path, a hidden or reserved name, or a character that disguises.</exception>
    public static string Require(string? name)
    {
        var text = DisplayText.Require(name, MaxLength, "evidence.file-name");
        if (text.AsSpan().ContainsAny(PathOrWildcard) || text.StartsWith('.') || text.EndsWith('.') || text.Contains("..", StringComparison.Ordinal))
        {
            throw Refused.Invalid("evidence.file-name", "A file's name is a name alone, such as coupon-3.jpg, not a path; please rename it.");
        }

        return text;
    }
}
