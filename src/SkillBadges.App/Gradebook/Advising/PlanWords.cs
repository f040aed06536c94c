using SkillBadges.App.Layout;
using SkillBadges.Core.Gradebook.Graduation;
using SkillBadges.Core.Gradebook.Plans;

namespace SkillBadges.App.Gradebook.Advising;

/// <summary>Plans and audits in people's words.</summary>
internal static class PlanWords
{
    public static string Of(Texts T, PlanProgress progress) => progress switch
    {
        PlanProgress.NoPlan => T["no plan yet"],
        PlanProgress.NotReviewed => T["never reviewed"],
        PlanProgress.AwaitsSignature => T["review not signed"],
        _ => T["review signed"],
    };

    public static string? Mark(PlanProgress progress) => progress switch
    {
        PlanProgress.Agreed => "open",
        PlanProgress.AwaitsSignature => "Waiting",
        _ => null,
    };

    public static string Of(Texts T, PlanVoice voice) => voice switch
    {
        PlanVoice.Learner => T["student"],
        PlanVoice.Family => T["family"],
        _ => T["school"],
    };

    /// <summary>Whom a review waits for: the student's signature and the family's stand for each other.</summary>
    public static string Awaited(Texts T, PlanVoice voice) => voice == PlanVoice.Adviser ? T["the school"] : T["the student or the family"];

    public static string Of(Texts T, AuditGap gap) => gap.Kind switch
    {
        AuditGapKind.Parts => T["{0} more of: {1}", $"{gap.Amount:0}", gap.Name],
        AuditGapKind.Credits => T["{0} more credits of {1}", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{gap.Amount:0.##}"), gap.Name],
        AuditGapKind.NoBadge => T["There is no such badge any more."],
        AuditGapKind.NoStack => T["There is no such stack any more."],
        AuditGapKind.CertifiedSkill => T["{0}, with a certificate as proof: {1}", gap.Name, Stands(T, gap)],
        _ => T["{0}: {1}", gap.Name, Stands(T, gap)],
    };

    private static string Stands(Texts T, AuditGap gap) => gap.StandsAt is null ? T["no evidence yet"] : T["stands at {0}", gap.StandsAt];
}
