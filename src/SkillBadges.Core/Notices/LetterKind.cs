namespace SkillBadges.Core.Notices;

/// <summary>What a letter is for; each kind has its words in <see cref="LetterWords"/>.</summary>
public enum LetterKind
{
    PasswordReset,

    /// <summary>To a role at an organization.</summary>
    Invitation,

    Notice,

    /// <summary>The notices of a day.</summary>
    Digest,

    /// <summary>A supervisor's way to the students of one internship.</summary>
    PassLink,

    /// <summary>A code for a device that is not known yet.</summary>
    Code,

    /// <summary>A link to approve a badge for an organization.</summary>
    SignOffLink,

    /// <summary>A mentor's way to say what they saw of a student's work.</summary>
    MentorLink,
}
