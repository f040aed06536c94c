using System.Collections.Frozen;

namespace SkillBadges.Core.Notices;

/// <summary>The words of every kind of notice: the one table that a translation replaces. Letters repeat them, so they name nobody.</summary>
public static class NoticeWords
{
    private static readonly FrozenDictionary<NoticeKind, string> English = new Dictionary<NoticeKind, string>
    {
        [NoticeKind.WorkTurnedIn] = "A student has turned in work that waits for your sign-off.",
        [NoticeKind.WorkApproved] = "Turned-in work was signed off.",
        [NoticeKind.WorkReturned] = "Turned-in work came back with a note on what is missing.",
        [NoticeKind.DecisionUndone] = "A decision was taken back a moment after it was made; the work waits again.",
        [NoticeKind.Invitation] = "A school or an employer invites you.",
        [NoticeKind.DueSoon] = "Something that waits for you is due soon.",
        [NoticeKind.SignOffAsked] = "A badge waits for the approval of your organization.",
        [NoticeKind.SignOffWithdrawn] = "An organization has taken back its approval of a badge.",
        [NoticeKind.CoAuthorLeft] = "An organization no longer writes a badge with you; please look at what is missing now.",
        [NoticeKind.PaperworkMissing] = "Papers of an internship are missing.",
        [NoticeKind.BadgeTakenBack] = "A badge was taken back or put on hold.",
        [NoticeKind.StackEarned] = "You hold every badge of a stack, and have its own badge now.",
        [NoticeKind.ProfileProposed] = "Somebody proposes a line for your profile; you accept or decline it.",
        [NoticeKind.PitchProposed] = "A student proposes another way to show a skill and waits for your answer.",
        [NoticeKind.PitchAnswered] = "Your proposal of another way to show a skill was answered.",
        [NoticeKind.AssessmentAsked] = "A student asks you to come and look at their work.",
        [NoticeKind.MentorAnswered] = "Somebody whom you asked has written what they saw.",
        [NoticeKind.TeamWorkShared] = "A classmate names you in a piece of work that you did together.",
        [NoticeKind.RightsChanged] = "A school changed from which day the student, not the family, decides about the record.",
        [NoticeKind.ConsentAsked] = "Your yes or no is asked to showing a student record.",
        [NoticeKind.RecordSent] = "A school has sent a student record to another school that asked for it.",
        [NoticeKind.RecordAsked] = "Another school asks for a student record; a registrar decides.",
        [NoticeKind.PeerReviewAsked] = "A classmate asks what you think of a piece of work.",
        [NoticeKind.PeerReviewAnswered] = "A classmate has written what works and what to try.",
        [NoticeKind.PeerCommentHidden] = "A teacher has hidden a classmate's comment and says why.",
        [NoticeKind.RecognitionAnswered] = "A badge from elsewhere that was brought to a school has an answer.",
        [NoticeKind.RecognitionFell] = "A badge from elsewhere that counted at a school was taken back or put on hold at its source, and counts no more.",
        [NoticeKind.CreditClaimed] = "A student asks for college credit that was agreed on.",
        [NoticeKind.CreditAnswered] = "A college has answered a claim of college credit.",
        [NoticeKind.CreditPosted] = "A college has written down credit for a badge.",
        [NoticeKind.CreditDueSoon] = "A claim of college credit runs out soon unless something is done.",
        [NoticeKind.CreditRanOut] = "The deadline of a claim of college credit has passed; it can be made again.",
        [NoticeKind.CreditBadgeChanged] = "A badge behind a claim of college credit was taken back, put on hold or stands again.",
        [NoticeKind.TalentContactAsked] = "An employer asks to get in touch with you; it does not know who you are.",
        [NoticeKind.TalentContactAnswered] = "Somebody whom you asked to get in touch has answered.",
    }.ToFrozenDictionary();

    /// <summary>One sentence.</summary>
    public static string Of(NoticeKind kind) => English[kind];
}
