using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

public static class PitchDocuments
{
    public static readonly AccessPath<Pitch> BySubmission = new AccessPath<Pitch>("submission").Equal("submission", p => p.Submission.Value).OrderBy("proposed", p => p.ProposedAt);

    /// <summary>What waits for an answer, by learner: a class is one question.</summary>
    public static readonly AccessPath<Pitch> Waiting = new AccessPath<Pitch>("waiting")
        .Equal("learner", p => p.State == PitchState.Proposed ? p.Learner.Value : null).Equal("organization", p => p.Organization.Value).OrderBy("proposed", p => p.ProposedAt);

    public static readonly DocumentKind<Pitch> Kind = new("pitch", p => p.Id.Value) { Paths = [BySubmission, Waiting] };
}
