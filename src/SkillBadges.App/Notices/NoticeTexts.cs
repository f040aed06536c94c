using SkillBadges.App.Layout;
using SkillBadges.Core.Notices;

namespace SkillBadges.App.Notices;

/// <summary>The words of <see cref="NoticeWords"/> in the reader's language.</summary>
internal static class NoticeTexts
{
    public static string Of(Texts T, NoticeKind kind) => kind switch
    {
        NoticeKind.WorkTurnedIn => T["A student has turned in work that waits for your sign-off."],
        NoticeKind.WorkApproved => T["Turned-in work was signed off."],
        NoticeKind.WorkReturned => T["Turned-in work came back with a note on what is missing."],
        NoticeKind.DecisionUndone => T["A decision was taken back a moment after it was made; the work waits again."],
        NoticeKind.Invitation => T["A school or an employer invites you."],
        NoticeKind.DueSoon => T["Something that waits for you is due soon."],
        NoticeKind.SignOffAsked => T["A badge waits for the approval of your organization."],
        NoticeKind.SignOffWithdrawn => T["An organization has taken back its approval of a badge."],
        NoticeKind.CoAuthorLeft => T["An organization no longer writes a badge with you; please look at what is missing now."],
        NoticeKind.PaperworkMissing => T["Papers of an internship are missing."],
        NoticeKind.BadgeTakenBack => T["A badge was taken back or put on hold."],
        NoticeKind.StackEarned => T["You hold every badge of a stack, and have its own badge now."],
        NoticeKind.ProfileProposed => T["Somebody proposes a line for your profile; you accept or decline it."],
        NoticeKind.PitchProposed => T["A student proposes another way to show a skill and waits for your answer."],
        NoticeKind.PitchAnswered => T["Your proposal of another way to show a skill was answered."],
        NoticeKind.AssessmentAsked => T["A student asks you to come and look at their work."],
        NoticeKind.MentorAnswered => T["Somebody whom you asked has written what they saw."],
        NoticeKind.TeamWorkShared => T["A classmate names you in a piece of work that you did together."],
        NoticeKind.RightsChanged => T["A school changed from which day the student, not the family, decides about the record."],
        NoticeKind.ConsentAsked => T["Your yes or no is asked to showing a student record."],
        NoticeKind.RecordSent => T["A school has sent a student record to another school that asked for it."],
        NoticeKind.RecordAsked => T["Another school asks for a student record; a registrar decides."],
        NoticeKind.PeerReviewAsked => T["A classmate asks what you think of a piece of work."],
        NoticeKind.PeerReviewAnswered => T["A classmate has written what works and what to try."],
        NoticeKind.PeerCommentHidden => T["A teacher has hidden a classmate's comment and says why."],
        NoticeKind.RecognitionAnswered => T["A badge from elsewhere that was brought to a school has an answer."],
        NoticeKind.RecognitionFell => T["A badge from elsewhere that counted at a school was taken back or put on hold at its source, and counts no more."],
        NoticeKind.CreditClaimed => T["A student asks for college credit that was agreed on."],
        NoticeKind.CreditAnswered => T["A college has answered a claim of college credit."],
        NoticeKind.CreditPosted => T["A college has written down credit for a badge."],
        NoticeKind.CreditDueSoon => T["A claim of college credit runs out soon unless something is done."],
        NoticeKind.CreditRanOut => T["The deadline of a claim of college credit has passed; it can be made again."],
        NoticeKind.CreditBadgeChanged => T["A badge behind a claim of college credit was taken back, put on hold or stands again."],
        NoticeKind.TalentContactAsked => T["An employer asks to get in touch with you; it does not know who you are."],
        NoticeKind.TalentContactAnswered => T["Somebody whom you asked to get in touch has answered."],
        _ => NoticeWords.Of(kind),
    };
}
