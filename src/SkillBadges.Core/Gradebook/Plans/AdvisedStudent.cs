using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Plans;

/// <summary>How far a student's plan is at a school.</summary>
public enum PlanProgress
{
    NoPlan,

    /// <summary>Written, and nobody has met over it.</summary>
    NotReviewed,

    /// <summary>The last review waits for a signature.</summary>
    AwaitsSignature,

    /// <summary>The school and the learner or the family have signed the last review.</summary>
    Agreed,
}

/// <summary>A student as a counselor sees them.</summary>
/// <param name="Plan">The latest at the school; null where there is none.</param>
/// <param name="Review">The last of the plan; null before the first.</param>
public sealed record AdvisedStudent(Person Student, Plan? Plan, PlanReview? Review)
{
    public PlanProgress Progress => Plan is null ? PlanProgress.NoPlan : Review is null ? PlanProgress.NotReviewed : Awaited.IsEmpty ? PlanProgress.Agreed : PlanProgress.AwaitsSignature;

    /// <summary>Whose signature the last review waits for. The learner's stands for the family's, and the family's for the learner's.</summary>
    public ImmutableArray<PlanVoice> Awaited => Review is null ? [] : AwaitedBy(Review);

    /// <inheritdoc cref="Awaited"/>
    public static ImmutableArray<PlanVoice> AwaitedBy(PlanReview review)
    {
        var voices = review.Signatures.Select(signature => signature.Voice).ToHashSet();
        return [.. voices.Overlaps([PlanVoice.Learner, PlanVoice.Family]) ? Array.Empty<PlanVoice>() : [PlanVoice.Learner], .. voices.Contains(PlanVoice.Adviser) ? Array.Empty<PlanVoice>() : [PlanVoice.Adviser]];
    }
}
