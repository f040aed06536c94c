using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook;

/// <summary>One decision about a competency, as history shows it.</summary>
/// <param name="IsStanding">False once it was corrected.</param>
/// <param name="Contexts">Where the proof comes from; it has no effect on the level.</param>
public sealed record DecidedLevel(
    string EntryId,
    long Sequence,
    LevelSnapshot Level,
    int Attempt,
    DateTimeOffset DecidedAt,
    DateTimeOffset? ValidUntil,
    EntryEffect Effect,
    bool IsStanding,
    ImmutableArray<LearningContext> Contexts,
    string? AssessorName,
    string? Comment)
{
    /// <summary>Whether a certificate of somebody else was among the proof.</summary>
    public bool HasCertificate { get; init; }

    /// <summary>The observation that it comes from, where photos or a spoken note belong to it; null otherwise.</summary>
    public ObservationId? Shown { get; init; }

    /// <summary>As whom the assessor decided.</summary>
    public ReviewerRole Capacity { get; init; }

    /// <summary>Where it comes from, where it was decided elsewhere and recognized; null where it was decided here.</summary>
    public RecognizedReference? Recognized { get; init; }
}

/// <summary>Where a level that a school recognized was decided, as the school's own ledger says.</summary>
/// <param name="IssuerDid">Null for what nobody signed.</param>
/// <param name="Source">SHA-256 over the issuer's and the credential's id.</param>
/// <param name="SourceEntryId">The entry that it was decided in, where its ledger is here.</param>
/// <param name="Reason">In plain words, for the page.</param>
public sealed record RecognizedReference(string? IssuerDid, string Source, string? SourceEntryId, string Reason)
{
    /// <summary>What the entry says of itself; null for one that was decided where it is kept.</summary>
    public static RecognizedReference? Of(MasteryEntry entry) => entry.Facts.Recognized is not { } from
        ? null
        : new(from.Issuer, from.Source, from.Entry, entry.Notes?.Reason ?? $"Decided elsewhere{(from.Issuer is null ? "" : $", by {from.Issuer}")}; found good: {string.Join(", ", from.Checks)}.");
}

/// <summary>Why a competency earned elsewhere counts at the school that looks.</summary>
/// <param name="Reason">In plain words, for the page.</param>
public sealed record SatisfiedByReference(string IssuerDid, string SourceEntryId, string Reason);

/// <summary>One competency of one badge at one record-keeper: the level that stands, in its own scale, and all that led to it.</summary>
/// <param name="Standing">Null when every decision was retracted.</param>
/// <param name="Policy">How the standing level is read from the history.</param>
/// <param name="Satisfied">Null where it is the school's own, or does not count there.</param>
public sealed record GradebookLine(
    OrganizationId RecordKeeper,
    string RecordKeeperName,
    CompetencySnapshot Competency,
    ScaleReference Scale,
    LevelSnapshot? Standing,
    ScoringPolicy Policy,
    ImmutableArray<DecidedLevel> History,
    SatisfiedByReference? Satisfied)
{
    /// <summary>Each moment at which the skill stood higher than ever before, in order.</summary>
    public ImmutableArray<LevelRise> Rises { get; init; } = [];

    /// <summary>Where the level that stands comes from, where the record-keeper recognized it; null where it decided itself, and once the source was taken back.</summary>
    public RecognizedReference? Recognized { get; init; }
}

/// <summary>A rise and the skill it is about.</summary>
/// <param name="From">Null where there was no evidence yet.</param>
public sealed record LevelUp(OrganizationId RecordKeeper, CompetencySnapshot Competency, string EntryId, LevelSnapshot? From, LevelSnapshot To, DateTimeOffset DecidedAt);

/// <summary>A learner's record across schools. Nothing is converted between scales.</summary>
/// <param name="Withheld">Entries of other schools that the reader saw nothing of, because no basis was given.</param>
public sealed record GradebookView(PersonId Learner, ImmutableArray<GradebookLine> Lines, int Withheld)
{
    /// <summary>The rises of all lines in the order in which they were recorded: any day, two in one day kept in order.</summary>
    public ImmutableArray<LevelUp> LevelUps =>
    [
        .. Lines.SelectMany(line => line.Rises.Select(rise => (line, rise))).OrderBy(pair => pair.rise.RecordedAt).ThenBy(pair => pair.rise.Sequence)
            .Select(pair => new LevelUp(pair.line.RecordKeeper, pair.line.Competency, pair.rise.EntryId, Level(pair.line, pair.rise.From), Level(pair.line, pair.rise.To)!, pair.rise.DecidedAt)),
    ];

    /// <summary>The lines with proof from this place of learning; what stands in each is what stood before.</summary>
    public GradebookView WithProofFrom(LearningContext context) => this with { Lines = [.. Lines.Where(line => line.History.Any(decided => decided.Contexts.Contains(context)))] };

    /// <summary>Computes the view from entries alone.</summary>
    /// <param name="learner">Whom it is about.</param>
    /// <param name="entries">Entries that the reader may see, of any record-keepers.</param>
    /// <param name="scales">Scale snapshots by digest.</param>
    /// <param name="names">Names of record-keepers.</param>
    /// <param name="withheld">How many entries were left out.</param>
    /// <param name="scoring">How record-keepers read histories.</param>
    public static GradebookView Of(
        PersonId learner,
        IEnumerable<MasteryEntry> entries,
        IReadOnlyDictionary<Sha256Digest, MasteryScale> scales,
        IReadOnlyDictionary<OrganizationId, string> names,
        int withheld,
        ScoringChoices scoring)
    {
        var all = entries.ToList();
        var corrected = all.Select(entry => entry.Facts.Corrects).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var lines = all
            .GroupBy(entry => (entry.RecordKeeper, entry.Facts.Competency.Badge.Slug, entry.Facts.Competency.CompetencyId, entry.Facts.Scale.Id))
            .Select(group => Line([.. group.OrderBy(entry => entry.Facts.RecordedAt).ThenBy(entry => entry.Sequence)], corrected, scales, names, scoring));
        return new(learner, [.. lines.OrderBy(line => line.RecordKeeperName, StringComparer.Ordinal).ThenBy(line => line.Competency.Uri, StringComparer.Ordinal)], withheld);
    }

    private static GradebookLine Line(
        IReadOnlyList<MasteryEntry> history, HashSet<string> corrected, IReadOnlyDictionary<Sha256Digest, MasteryScale> scales, IReadOnlyDictionary<OrganizationId, string> names, ScoringChoices scoring)
    {
        var last = history[^1];
        var policy = scoring.For(last.RecordKeeper, scales[last.Facts.Scale.Digest]);
        var went = SkillProgression.Of([.. history.Where(entry => Stands(entry, corrected)).Select(LevelFact.Of)], policy);
        var stands = history.FirstOrDefault(entry => entry.Id == went.Standing?.EntryId);
        return new(
            last.RecordKeeper,
            names.GetValueOrDefault(last.RecordKeeper, last.RecordKeeper.Value),
            last.Facts.Competency,
            last.Facts.Scale,
            stands?.Facts.Level,
            policy,
            [.. history.Select(entry => Decided(entry, corrected))],
            null)
        {
            Rises = went.Rises,
            Recognized = stands is null ? null : RecognizedReference.Of(stands),
        };
    }

    private static LevelSnapshot? Level(GradebookLine line, string? code) => code is null ? null : line.History.Last(decided => decided.IsStanding && decided.Level.Code == code).Level;

    private static bool Stands(MasteryEntry entry, HashSet<string> corrected) => entry.Facts.Effect != EntryEffect.Retracted && !corrected.Contains(entry.Id);

    private static DecidedLevel Decided(MasteryEntry entry, HashSet<string> corrected) => new(
        entry.Id,
        entry.Sequence,
        entry.Facts.Level,
        entry.Facts.Attempt,
        entry.Facts.DecidedAt,
        entry.Facts.ValidUntil,
        entry.Facts.Effect,
        Stands(entry, corrected),
        [.. entry.Facts.Evidence.Select(evidence => evidence.Context).Distinct()],
        entry.Notes?.AssessorName,
        entry.Notes?.Comment)
    {
        Shown = entry.Facts is { Provenance: { Source: Observation.Source, DecisionId: { } seen } } && entry.Facts.Evidence.Any(evidence => evidence.Kind == EvidenceKind.File) ? ObservationId.From(seen) : null,
        HasCertificate = entry.Facts.Evidence.Any(evidence => evidence.Kind == EvidenceKind.Certificate),
        Capacity = entry.Facts.Assessor.Capacity,
        Recognized = RecognizedReference.Of(entry),
    };
}
