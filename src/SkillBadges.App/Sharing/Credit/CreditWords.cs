using System.Globalization;
using SkillBadges.App.Layout;
using SkillBadges.Core.Sharing.Claims;

namespace SkillBadges.App.Sharing.Credit;

/// <summary>The words of claims on pages.</summary>
internal static class CreditWords
{
    private static readonly string[] seasons = ["winter", "spring", "summer", "fall"];

    /// <summary>Such as <c>Fall 2027</c>.</summary>
    public static string Term(Texts t, string code)
    {
        var (year, season) = (code[..4], code[5..]);
        return season switch
        {
            "winter" => t["Winter {0}", year],
            "spring" => t["Spring {0}", year],
            "summer" => t["Summer {0}", year],
            _ => t["Fall {0}", year],
        };
    }

    /// <summary>The terms of this year and the two after it.</summary>
    public static IEnumerable<string> Terms(DateOnly today) => from year in Enumerable.Range(today.Year, 3) from season in seasons select string.Create(CultureInfo.InvariantCulture, $"{year}-{season}");

    /// <summary>The same and those of the year before, for a college that looks through its claims.</summary>
    public static IEnumerable<string> TermsToFind(DateOnly today) => Terms(today.AddYears(-1)).Union(Terms(today));

    public static string State(Texts t, CreditClaim claim, DateOnly today) => claim.StateOn(today) switch
    {
        ClaimState.Submitted => t["Sent; the college has not answered yet"],
        ClaimState.Waiting => Step(t, claim.Wait!.For),
        ClaimState.Posted => t["Credit granted"],
        ClaimState.Declined => t["Declined"],
        ClaimState.Expired => t["The deadline has passed"],
        _ => t["Taken back"],
    };

    public static string Step(Texts t, AwaitedStep step) => step switch
    {
        AwaitedStep.Admission => t["Waits until the student is admitted"],
        AwaitedStep.Fee => t["Waits for the fee"],
        _ => t["Waits for the final transcript"],
    };

    public static string StepName(Texts t, AwaitedStep step) => step switch
    {
        AwaitedStep.Admission => t["admission"],
        AwaitedStep.Fee => t["the fee"],
        _ => t["the final transcript"],
    };

    public static string Grade(Texts t, ClaimPosting posting) => posting.Grade ?? posting.GradeType switch
    {
        GradeType.Pass => t["passed"],
        _ => t["credit without a mark"],
    };
}
