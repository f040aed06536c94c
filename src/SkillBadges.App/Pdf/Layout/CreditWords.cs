using SkillBadges.App.Layout;
using SkillBadges.Core.Definitions.Articulations;

namespace SkillBadges.App.Pdf.Layout;

/// <summary>A college's promise in words.</summary>
internal static class CreditWords
{
    public static string Of(EarnedCredit credit, Texts T) =>
        T["{0} {1}, {2} credits, at {3}", credit.Terms.CourseCode, credit.Terms.CourseTitle, T.Number(credit.Terms.Credits, "#,0.##"), credit.College]
        + (credit.Terms.Conditions is { } conditions ? $" ({conditions})" : "");
}
