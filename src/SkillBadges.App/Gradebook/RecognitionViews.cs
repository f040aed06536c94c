using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Recognitions;

namespace SkillBadges.App.Gradebook;

/// <param name="Learner">The student at the school; absent for yourself.</param>
/// <param name="Badge">Slug of the badge that it is to count for; absent for the badge that the award is of.</param>
internal sealed record BringAwardRequest(string School, string Award, string? Learner = null, string? Badge = null);

/// <param name="From">Whom it is from.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Word">The level or grade in that school's own word.</param>
internal sealed record BringPastRequest(string School, string Learner, string From, string Name, DateOnly EarnedOn, string? Word = null, string? Badge = null);

internal sealed record RecognitionChallengeRequest(string School, string? Learner = null);

/// <param name="Challenge">Goes to the learner's wallet with the domain, which signs both within five minutes.</param>
internal sealed record RecognitionChallengeAnswer(string Challenge, string Domain, DateTimeOffset ExpiresAt);

/// <param name="Level">Code of a level of the badge's scale; absent keeps the level of the source.</param>
internal sealed record AcceptedSkillRequest(string Competency, string? Level = null);

/// <param name="Skills">Absent for all that were found.</param>
/// <param name="OwnerReason">Why it is the learner's own, where nothing shows it; a registrar's word.</param>
internal sealed record AcceptRequest(string Reason, string? Badge = null, IReadOnlyList<AcceptedSkillRequest>? Skills = null, string? OwnerReason = null);

internal sealed record RecognitionReasonRequest(string Reason);

internal sealed record SourceView(SourceKind Kind, string? Issuer, string From, string Name, string? Award, DateTimeOffset EarnedAt, DateTimeOffset? ValidUntil);

/// <param name="Native">The level as it was decided, in its own scale.</param>
/// <param name="Derived">What an agreed crosswalk makes of it, named beside it.</param>
internal sealed record SkillFindingView(
    string Competency, string SourceName, SkillMatch Match, string? NativeScale, string? Native, string? Word, string? Derived, string? Crosswalk, string? SourceEntry, string? Entry, IReadOnlyList<RecognitionCheck> Checks);

/// <param name="Owner">How it was shown to be the learner's own; absent while it is not.</param>
/// <param name="Reason">Why it counts, in one line.</param>
internal sealed record RecognitionView(
    string Id, string School, string Learner, RecognitionState State, SourceView Source, OwnerProof? Owner, BadgeVersionId? Badge, IReadOnlyList<SkillFindingView> Skills, string? Reason, IReadOnlyList<RecognitionStep> Steps, DateTimeOffset BroughtAt)
{
    public static RecognitionView Of(RecognitionCase found) => new(
        found.Id.Value, found.School.Value, found.Learner.Value, found.State,
        new(found.Source.Kind, found.Source.Issuer, found.Source.From, found.Source.Name, found.Source.Award?.Value, found.Source.EarnedAt, found.Source.ValidUntil), found.Owner, found.Badge,
        [.. found.Skills.Select(skill => new SkillFindingView(skill.CompetencyId, skill.SourceName, skill.Match, skill.NativeScale, skill.Native, skill.Word, skill.Derived, skill.Crosswalk, skill.SourceEntry, skill.EntryId, skill.Checks))],
        found.Reason, found.Steps, found.BroughtAt);
}

/// <summary>What became of one badge of a file.</summary>
/// <param name="Place">A JSON Pointer into the file; empty for the file itself.</param>
/// <param name="Code">Why it was not taken; absent where it was.</param>
internal sealed record BroughtView(string Place, RecognitionView? Recognition, string? Code, string? Sentence)
{
    public static BroughtView Of(BroughtOutcome outcome) => new(outcome.Place, outcome.Case is { } read ? RecognitionView.Of(read.Document) : null, outcome.Fault?.Code, outcome.Fault?.Message);
}

internal sealed record BroughtAnswer(IReadOnlyList<BroughtView> Items);

/// <summary>A row that was taken, or would be.</summary>
/// <param name="Recognition">Its id; absent where the list was only tried.</param>
internal sealed record PastListRowView(long Row, string? Recognition);

/// <param name="Taken">By row; those of a list that was only tried would be.</param>
/// <param name="Faults">By row, with the column where there is one.</param>
internal sealed record PastListAnswer(IReadOnlyList<PastListRowView> Taken, IReadOnlyList<PastListFault> Faults)
{
    public static PastListAnswer Of(IReadOnlyList<PastListOutcome> outcomes, IReadOnlyList<PastListFault> faults) => new(
        [.. outcomes.Where(outcome => outcome.Fault is null).Select(outcome => new PastListRowView(outcome.Row, outcome.Case?.Id))],
        [.. faults.Concat(outcomes.Where(outcome => outcome.Fault is not null).Select(outcome => new PastListFault(outcome.Row, null, outcome.Fault!.Code, outcome.Fault.Message))).OrderBy(fault => fault.Row)]);
}
