using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Recognitions;

public enum RecognitionState
{
    /// <summary>A person of the school decides.</summary>
    Waiting,

    /// <summary>The learner is asked for more; the school still decides.</summary>
    MoreAsked,

    /// <summary>It counts; the record says so and points to the source.</summary>
    Recognized,

    Declined,

    /// <summary>It counted until the source was taken back.</summary>
    Fallen,

    /// <summary>It counted until the source was put on hold, and counts again when the hold ends.</summary>
    OnHold,
}

/// <summary>How it was shown that the source is the learner's own.</summary>
public enum OwnerProof
{
    /// <summary>The award here is of one of the learner's own records.</summary>
    OwnRecord,

    /// <summary>The source's subject is an id that is known here to be the learner's.</summary>
    KnownSubject,

    /// <summary>The subject signed a fresh question for this learner.</summary>
    Presentation,

    /// <summary>A registrar said so, with a reason.</summary>
    Registrar,

    /// <summary>The issuer let the learner's record go to the school, and its badges speak of the learner under this id.</summary>
    RecordRequest,
}

/// <summary>By which rung of the ladder a skill of the source is a skill here.</summary>
public enum SkillMatch
{
    /// <summary>The same skill of the same badge, in the same version or another.</summary>
    SameAchievement,

    /// <summary>Aligned to the same framework items.</summary>
    SameItem,

    /// <summary>Aligned to items that say the same, or replaced one another, within one framework.</summary>
    SameByFramework,

    /// <summary>Items of different frameworks that both organizations accept as matching.</summary>
    AgreedAcross,

    /// <summary>Items of different frameworks that are said to match: a suggestion.</summary>
    AcrossFrameworks,

    /// <summary>Items that have to do with each other: a suggestion.</summary>
    Related,

    /// <summary>A person says so.</summary>
    Person,
}

/// <summary>One question and its answer.</summary>
/// <param name="Name">owner, match, issuer, status, level, recency or assessor.</param>
/// <param name="Code">Why not, or <c>ok</c>.</param>
public sealed record RecognitionCheck(string Name, bool Passed, string Code);

/// <summary>What was found for one skill of the badge that it is to count for.</summary>
/// <param name="Native">Code of the level that was decided, in the source's scale; null where its scale is not known here.</param>
/// <param name="NativeScale">Scale and version, such as <c>four-level@1</c>.</param>
/// <param name="Derived">What an agreed crosswalk makes of it; null where none was needed or none was agreed.</param>
/// <param name="Crosswalk">Crosswalk and wording, such as <c>…#2</c>.</param>
public sealed record SkillFinding(
    string CompetencyId, string SourceName, SkillMatch Match, string? NativeScale, string? Native, string? Word, string? Derived, string? Crosswalk, string? SourceEntry, ImmutableArray<RecognitionCheck> Checks)
{
    /// <summary>The entry in the school's record; null while there is none.</summary>
    public string? EntryId { get; init; }

    [JsonIgnore]
    public bool IsGood => Checks.All(check => check.Passed);
}

/// <summary>What somebody did about it, and why.</summary>
public sealed record RecognitionStep(RecognitionState To, PersonId? By, string? Reason, DateTimeOffset At);

/// <summary>A badge from elsewhere that a learner brought to a school: counted by itself when every question is answered with yes, else decided by a person.</summary>
public sealed record RecognitionCase(RecognitionId Id, OrganizationId School, PersonId Learner, BroughtBadge Source, PersonId BroughtBy, DateTimeOffset BroughtAt)
{
    public const int MaxReasonLength = 500;

    public RecognitionState State { get; init; }

    /// <summary>Null while it is not shown that it is the learner's own.</summary>
    public OwnerProof? Owner { get; init; }

    /// <summary>The badge that it is to count for; null while nobody said.</summary>
    public BadgeVersionId? Badge { get; init; }

    public ImmutableArray<SkillFinding> Skills { get; init; } = [];

    /// <summary>In one line, why it counts.</summary>
    public string? Reason { get; init; }

    public ImmutableArray<RecognitionStep> Steps { get; init; } = [];

    /// <summary>When the source is looked at again; null for what tells us itself, or cannot be looked at.</summary>
    public DateTimeOffset? RecheckAt { get; init; }

    [JsonIgnore]
    public bool IsOpen => State is RecognitionState.Waiting or RecognitionState.MoreAsked;

    [JsonIgnore]
    public bool Counts => State is RecognitionState.Recognized or RecognitionState.OnHold;

    /// <summary>Every question about every skill is answered with yes.</summary>
    [JsonIgnore]
    public bool IsClear => Owner is not null && Badge is not null && !Skills.IsEmpty && Skills.All(skill => skill.IsGood);

    public RecognitionCase Recognize(BadgeVersionId badge, ImmutableArray<SkillFinding> skills, string reason, PersonId? by, DateTimeOffset at) =>
        this with { Badge = badge, Skills = skills, Reason = reason, State = RecognitionState.Recognized, Steps = Steps.Add(new(RecognitionState.Recognized, by, by is null ? null : reason, at)) };

    /// <exception cref="RefusedException"><c>recognition.decided</c>, <c>recognition.reason</c>.</exception>
    public RecognitionCase AskForMore(string? reason, PersonId by, DateTimeOffset at) => Decided(RecognitionState.MoreAsked, reason, by, at);

    /// <exception cref="RefusedException"><c>recognition.decided</c>, <c>recognition.reason</c>.</exception>
    public RecognitionCase Decline(string? reason, PersonId by, DateTimeOffset at) => Decided(RecognitionState.Declined, reason, by, at);

    /// <exception cref="RefusedException"><c>recognition.decided</c>.</exception>
    public RecognitionCase RequireOpen() => IsOpen ? this : throw Refused.Conflict("recognition.decided", "This was decided meanwhile; please look at it again.");

    /// <summary>The source was taken back, was put on hold, or holds again.</summary>
    public RecognitionCase Follow(RecognitionState to, DateTimeOffset at) =>
        this with { State = to, RecheckAt = to == RecognitionState.Fallen ? null : RecheckAt, Steps = Steps.Add(new(to, null, null, at)) };

    private RecognitionCase Decided(RecognitionState to, string? reason, PersonId by, DateTimeOffset at) =>
        RequireOpen() with { State = to, Steps = Steps.Add(new(to, by, DisplayText.Require(reason, MaxReasonLength, "recognition.reason"), at)) };
}
