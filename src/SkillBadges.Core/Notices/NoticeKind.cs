namespace SkillBadges.Core.Notices;

/// <summary>What somebody is told of; each kind has its words in <see cref="NoticeWords"/>. The comment says whose id the notice is about.</summary>
public enum NoticeKind
{
    /// <summary>To an assessor; a submission.</summary>
    WorkTurnedIn,

    /// <summary>To the learner, or their family; a submission.</summary>
    WorkApproved,

    /// <summary>To the learner, or their family; a submission.</summary>
    WorkReturned,

    /// <summary>To the learner, or their family; a submission.</summary>
    DecisionUndone,

    /// <summary>To somebody whom an organization has entered; an organization.</summary>
    Invitation,

    /// <summary>To whoever something waits for; a submission.</summary>
    DueSoon,

    /// <summary>To somebody who signs badges for their organization; a badge's slug.</summary>
    SignOffAsked,

    /// <summary>To those who sign for the organizations that write a badge, and to the offices of those that awarded it; a badge's slug.</summary>
    SignOffWithdrawn,

    /// <summary>To those who sign for the organizations that still write a badge; a badge's slug.</summary>
    CoAuthorLeft,

    /// <summary>To the school's coordinator; a placement.</summary>
    PaperworkMissing,

    /// <summary>To the learner; an award.</summary>
    BadgeTakenBack,

    /// <summary>To the learner; a derived credential.</summary>
    StackEarned,

    /// <summary>To the learner; a learner's profile.</summary>
    ProfileProposed,

    /// <summary>To a teacher; a pitch.</summary>
    PitchProposed,

    /// <summary>To the learner; a pitch.</summary>
    PitchAnswered,

    /// <summary>To a teacher; an assessment request.</summary>
    AssessmentAsked,

    /// <summary>To the learner; a confirmation.</summary>
    MentorAnswered,

    /// <summary>To a classmate; a piece of team work.</summary>
    TeamWorkShared,

    /// <summary>To the learner and to guardians: from another day the learner holds the rights in the record; a learner.</summary>
    RightsChanged,

    /// <summary>To whoever's yes is missing, the learner or a guardian; a consent.</summary>
    ConsentAsked,

    /// <summary>To the learner and to guardians who hold the rights: their school sent the record to another (34 CFR 99.34); a transfer.</summary>
    RecordSent,

    /// <summary>To the registrars of the school that is asked; a transfer.</summary>
    RecordAsked,

    /// <summary>To a classmate; a peer review.</summary>
    PeerReviewAsked,

    /// <summary>To the learner; a peer review.</summary>
    PeerReviewAnswered,

    /// <summary>To the learner and who wrote; a peer review.</summary>
    PeerCommentHidden,

    /// <summary>To the learner; a recognition.</summary>
    RecognitionAnswered,

    /// <summary>To the learner, and to those who relied on it; a recognition.</summary>
    RecognitionFell,

    /// <summary>To a college's office; a credit claim.</summary>
    CreditClaimed,

    /// <summary>To the student, and a guardian who made the claim; a credit claim.</summary>
    CreditAnswered,

    /// <summary>To the student, and a guardian who made the claim; a credit claim.</summary>
    CreditPosted,

    /// <summary>To the student whose step is missing, or to the college that has not answered; a credit claim.</summary>
    CreditDueSoon,

    /// <summary>To the student, and a guardian who made the claim; a credit claim.</summary>
    CreditRanOut,

    /// <summary>To a college's office; a credit claim.</summary>
    CreditBadgeChanged,

    /// <summary>To the learner; a talent contact.</summary>
    TalentContactAsked,

    /// <summary>To who asked at the employer; a talent contact.</summary>
    TalentContactAnswered,
}
