using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.CoAuthoring;

public enum SignOffMethod
{
    /// <summary>By somebody who signs for the organization here.</summary>
    Member,

    /// <summary>By a link and a code, without an account.</summary>
    Link,
}

/// <summary>Why and when an organization took its sign-off back.</summary>
public sealed record SignOffEnd(DateTimeOffset At, string Reason, PersonId By);

/// <summary>An organization's word for exactly one content.</summary>
/// <param name="Revision">The revision that was read.</param>
/// <param name="Meaning">The revision whose meaning it was given for: the same while only spelling is corrected after it.</param>
/// <param name="ContentHash">Of the revision that was read.</param>
public sealed record SignOff(
    string Id, OrganizationId Organization, SigningParty Party, int Revision, int Meaning, Sha256Digest ContentHash, SignOffMethod Method, DateTimeOffset At)
{
    public const int MaxCommentLength = 2000;

    /// <summary>Who signed, when it was somebody with an account here.</summary>
    public PersonId? Person { get; init; }

    /// <summary>Who signed by link, as they wrote it; never published.</summary>
    public string? SignerName { get; init; }

    /// <summary>Their part at the organization, as they wrote it.</summary>
    public string? SignerTitle { get; init; }

    public string? Comment { get; init; }

    /// <summary>Whose invitation the link was.</summary>
    public OrganizationId? InvitedBy { get; init; }

    public SignOffEnd? Withdrawn { get; init; }

    /// <exception cref="RefusedException"><c>sign-off.withdrawn</c>.</exception>
    public SignOff Withdraw(SignOffEnd end) => Withdrawn is null
        ? this with { Withdrawn = end }
        : throw Refused.Conflict("sign-off.withdrawn", "This sign-off was taken back already.");
}
