using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>In what form something was brought.</summary>
public enum SourceKind
{
    /// <summary>An award of an organization here.</summary>
    Award,

    /// <summary>A signed credential of an issuer elsewhere, verified here.</summary>
    Credential,

    /// <summary>An older format or a row of somebody's list: nothing that could be verified, so a person decides.</summary>
    Past,
}

/// <summary>What a learner brought, as a recognition keeps it.</summary>
/// <param name="Key">SHA-256 over issuer and credential id: equal for the same credential (Open Badges 3.0 8.4), in whatever file it comes.</param>
/// <param name="Issuer">A DID or URL; null for what nobody signed.</param>
/// <param name="From">Whom it is from, in the source's own words.</param>
/// <param name="Digest">SHA-256 of the credential as it was brought.</param>
/// <param name="Name">The badge's name, in the source's own words.</param>
public sealed record BroughtBadge(SourceKind Kind, string Key, string? Issuer, string From, string CredentialId, Sha256Digest Digest, string Name, DateTimeOffset EarnedAt)
{
    public const int MaxTextLength = 300;

    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Its level or grade as a whole, in the source's own word.</summary>
    public string? Word { get; init; }

    public AwardId? Award { get; init; }

    /// <summary>The issuing organization, if it is here.</summary>
    public OrganizationId? Organization { get; init; }

    public static string KeyOf(string issuer, string credentialId) => Sha256Digest.Of(Encoding.UTF8.GetBytes($"{issuer}\n{credentialId}")).Hex;
}

/// <summary>One skill that the source speaks of, read from the source.</summary>
/// <param name="Badge">The badge version, where it is one of this instance; else null.</param>
/// <param name="CompetencyId">Its skill in that badge.</param>
/// <param name="Items">Identifiers of the framework items that it is aligned to.</param>
/// <param name="Scale">The scale of its level, where it is known here.</param>
/// <param name="Level">Code of a level of <paramref name="Scale"/>.</param>
/// <param name="Word">The level in the source's own word.</param>
/// <param name="Entry">The entry in the record here that it comes from.</param>
public sealed record BroughtSkill(string Name, BadgeVersionId? Badge, string? CompetencyId, ImmutableArray<string> Items, MasteryScale? Scale, string? Level, string? Word, MasteryEntry? Entry);

/// <summary>A source with all that was read from it; lives for one request.</summary>
/// <param name="Subject">The id under which it speaks of the learner; null for none.</param>
/// <param name="Text">The credential itself, to be checked again later; null for what is here or was never signed.</param>
public sealed record Brought(BroughtBadge Badge, ImmutableArray<BroughtSkill> Skills, string? Subject, string? Text)
{
    /// <summary>Where in the file it stood, as a JSON Pointer; empty for the file itself.</summary>
    public string Place { get; init; } = "";

    /// <summary>The subject signed a fresh question, for this learner.</summary>
    public bool IsPresented { get; init; }

    /// <summary>Whose it is, where it is an award here.</summary>
    public PersonId? Learner { get; init; }

    /// <summary>Why it counts for nothing: code and sentence; null when it is good.</summary>
    public RefusedException? Fault { get; init; }
}
