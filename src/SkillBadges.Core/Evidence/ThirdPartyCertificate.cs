namespace SkillBadges.Core.Evidence;

/// <summary>A certificate that somebody else issued.</summary>
/// <param name="ExpiresOn">The last day on which it is good; null when it has no end.</param>
public sealed record ThirdPartyCertificate(string Number, string Issuer, DateOnly? ExpiresOn)
{
    /// <summary>Where its issuer can be asked; shown as a link and never fetched.</summary>
    public string? RegistryUrl { get; init; }

    public bool IsExpired(DateOnly today) => ExpiresOn < today;
}
