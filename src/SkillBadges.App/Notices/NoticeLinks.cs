using SkillBadges.Core.Notices;

namespace SkillBadges.App.Notices;

/// <summary>The page on which somebody does what a notice tells of; null where there is none. It names an id and no person.</summary>
internal static class NoticeLinks
{
    public static string? Of(NoticeKind kind, string about) => kind switch
    {
        NoticeKind.WorkTurnedIn => $"/review/{Uri.EscapeDataString(about)}",
        NoticeKind.WorkApproved or NoticeKind.BadgeTakenBack or NoticeKind.StackEarned => "/my-badges",
        NoticeKind.WorkReturned or NoticeKind.DecisionUndone => "/work",
        NoticeKind.AssessmentAsked => "/classes",
        NoticeKind.SignOffAsked or NoticeKind.CoAuthorLeft => $"/authoring/{Uri.EscapeDataString(about)}",
        NoticeKind.SignOffWithdrawn => $"/badges/{Uri.EscapeDataString(about)}",
        NoticeKind.ConsentAsked or NoticeKind.RightsChanged => "/consents",
        NoticeKind.RecordSent or NoticeKind.RecognitionAnswered or NoticeKind.RecognitionFell => "/record",
        NoticeKind.ProfileProposed => "/profile",
        NoticeKind.CreditClaimed or NoticeKind.CreditBadgeChanged => $"/claims/{Uri.EscapeDataString(about)}",
        NoticeKind.CreditAnswered or NoticeKind.CreditPosted or NoticeKind.CreditRanOut => "/credit",
        NoticeKind.TalentContactAsked or NoticeKind.TalentContactAnswered => "/talent",
        _ => null,
    };
}
