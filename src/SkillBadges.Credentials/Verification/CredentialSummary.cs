using System.Collections.Immutable;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// What a credential says, in the few words that a person wants to see. Everything comes from the credential's own bytes: the
/// level's name and descriptor are those that were signed, never looked up elsewhere.
/// </summary>
/// <param name="EvidenceIds">The ids of the evidence; ours are digests of the files (<c>ni:///sha-256;...</c>).</param>
public sealed record CredentialSummary(
    string? Id,
    ImmutableArray<string> Types,
    string? Name,
    string? IssuerId,
    string? IssuerName,
    string? SubjectId,
    string? AchievementId,
    string? AchievementName,
    string? AchievementVersion,
    string? AchievementDescription,
    ImmutableArray<ResultSummary> Results,
    DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidUntil,
    DateTimeOffset? AwardedDate,
    ImmutableArray<string> EvidenceIds);

/// <summary>One result, in the issuer's own scale.</summary>
/// <param name="Measure">What was measured: the name of the result description.</param>
/// <param name="Level">The name of the level that was reached, such as Proficient.</param>
/// <param name="Descriptor">What that level means, in the issuer's words.</param>
/// <param name="Value">A score or grade as it was written.</param>
public sealed record ResultSummary(string? Measure, string? LevelId, string? Level, string? Descriptor, string? Value, string? Status);
