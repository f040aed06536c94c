using SkillBadges.App.Layout;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Organizations.Office;

/// <summary>What was done, in people's words.</summary>
internal static class ActWords
{
    public static string Of(Texts T, ActKind kind) => kind switch
    {
        ActKind.PersonEntered => T["Entered somebody"],
        ActKind.PeopleListEntered => T["Entered a list of people"],
        ActKind.RoleGiven => T["A role begins"],
        ActKind.RoleEnded => T["A role ended"],
        ActKind.Invited => T["Made a link to join"],
        ActKind.InvitationTakenBack => T["Took a link to join back"],
        ActKind.PasswordLinkMade => T["Made a link for a new password"],
        ActKind.AccountClosed => T["Closed an account"],
        ActKind.GuardianRecorded => T["Wrote down a guardian of"],
        ActKind.GuardianEnded => T["Ended a guardianship of"],
        ActKind.SettingsChanged => T["Changed the settings"],
        ActKind.LogoChanged => T["Changed the logo"],
        ActKind.KeysChanged => T["Made new keys"],
        ActKind.IssuerTrusted => T["Added to the schools we accept"],
        ActKind.IssuerDistrusted => T["Took off the schools we accept"],
        ActKind.RosterApplied => T["Took a roster over"],
        ActKind.BadgeTakenBack => T["Took a badge back"],
        ActKind.BadgeOnHold => T["Put a badge on hold"],
        ActKind.ClassChanged => T["Changed who is in a class"],
        ActKind.BadgeReinstated => T["Let a badge count again"],
        ActKind.BadgePublished => T["Published a badge"],
        ActKind.BadgeRetired => T["Retired a badge"],
        ActKind.BadgeSigned => T["Signed a badge"],
        ActKind.BadgeSignedByLink => T["Asked for a signature by letter and code, which was given"],
        ActKind.SignOffTakenBack => T["Took a sign-off of a badge back"],
        ActKind.VoteRecorded => T["Recorded a vote of a committee"],
        ActKind.AgreementProposed => T["Proposed the wording of an agreement"],
        ActKind.AgreementMade => T["Agreed to an agreement"],
        ActKind.AgreementEnded => T["Ended an agreement"],
        ActKind.GradePolicyWritten => T["Wrote a policy of grades"],
        ActKind.MarkPolicyWritten => T["Wrote a policy of marks"],
        ActKind.GraduationRulesWritten => T["Wrote rules of graduation"],
        ActKind.CycleOpened => T["Opened a grading period"],
        ActKind.CycleFrozen => T["Froze a grading period"],
        ActKind.InternshipArranged => T["Entered an internship of"],
        ActKind.InternshipEnded => T["Ended an internship of"],
        ActKind.SupervisorLinkSent => T["Sent a link to the supervisor of"],
        ActKind.SupervisorLinkTakenBack => T["Took a link back from the supervisor of"],
        ActKind.OrganizationFounded => T["Entered this organization"],
        _ => throw new InvalidOperationException($"{kind} has no words."),
    };
}
