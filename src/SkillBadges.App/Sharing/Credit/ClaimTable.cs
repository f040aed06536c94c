using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Sharing.Claims;

namespace SkillBadges.App.Sharing.Credit;

/// <summary>A college's claims as a table for its student system.</summary>
internal static class ClaimTable
{
    private static readonly string[] header =
    [
        "Claim", "State", "Term", "Deadline", "Course", "Title", "Credits", "Earned on", "Badge", "Name", "Birth date", "Student number", "Waits for", "Posted course", "Posted term", "Grade type", "Grade",
    ];

    public static byte[] Head() => FormulaSafeCsv.Write([header]);

    public static byte[] Rows(IEnumerable<(CreditClaim Claim, ApplicantFacts? Applicant)> lines, DateOnly today) => FormulaSafeCsv.WriteMore(lines.Select(line => Row(line.Claim, line.Applicant, today)));

    private static IReadOnlyList<string> Row(CreditClaim claim, ApplicantFacts? applicant, DateOnly today)
    {
        var state = claim.StateOn(today);
        var waits = state == ClaimState.Waiting ? claim.Wait : null;
        return
        [
            ClaimDocuments.NumberOf(claim.Id), state.ToString(), claim.Posting?.Term ?? claim.Term, state is ClaimState.Submitted or ClaimState.Waiting ? Day(claim.Deadline) : "",
            claim.Terms.CourseCode, claim.Terms.CourseTitle, claim.Terms.Credits.ToString(CultureInfo.InvariantCulture), Day(claim.EarnedOn), claim.Subject.ToString(),
            applicant?.Name ?? "", applicant is null ? "" : Day(applicant.BornOn), applicant?.Number ?? "", waits?.For.ToString() ?? "",
            claim.Posting?.Course ?? "", claim.Posting?.Term ?? "", claim.Posting?.GradeType.ToString() ?? "", claim.Posting?.Grade ?? "",
        ];
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
