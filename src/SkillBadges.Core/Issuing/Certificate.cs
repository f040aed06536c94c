using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Issuing;

/// <param name="Meaning">What the level looks like for this skill.</param>
/// <param name="BelowCut">The label of the level from which work is proficient, where this one is lower and the badge asks for no more; else null.</param>
public sealed record CertificateLevel(string Skill, string Level, string Meaning, string? BelowCut);

/// <summary>What a certificate says of an award: the credential in people's words, and the learner's name, which no credential holds.</summary>
/// <param name="CheckAt">The page that checks the credential; tells nothing about the learner.</param>
/// <param name="AwardedOn">The day at the school; as <paramref name="GoodUntil"/>.</param>
/// <param name="GoodUntil">The last day on which it counts as recent; null for always.</param>
public sealed record Certificate(
    CredentialId Credential,
    string CheckAt,
    string Learner,
    string Issuer,
    BadgeDefinition Badge,
    ImmutableArray<CertificateLevel> Levels,
    DateOnly AwardedOn,
    DateOnly? GoodUntil,
    ImmutableArray<EarnedCredit> Credits,
    DateTimeOffset IssuedAt)
{
    /// <summary>Who wrote the badge: by name, or where any of a kind is meant, the kind.</summary>
    public IEnumerable<string> CoAuthors => Badge.CoAuthors.Select(author => author.Name ?? Kind(author.Kind.Replace('-', ' ')));

    /// <param name="award">An award that stands and is signed.</param>
    public static Certificate Of(Award award, BadgeDefinition badge, Person learner, Organization issuer, InstanceAddress address, IEnumerable<EarnedCredit> credits) => new(
        award.Credential,
        address.CheckPage(award.Credential),
        learner.DisplayName,
        issuer.Name,
        badge,
        [.. award.Levels.Select(level => Level(badge, badge.Competency(level.Competency), badge.Scale.Level(level.Level)))],
        issuer.DayOf(award.AwardedAt),
        badge.RecencyMonths is { } months ? issuer.DayOf(award.AwardedAt.AddMonths(months)) : null,
        [.. credits],
        award.IssuedAt ?? award.AwardedAt);

    private static string Kind(string kind) => kind is ['a' or 'e' or 'i' or 'o' or 'u', ..] ? $"an {kind}" : $"a {kind}";

    private static CertificateLevel Level(BadgeDefinition badge, Competency competency, MasteryLevel level) => new(
        competency.Name,
        level.Label,
        competency.LevelDescriptors.GetValueOrDefault(level.Code) ?? level.Descriptor,
        badge.Scale.IsProficient(level.Code) ? null : badge.Scale.Level(badge.Scale.ProficientCut).Label);
}
