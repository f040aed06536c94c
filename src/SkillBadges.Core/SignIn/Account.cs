using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.SignIn;

/// <summary>How a person signs in. Its id is the person's.</summary>
public sealed record Account(PersonId Person, string LoginName, string PasswordHash)
{
    public SecondFactor? SecondFactor { get; init; }

    /// <summary>Whom other authorities call by these names: linked by the person, or by a roster before the first sign-in.</summary>
    public ImmutableArray<ExternalIdentity> External { get; init; } = [];

    public DateTimeOffset? ClosedAt { get; init; }

    public bool IsClosed => ClosedAt is not null;

    public bool HasSecondFactor => SecondFactor?.ConfirmedAt is not null;

    public string LoginHash => SignIn.LoginName.HashOf(LoginName);

    /// <exception cref="RefusedException"><c>account.second-factor-on</c>.</exception>
    public Account Offer(SecondFactor factor) => HasSecondFactor
        ? throw Refused.Conflict("account.second-factor-on", "A second factor is on already; turn it off before setting up another.")
        : this with { SecondFactor = factor };

    public Account Close(DateTimeOffset at) => IsClosed ? this : this with { ClosedAt = at, SecondFactor = null, External = [] };
}

/// <summary>A person's name at another authority: <c>iss</c> and <c>sub</c>, never an e-mail address.</summary>
public sealed record ExternalIdentity(string Issuer, string Subject)
{
    /// <exception cref="RefusedException"><c>account.identity</c>.</exception>
    public static ExternalIdentity Of(string issuer, string subject) => issuer.Length is > 0 and <= 250 && subject.Length is > 0 and <= 250
        ? new(issuer, subject)
        : throw Refused.Invalid("account.identity", "An identity is the iss and sub of the authority's tokens, 1 to 250 characters each.");

    public string Hash => Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes($"{Issuer}\n{Subject}")).Hex;
}
