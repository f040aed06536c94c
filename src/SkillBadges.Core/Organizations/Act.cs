using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>What an office did that changes who may do what, or what holds.</summary>
public enum ActKind
{
    /// <summary>About a person.</summary>
    PersonEntered,

    PeopleListEntered,

    /// <summary>About a person.</summary>
    RoleGiven,

    /// <summary>About a person; also by the person.</summary>
    RoleEnded,

    /// <summary>About a person, or nobody where the invitation is for whoever has it.</summary>
    Invited,

    InvitationTakenBack,

    /// <summary>About a person: a link for a new password was handed over.</summary>
    PasswordLinkMade,

    /// <summary>About a person.</summary>
    AccountClosed,

    /// <summary>About the student.</summary>
    GuardianRecorded,

    /// <summary>About the student.</summary>
    GuardianEnded,

    /// <summary>About the settings that are others now, by their names with spaces between.</summary>
    SettingsChanged,

    KeysChanged,

    LogoChanged,

    IssuerTrusted,

    IssuerDistrusted,

    /// <summary>About the import.</summary>
    RosterApplied,

    /// <summary>About the award.</summary>
    BadgeTakenBack,

    /// <summary>About the award.</summary>
    BadgeOnHold,

    /// <summary>About the award.</summary>
    BadgeReinstated,

    /// <summary>About the class: a teacher took students into it, or out.</summary>
    ClassChanged,

    /// <summary>About the version, such as <c>smaw-fillet@2</c>.</summary>
    BadgePublished,

    /// <summary>About the badge.</summary>
    BadgeRetired,

    /// <summary>About the badge.</summary>
    BadgeSigned,

    /// <summary>About the badge; by whoever asked somebody without an account to sign.</summary>
    BadgeSignedByLink,

    /// <summary>About the badge.</summary>
    SignOffTakenBack,

    /// <summary>About the badge.</summary>
    VoteRecorded,

    /// <summary>About the agreement: a wording that the other side has not said yes to.</summary>
    AgreementProposed,

    /// <summary>About the agreement.</summary>
    AgreementMade,

    /// <summary>About the agreement.</summary>
    AgreementEnded,

    /// <summary>About the policy's version.</summary>
    GradePolicyWritten,

    /// <summary>About the policy's version.</summary>
    MarkPolicyWritten,

    /// <summary>About the version of the rules.</summary>
    GraduationRulesWritten,

    /// <summary>About the cycle.</summary>
    CycleOpened,

    /// <summary>About the cycle.</summary>
    CycleFrozen,

    /// <summary>About the student.</summary>
    InternshipArranged,

    /// <summary>About the student.</summary>
    InternshipEnded,

    /// <summary>About the student: a link that needs no account.</summary>
    SupervisorLinkSent,

    /// <summary>About the student.</summary>
    SupervisorLinkTakenBack,

    OrganizationFounded,
}

/// <summary>
/// A line of "who did what": written in the commit of what was done, so that neither is there without the other, and never changed. It holds ids and names of settings, and no words.
/// </summary>
/// <param name="Organization">Whose office it concerns.</param>
/// <param name="About">Id of a person or a thing, as the kind says; null where the kind says all.</param>
public sealed record Act(string Id, OrganizationId Organization, PersonId By, DateTimeOffset At, ActKind Kind, string? About);

public static class ActDocuments
{
    public static readonly AccessPath<Act> ByOrganization = new AccessPath<Act>("organization").Equal("organization", act => act.Organization.Value).OrderBy("at", act => act.At);

    public static readonly AccessPath<Act> ByActor = new AccessPath<Act>("actor").Equal("actor", act => act.By.Value).Equal("organization", act => act.Organization.Value).OrderBy("at", act => act.At);

    public static readonly DocumentKind<Act> Kind = new("act", act => act.Id) { Paths = [ByOrganization, ByActor] };

    /// <summary>Writes the line in this commit.</summary>
    public static Changes Audit(this Changes changes, OrganizationId organization, Actor by, ActKind kind, string? about, DateTimeOffset at) =>
        changes.Add(Kind, new(NewId.Ordered(at), organization, by.Person, at, kind, about));
}
