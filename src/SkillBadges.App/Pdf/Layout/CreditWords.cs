using System.Globalization;
using SkillBadges.Core.Definitions.Articulations;

namespace SkillBadges.App.Pdf.Layout;

/// <summary>A college's promise in words.</summary>
internal static class CreditWords
{
    public static string Of(EarnedCredit credit) => string.Create(
        CultureInfo.InvariantCulture, $"{credit.Terms.CourseCode} {credit.Terms.CourseTitle}, {credit.Terms.Credits:0.##} credits, at {credit.College}")
        + (credit.Terms.Conditions is { } conditions ? $" ({conditions})" : "");
}
