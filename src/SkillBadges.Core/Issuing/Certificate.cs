using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Issuing;

/// <param name="Meaning">What the level looks like for this skill.</param>
/// <param name="BelowCut">The label of the level from which work is proficient, where this one is lower and the badge asks for no more; else null.</param>
public sealed record CertificateLevel(string Skill, string Level, string Meaning, string? BelowCut);

/// <summary>What a certificate says of an award: the credential in people's words and in the reader's language, and the learner's name, which no credential holds.</summary>
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
    /// <summary>What the credential calls the badge, where the words here are a translation; else null.</summary>
    public string? SignedAs { get; init; }

    /// <summary>The issuer's, or null.</summary>
    public Sha256Digest? Logo { get; init; }

    /// <param name="award">An award that stands and is signed.</param>
    /// <param name="badge">The version that was awarded, in its own words.</param>
    /// <param name="language">In which the badge is named and explained, where its authors translated it.</param>
    /// <param name="learner">Who earned it.</param>
    /// <param name="issuer">Who awarded it.</param>
    /// <param name="address">Where it is checked.</param>
    /// <param name="credits">What it counts for.</param>
    public static Certificate Of(Award award, BadgeDefinition badge, string language, Person learner, Organization issuer, InstanceAddress address, IEnumerable<EarnedCredit> credits)
    {
        var words = badge.In(language);
        return new(
            award.Credential,
            address.CheckPage(award.Credential),
            learner.DisplayName,
            issuer.Name,
            words,
            [.. award.Levels.Select(level => Level(words, words.Competency(level.Competency), words.Scale.Level(level.Level)))],
            issuer.DayOf(award.AwardedAt),
            badge.RecencyMonths is { } months ? issuer.DayOf(award.AwardedAt.AddMonths(months)) : null,
            [.. credits],
            award.IssuedAt ?? award.AwardedAt)
        {
            SignedAs = ReferenceEquals(words, badge) ? null : badge.Name,
            Logo = issuer.Logo,
        };
    }

    private static CertificateLevel Level(BadgeDefinition badge, Competency competency, MasteryLevel level) => new(
        competency.Name,
        level.Label,
        competency.LevelDescriptors.GetValueOrDefault(level.Code) ?? level.Descriptor,
        badge.Scale.IsProficient(level.Code) ? null : badge.Scale.Level(badge.Scale.ProficientCut).Label);
}
