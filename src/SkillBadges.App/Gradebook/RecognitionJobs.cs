using SkillBadges.App.Jobs;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Gradebook.Stacks;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

/// <summary>A badge of this instance was taken back, put on hold or released: what was recognized by it and awards of stacks follow, and colleges that give credit for it are told.</summary>
internal sealed class FollowSourceHandler(RecognitionFollowing following, ClaimFollowing claims, StackFollowing stacks, StackAwarding awarding) : IOutboxHandler
{
    public string Topic => IssuingTopics.StatusChanged;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        var credential = CredentialId.From(subject);
        await claims.FollowAsync(credential, cancellationToken);
        await following.FollowAsync(credential, cancellationToken);
        await stacks.FollowAsync(credential, cancellationToken);
        await awarding.FollowAsync(credential, cancellationToken);
    }
}

/// <summary>Records were joined or taken apart: what was recognized or awarded because two people were held for one falls, and a stack that is whole now is awarded.</summary>
internal sealed class LookAgainHandler(RecognitionFollowing following, StackFollowing stacks, StackAwarding awarding) : IOutboxHandler
{
    public string Topic => RecognitionDocuments.Topic;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        var learner = PersonId.From(subject);
        await following.LookAgainAsync(learner, cancellationToken);
        await stacks.LookAgainAsync(learner, cancellationToken);
        await awarding.LookAgainAsync(learner, cancellationToken);
    }
}

/// <summary>Looks again, every five minutes, at badges of issuers elsewhere that count here.</summary>
internal sealed partial class RecheckSweep(RecognitionFollowing following, Leases leases, TimeProvider clock, ILogger<RecheckSweep> log)
    : ElectedSweep("recheck", TimeSpan.FromMinutes(5), leases, clock, log)
{
    protected override async Task SweepAsync(CancellationToken cancellationToken)
    {
        var (_, failed) = await following.RecheckDueAsync(cancellationToken);
        if (failed.Count > 0)
        {
            LogFailed(failed.Count, failed[0].GetType().Name);
        }
    }

    [LoggerMessage(2, LogLevel.Error, "{Count} recognized badges could not be looked at again ({Failure}); they will be tried next time.")]
    private partial void LogFailed(int count, string failure);
}
