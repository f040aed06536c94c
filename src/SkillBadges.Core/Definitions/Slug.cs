namespace SkillBadges.Core.Definitions;

/// <summary>
/// The short names of badges, stacks, scales and their parts: lower-case ASCII letters and digits in groups joined by single
/// hyphens, 2 to 64 characters. They stand in URLs, file names and identifiers, so nothing else is accepted.
/// </summary>
public static class Slug
{
    public const int MaxLength = 64;

    public const string Meaning = "lower-case letters and digits, groups joined by single hyphens, 2 to 64 characters";

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is < 2 or > MaxLength || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var hyphen = text[i] == '-';
            if ((!hyphen && !char.IsAsciiLetterLower(text[i]) && !char.IsAsciiDigit(text[i])) || (hyphen && text[i - 1] == '-'))
            {
                return false;
            }
        }

        return true;
    }
}
