using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions;

/// <summary>One immutable version of a named set of badges and certificates that count together, as for credit or a diploma.</summary>
public sealed record BadgeStack
{
    public required string Slug { get; init; }

    /// <summary>From 1; zero until published.</summary>
    public int Version { get; init; }

    /// <summary>SHA-256 of the content, the version left out; unset until published.</summary>
    public Sha256Digest ContentHash { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>All of them are needed.</summary>
    public required ImmutableArray<RequiredBadge> Badges { get; init; }

    /// <summary>Certificates of others that are needed besides.</summary>
    public required ImmutableArray<RequiredCertificate> Certificates { get; init; }

    /// <summary>What counts for the stack's own award, which is made by itself as soon as nothing is missing; null where none is made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StackCounting? Award { get; init; }

    [JsonIgnore]
    public BadgeVersionId Id => new(Slug, Version);

    /// <summary>This content as a published version, its hash taken.</summary>
    public BadgeStack Publish(int version) => version < 1
        ? throw new ArgumentOutOfRangeException(nameof(version), version, "Versions count from 1.")
        : this with { Version = version, ContentHash = DefinitionHash.Of(this) };
}

/// <summary>A badge by its slug, in any version.</summary>
/// <param name="MinimumLevel">Code of the level every competency must have reached, or null for what the badge itself asks.</param>
public sealed record RequiredBadge(string Slug, string? MinimumLevel = null);

/// <summary>A certificate somebody else issues, such as a CPR card.</summary>
/// <param name="Issuers">Who may have issued it, in words.</param>
/// <param name="MaxAgeMonths">How old it may be, or null where its own expiry decides.</param>
public sealed record RequiredCertificate(string Id, string Name, string Issuers, int? MaxAgeMonths = null);

/// <summary>Which badges count for a stack's own award.</summary>
public enum StackCounting
{
    /// <summary>Those that the organization awarded itself.</summary>
    Earned,

    /// <summary>Also those from elsewhere that it recognized.</summary>
    Recognized,
}
