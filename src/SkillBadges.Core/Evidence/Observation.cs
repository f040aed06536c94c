using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>That an observation was taken back: by whom, when, why.</summary>
public sealed record SeenMark(PersonId By, DateTimeOffset At, string Reason)
{
    public const int MaxReasonLength = 500;
}

/// <summary>What an assessor saw a learner do, and the level they give it; no work is turned in for it. It becomes an entry in the record at once.</summary>
/// <param name="Organization">The record-keeper.</param>
/// <param name="Badge">The version whose competency was seen.</param>
/// <param name="ObservedAt">When it was seen; the record keeps beside it when it was entered.</param>
public sealed record Observation(
    ObservationId Id,
    OrganizationId Organization,
    PersonId Learner,
    BadgeVersionId Badge,
    string CompetencyId,
    string Level,
    string? Note,
    Assessor Assessor,
    DecisionContext Context,
    DateTimeOffset ObservedAt,
    DateTimeOffset RecordedAt)
{
    public const int MaxNoteLength = 4_000;

    public const int MaxPhotos = 5;

    /// <summary>A note that is spoken: some twenty minutes as phones record them.</summary>
    public const long MaxSoundBytes = 20_000_000;

    /// <summary>What the record says its entries come from.</summary>
    public const string Source = "observation";

    /// <summary>How far back a correction may lie: as far as what it corrects.</summary>
    public static readonly TimeSpan Ever = TimeSpan.FromDays(365 * 100);

    /// <summary>What clocks of phones may differ.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What the assessor took a picture of, and a note that they spoke; each is in the record by its digest.</summary>
    public ImmutableArray<EvidenceItem> Photos { get; init; } = [];

    /// <summary>Who at the school entered what the assessor had signed on paper; null when the assessor recorded it. A photo of the paper is among the pieces.</summary>
    public PersonId? EnteredBy { get; init; }

    public ImmutableArray<EvidenceErasure> Erasures { get; init; } = [];

    /// <summary>Taken back as a mistake; its entry in the record is retracted by another.</summary>
    public SeenMark? Retracted { get; init; }

    /// <summary>The observation that takes its place.</summary>
    public ObservationId? CorrectedBy { get; init; }

    /// <summary>The observation whose place it takes, and why.</summary>
    public ObservationId? Corrects { get; init; }

    public string? CorrectionReason { get; init; }

    /// <summary>Whose uploads its pieces are, and whose room they take.</summary>
    [JsonIgnore]
    public PersonId Sender => EnteredBy ?? Assessor.Person;

    /// <summary>Neither taken back nor corrected.</summary>
    [JsonIgnore]
    public bool Stands => Retracted is null && CorrectedBy is null;

    /// <param name="badge">The version that was seen.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="back">How far back it may lie; the last 24 hours always count.</param>
    /// <exception cref="RefusedException">
    /// <c>definition.unknown-competency</c>, <c>scale.unknown-level</c>, <c>observation.note</c>, <c>observation.when</c>, <c>observation.needs-two-raters</c>,
    /// <c>decision.role-not-allowed</c> for a supervisor whose word counts only together with a teacher's.
    /// </exception>
    public static Observation Make(BadgeDefinition badge, Observation seen, TimeSpan back)
    {
        if (badge.Review.Raters is not null)
        {
            throw Refused.Invalid("observation.needs-two-raters", "This badge is rated by two who do not see each other's levels, on work that is turned in.");
        }

        if (seen.Assessor.Capacity == ReviewerRole.Supervisor && badge.Review.Supervisor != SupervisorMode.Sole)
        {
            throw Refused.Forbidden("decision.role-not-allowed", "On this badge a supervisor signs beside a teacher, on work that is turned in.");
        }

        badge.Competency(seen.CompetencyId);
        badge.Scale.Level(seen.Level);
        return seen.ObservedAt <= seen.RecordedAt + ClockDifference && seen.ObservedAt >= seen.RecordedAt - (back > Day ? back : Day)
            ? seen with { Note = DisplayText.Optional(seen.Note, MaxNoteLength, "observation.note") }
            : throw Refused.Invalid("observation.when", $"An observation is of the last {Math.Max(1, (int)back.TotalDays)} days at this school, and not of the future.");
    }

    /// <summary>Whether a file may be a piece of an observation: a photo, or a note that is spoken.</summary>
    /// <param name="mediaType">As its bytes tell.</param>
    /// <param name="bytes">Of the cleaned file.</param>
    /// <exception cref="RefusedException"><c>observation.photo</c>, <c>observation.sound</c>.</exception>
    public static void RequirePiece(string mediaType, long bytes)
    {
        if (mediaType is not ("image/png" or "image/jpeg") && !EvidenceItem.IsSound(mediaType))
        {
            throw Refused.Invalid("observation.photo", "A photo is a PNG or a JPEG file, and a spoken note a sound file.");
        }

        if (EvidenceItem.IsSound(mediaType) && bytes > MaxSoundBytes)
        {
            throw Refused.Invalid("observation.sound", $"A spoken note has at most {MaxSoundBytes / 1_000_000} MB; please say it in fewer words.");
        }
    }

    /// <summary>With its pieces, all of which are kept already.</summary>
    /// <exception cref="RefusedException"><c>observation.photo</c>, <c>observation.sound</c>.</exception>
    public Observation Showing(ImmutableArray<EvidenceItem> pieces) =>
        pieces.Count(piece => !piece.IsSound()) > MaxPhotos ? throw Refused.Invalid("observation.photo", $"An observation has up to {MaxPhotos} photos, each once.")
        : pieces.Count(piece => piece.IsSound()) > 1 ? throw Refused.Invalid("observation.sound", "An observation has one spoken note; what else is to be said goes into the same one, or into writing.")
        : this with { Photos = pieces };

    /// <summary>Whether it was dated back, so that who saw it must have been the learner's assessor then.</summary>
    [JsonIgnore]
    public bool IsDatedBack => ObservedAt < RecordedAt - ClockDifference;

    /// <summary>Whether it says the same as another of the same id.</summary>
    public bool IsSameAs(Observation other) => (Learner, Badge.Slug, CompetencyId, Level) == (other.Learner, other.Badge.Slug, other.CompetencyId, other.Level);

    /// <summary>A slip of the finger, taken back by who made it while the school's time for undoing lasts.</summary>
    /// <exception cref="RefusedException"><c>observation.corrected</c>, <c>observation.not-yours</c>, <c>observation.retract-too-late</c>, <c>observation.reason</c>.</exception>
    public Observation Retract(SeenMark mark, TimeSpan window)
    {
        RequireStanding();
        if (Assessor.Person != mark.By)
        {
            throw Refused.Forbidden("observation.not-yours", "Who saw it takes it back; somebody else corrects it, with a reason.");
        }

        return mark.At < RecordedAt + window
            ? this with { Retracted = mark with { Reason = Why(mark.Reason) } }
            : throw Refused.Conflict("observation.retract-too-late", "The time for taking back is over. A correction, with a reason, takes the place of what was recorded.");
    }

    /// <summary>What should have been recorded, seen at the same instant.</summary>
    /// <exception cref="RefusedException"><c>observation.reason</c>.</exception>
    public Observation Correction(ObservationId id, string level, string? note, string reason, Assignment assignment, DateTimeOffset at) =>
        new(id, Organization, Learner, Badge, CompetencyId, level, note, assignment.Assessor, assignment.Context, ObservedAt, at) { Corrects = Id, CorrectionReason = Why(reason) };

    /// <exception cref="RefusedException"><c>observation.corrected</c>.</exception>
    public Observation Correct(Observation correction)
    {
        RequireStanding();
        return this with { CorrectedBy = correction.Id };
    }

    public EvidenceErasure? ErasureOf(string photo) => Erasures.FirstOrDefault(erasure => erasure.ItemId == photo);

    /// <summary>Takes the content of a photo or a spoken note out; digest and size stay.</summary>
    /// <exception cref="RefusedException"><c>evidence.not-found</c>, <c>evidence.erased</c>, <c>evidence.erasure-reason</c>.</exception>
    public Observation Erase(string photo, PersonId? by, string reason, DateTimeOffset at)
    {
        if (ErasureOf(photo) is not null)
        {
            throw Refused.Gone("evidence.erased", "It was erased before; its digest stays in the record.");
        }

        var item = Photos.FirstOrDefault(known => known.Id == photo) ?? throw Refused.NotFound("evidence");
        return this with
        {
            Photos = Photos.Replace(item, item.Erased()),
            Erasures = Erasures.Add(new(photo, item.Digest, by, at, DisplayText.Require(reason, EvidenceErasure.MaxReasonLength, "evidence.erasure-reason"))),
        };
    }

    internal static RefusedException NoLongerStands() => Refused.Conflict("observation.corrected", "This was taken back or corrected already; please look again.");

    private static string Why(string reason) => DisplayText.Require(reason, SeenMark.MaxReasonLength, "observation.reason");

    private void RequireStanding()
    {
        if (!Stands)
        {
            throw NoLongerStands();
        }
    }
}

public static class ObservationDocuments
{
    public static readonly AccessPath<Observation> ByLearner = new AccessPath<Observation>("learner").Equal("learner", o => o.Learner.Value).OrderBy("observed", o => o.ObservedAt);

    public static readonly AccessPath<Observation> ByAssessor = new AccessPath<Observation>("assessor").Equal("assessor", o => o.Assessor.Person.Value).OrderBy("recorded", o => o.RecordedAt);

    /// <summary>Photos and spoken notes with this digest.</summary>
    public static readonly AccessPath<Observation> ByContent = new AccessPath<Observation>("content").Each("digest", o => o.Photos.Where(photo => o.ErasureOf(photo.Id) is null).Select(photo => photo.Digest.Hex));

    /// <summary>Observations with photos or a spoken note that are still there, the oldest first.</summary>
    public static readonly AccessPath<Observation> ByRetention = new AccessPath<Observation>("retention")
        .Equal("organization", o => o.Photos.All(photo => o.ErasureOf(photo.Id) is not null) ? null : o.Organization.Value).OrderBy("recorded", o => o.RecordedAt);

    public static readonly DocumentKind<Observation> Kind = new("observation", o => o.Id.Value) { Paths = [ByLearner, ByAssessor, ByContent, ByRetention] };
}
