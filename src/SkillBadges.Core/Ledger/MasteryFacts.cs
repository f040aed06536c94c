using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Ledger;

/// <summary>What an entry does to the record.</summary>
public enum EntryEffect
{
    /// <summary>A level was decided.</summary>
    Asserted,

    /// <summary>A level was decided in place of that of <see cref="MasteryFacts.Corrects"/>.</summary>
    Superseded,

    /// <summary>The entry <see cref="MasteryFacts.Corrects"/> was a mistake and counts no more.</summary>
    Retracted,
}

/// <summary>The competency as it was when decided; the badge may change or vanish later.</summary>
/// <param name="Uri">The same at every school that uses the badge: <c>{base}/achievements/{slug}/{version}#{competency}</c>.</param>
/// <param name="StatementDigest">SHA-256 of the statement's UTF-8 text: the address of its <see cref="CompetencyText"/>.</param>
public sealed record CompetencySnapshot(string Uri, BadgeVersionId Badge, string CompetencyId, string Name, Sha256Digest StatementDigest);

/// <param name="Digest">Address of the scale's snapshot.</param>
public sealed record ScaleReference(string Id, int Version, Sha256Digest Digest);

/// <summary>The native level, readable without looking anything up.</summary>
/// <param name="IsProficient">At or above the cut of its scale.</param>
/// <param name="IsSufficient">At or above what the badge asks for in this competency, which may be below the cut.</param>
public sealed record LevelSnapshot(string Code, int Ordinal, string Label, string Descriptor, bool IsProficient, bool IsSufficient);

/// <summary>Proof by digest; the bytes are held apart and may be erased.</summary>
public sealed record EvidenceDigest(Sha256Digest Sha256, string MediaType, long Bytes, EvidenceKind Kind, LearningContext Context);

/// <param name="Did">The organization's issuer id.</param>
public sealed record IssuerReference(OrganizationId Organization, string Did);

/// <param name="Source">Such as <c>decision</c>; imports name their system.</param>
public sealed record Provenance(string Source, SubmissionId? Submission, string? DecisionId, Sha256Digest? OriginalDigest = null);

/// <summary>Where a level that was recognized comes from, and why it counts; the reason in words is in the notes.</summary>
/// <param name="Kind">Award, Credential or Past.</param>
/// <param name="Issuer">The issuer's id; null for what nobody signed.</param>
/// <param name="Source">SHA-256 over the issuer's and the credential's id.</param>
/// <param name="Award">The award, where it is one here.</param>
/// <param name="Entry">The entry that it was decided in, where it is here.</param>
/// <param name="Match">How the skill there is the skill here.</param>
/// <param name="Derived">What an agreed crosswalk makes of the level, beside it; null where none was used.</param>
/// <param name="Crosswalk">Crosswalk and wording.</param>
/// <param name="Checks">What was found good.</param>
public sealed record RecognizedFrom(string Kind, string? Issuer, string Source, string? Award, string? Entry, string Match, string? Derived, string? Crosswalk, ImmutableArray<string> Checks);

/// <summary>The part of an entry that is hashed as it stands: no name, no free text.</summary>
public sealed record MasteryFacts
{
    public required EntryEffect Effect { get; init; }

    /// <summary>Id of the entry that this one replaces or retracts.</summary>
    public string? Corrects { get; init; }

    public required CompetencySnapshot Competency { get; init; }

    public required ScaleReference Scale { get; init; }

    public required LevelSnapshot Level { get; init; }

    /// <summary>From 1; the attempt on which the level was decided.</summary>
    public required int Attempt { get; init; }

    public required ImmutableArray<EvidenceDigest> Evidence { get; init; }

    public required Assessor Assessor { get; init; }

    /// <summary>Those who judged beside the assessor: the supervisor who signed, the other rater. Absent where one judged.</summary>
    public ImmutableArray<Assessor>? Beside { get; init; }

    public DecisionContext? Context { get; init; }

    public required IssuerReference Issuer { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Until when it counts as recent; null for always.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    public required Provenance Provenance { get; init; }

    /// <summary>Absent where the level was decided here.</summary>
    public RecognizedFrom? Recognized { get; init; }
}

/// <summary>The part that can be erased: names and words. The chain holds only its salted digest.</summary>
public sealed record PersonalNotes(string? AssessorName, string? Comment, string? Reason, ImmutableArray<string> EvidenceTitles);
