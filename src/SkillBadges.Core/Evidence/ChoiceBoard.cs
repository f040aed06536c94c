using System.Collections.Immutable;
using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Evidence;

/// <summary>How far a skill's work is from what its board asks for.</summary>
/// <param name="Answered">Ids of the different options that proof names, the learner's accepted pitches among them.</param>
/// <param name="HasFreeProof">Whether there is proof that names no option.</param>
/// <param name="IsTestedOut">Whether the result of an assessment stands for the board.</param>
/// <param name="Reason">Why there is less than asked, in the learner's words.</param>
public sealed record BoardStanding(string CompetencyId, int Asked, ImmutableArray<string> Answered, bool HasFreeProof, bool IsTestedOut, string? Reason)
{
    /// <summary>Enough different options; proof that names none is a choice of its own only where one is asked for.</summary>
    public bool IsMet => IsTestedOut || Answered.Length >= Asked || (Asked == 1 && HasFreeProof);

    /// <summary>The board, or the reason why not.</summary>
    public bool IsComplete => IsMet || Reason is not null;
}

/// <summary>
/// The options of one skill in one piece of work: those that the badge offers, and the learner's own that a teacher has accepted. A reason never
/// counts as an option: it lets work be turned in with less, and the assessor sees that it is less.
/// </summary>
public sealed record ChoiceBoard(BadgeDefinition Badge, Competency Competency, ImmutableArray<Pitch> Own)
{
    public static ChoiceBoard Of(BadgeDefinition badge, string competencyId, IEnumerable<Pitch> pitches) => new(
        badge,
        badge.Competency(competencyId),
        [.. pitches.Where(pitch => pitch.State == PitchState.Accepted && pitch.CompetencyId == competencyId)]);

    /// <summary>Proof names an option of this board and is of the kind that it asks for; files, links and texts may stand for one another.</summary>
    /// <exception cref="RefusedException"><c>evidence.unknown-option</c>, <c>evidence.other-kind</c>, <c>evidence.unknown-assessment</c>.</exception>
    public void RequireFits(EvidenceItem item)
    {
        if (item.Assessment is { } result && !Badge.Assessments.Any(known => known.Id == result.AssessmentId && known.Covers(Competency.Id)))
        {
            throw Refused.Invalid("evidence.unknown-assessment", "The badge has no such assessment for this skill.");
        }

        if (item.OptionId is null)
        {
            return;
        }

        var asked = KindOf(item.OptionId) ?? throw Refused.Invalid("evidence.unknown-option", "The badge offers no such choice for this skill.");
        if (!Fits(asked, item.Kind))
        {
            throw Refused.Invalid("evidence.other-kind", $"This choice asks for proof of another kind: {asked.ToString().ToLowerInvariant()}.");
        }
    }

    public BoardStanding Standing(CompetencyWork work) => new(
        Competency.Id,
        Competency.ChooseAtLeast,
        [.. work.Items.Select(item => item.OptionId).OfType<string>().Where(option => KindOf(option) is not null).Distinct(StringComparer.Ordinal)],
        work.Items.Any(item => item.OptionId is null && item.Kind != EvidenceKind.Assessment),
        work.Items.Any(item => item.Kind == EvidenceKind.Assessment),
        work.ReasonWithoutEvidence);

    private EvidenceKind? KindOf(string option) =>
        Competency.Option(option)?.Kind ?? Own.FirstOrDefault(pitch => pitch.Id.Value == option)?.Kind;

    private static bool Fits(EvidenceKind asked, EvidenceKind given) => asked == given || (IsShown(asked) && IsShown(given));

    private static bool IsShown(EvidenceKind kind) => kind is EvidenceKind.File or EvidenceKind.Link or EvidenceKind.Text;
}
