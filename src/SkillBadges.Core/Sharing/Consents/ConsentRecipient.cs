using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>To whom something may be shown.</summary>
public enum RecipientKind
{
    /// <summary>One organization, by its id.</summary>
    Organization,

    /// <summary>Whoever is given a link that nobody can guess.</summary>
    ShareLink,

    /// <summary>Everybody.</summary>
    PublicPage,

    /// <summary>Employers who search for people with skills.</summary>
    EmployerSearch,

    /// <summary>The school's list of who reached a new level.</summary>
    LevelUpList,
}

/// <param name="Organization">For <see cref="RecipientKind.Organization"/> alone.</param>
public sealed record ConsentRecipient(RecipientKind Kind, OrganizationId? Organization = null)
{
    /// <exception cref="RefusedException"><c>consent.recipient</c>.</exception>
    public ConsentRecipient Checked() => Enum.IsDefined(Kind) && (Kind == RecipientKind.Organization) == (Organization is not null)
        ? this
        : throw Refused.Invalid("consent.recipient", "A consent names one organization, or a class of recipients and no organization.");
}
