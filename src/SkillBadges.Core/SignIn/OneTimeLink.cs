using System.Text;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.SignIn;

public enum LinkPurpose
{
    /// <summary>Makes the first administrator of an empty instance.</summary>
    SetUp,

    /// <summary>Gives a role at an organization, and an account to those who have none.</summary>
    Invitation,

    PasswordReset,
}

/// <summary>
/// A link that does one thing once, for whoever holds its secret: 128 random bits, kept only as a hash. Looking at it
/// changes nothing (mail scanners look); a POST uses it, and it is removed in the commit of its effect.
/// </summary>
public sealed record OneTimeLink(string Id, string SecretHash, LinkPurpose Purpose, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan SetUpLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(14);
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    public PersonId? Person { get; init; }

    public OrganizationId? Organization { get; init; }

    public Role? Role { get; init; }

    /// <summary>Who gives what the link gives: they must still be able to when it is used.</summary>
    public PersonId? MadeBy { get; init; }

    /// <summary>The class whose teacher made an invitation for a student of theirs; null where an administrator did.</summary>
    public ClassSectionId? Section { get; init; }

    public static string HashOf(string secret) => Sha256Digest.Of(Encoding.UTF8.GetBytes(secret)).Hex;

    public bool HoldsAt(DateTimeOffset now) => now < ExpiresAt;
}
