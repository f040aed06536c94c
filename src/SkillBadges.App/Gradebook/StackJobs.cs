using SkillBadges.App.Jobs;
using SkillBadges.Core.Gradebook.Stacks;
using SkillBadges.Core.Issuing;

namespace SkillBadges.App.Gradebook;

/// <summary>Something that counts for a stack was earned, recognized or taken back: the stack's own award follows.</summary>
internal sealed class StackHandler(StackFollowing following, StackAwarding awarding) : IOutboxHandler
{
    public string Topic => IssuingTopics.Stacks;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        var (learner, organization) = LearnerPseudonymDocuments.PairOf(subject);
        await following.FollowLearnerAsync(learner, organization, cancellationToken);
        await awarding.BringUpToDateAsync(learner, organization, cancellationToken);
    }
}
