using System.Text.RegularExpressions;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>A college's term: the year and its season, such as <c>2027-fall</c>.</summary>
public static partial class CollegeTerm
{
    /// <exception cref="RefusedException"><c>claim.term</c>.</exception>
    public static string Require(string? text) => text is not null && Form().IsMatch(text)
        ? text
        : throw Refused.Invalid("claim.term", "A term is a year and winter, spring, summer or fall, such as 2027-fall.");

    [GeneratedRegex(@"^20[0-9]{2}-(winter|spring|summer|fall)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
