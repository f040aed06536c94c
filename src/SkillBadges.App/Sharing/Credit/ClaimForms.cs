using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Sharing.Claims;

namespace SkillBadges.App.Sharing.Credit;

/// <summary>Reads what the college's forms send.</summary>
internal static class ClaimForms
{
    /// <exception cref="RefusedException"><c>claim.deadline</c>.</exception>
    public static DateOnly Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw Refused.Invalid("claim.deadline", "Please choose the last day.");

    /// <exception cref="RefusedException"><c>claim.answer</c>.</exception>
    public static AwaitedStep Step(string? text) => Enum.TryParse<AwaitedStep>(text, out var step) && Enum.IsDefined(step) ? step : throw Refused.Invalid("claim.answer", "Please choose what is missing.");

    /// <exception cref="RefusedException"><c>claim.answer</c>.</exception>
    public static GradeType Grade(string? text) => Enum.TryParse<GradeType>(text, out var type) && Enum.IsDefined(type) ? type : throw Refused.Invalid("claim.answer", "Please choose how the credit is graded.");
}
