using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Graduation;

/// <summary>A decision that satisfies a requirement.</summary>
/// <param name="EntryId">Of the ledger.</param>
/// <param name="Level">Label of the native level.</param>
/// <param name="IsProficient">False where the requirement takes less than proficient, which is then shown.</param>
public sealed record SatisfyingEntry(string EntryId, OrganizationId RecordKeeper, string Badge, string CompetencyId, string Name, string Level, bool IsProficient, DateTimeOffset DecidedAt)
{
    /// <summary>Where it was decided, where the record-keeper only recognized it.</summary>
    public RecognizedReference? Recognized { get; init; }
}

/// <summary>One requirement as it stands.</summary>
/// <param name="By">The decisions that satisfy it, parts left out.</param>
/// <param name="Missing">What is missing, in plain words; empty when it is satisfied.</param>
/// <param name="Credits">Earned in the category, for credits.</param>
public sealed record AuditedRequirement(
    string Id, string Title, RequirementKind Kind, bool IsSatisfied, ImmutableArray<SatisfyingEntry> By, ImmutableArray<string> Missing, decimal? Credits, ImmutableArray<AuditedRequirement> Parts)
{
    /// <summary>What <see cref="Missing"/> says, for pages that say it in other languages.</summary>
    [JsonIgnore]
    public ImmutableArray<AuditGap> Gaps { get; init; } = [];
}

/// <summary>What satisfies what and what is missing: a function of the record and the rules, so that it comes out the same whenever it is asked.</summary>
/// <param name="Withheld">Entries of other schools that the reader saw nothing of, because no basis was given; they may satisfy more.</param>
public sealed record GraduationAudit(PersonId Learner, string Rules, string Name, bool IsSatisfied, ImmutableArray<AuditedRequirement> Requirements, int Withheld);
