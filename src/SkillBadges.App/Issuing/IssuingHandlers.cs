using SkillBadges.App.Jobs;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Issuing;

/// <summary>Signs what a decision recorded.</summary>
internal sealed class FinishIntentHandler(IssuanceFinisher finisher) : IOutboxHandler
{
    public string Topic => IssuingTopics.Finish;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => finisher.FinishAnyAsync(CredentialId.From(subject), cancellationToken);
}

/// <summary>Publishes a status list that changed.</summary>
internal sealed class PublishListHandler(StatusListPublisher publisher) : IOutboxHandler
{
    public string Topic => IssuingTopics.StatusList;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => publisher.PublishAsync(StatusListId.From(subject), cancellationToken);
}

/// <summary>Signs an organization's badges anew after a bad day.</summary>
internal sealed class ResignHandler(CredentialResigning resigning) : IOutboxHandler
{
    public string Topic => IssuingTopics.Resign;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => resigning.ResignAsync(OrganizationId.From(subject), cancellationToken);
}

/// <summary>Completes what a crash left open and signs lists anew before they run out.</summary>
internal sealed partial class IssuingSweep(IssuanceFinisher finisher, StatusListPublisher publisher, Leases leases, TimeProvider clock, ILogger<IssuingSweep> log)
    : ElectedSweep("issuing", Pause, leases, clock, log)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task SweepAsync(CancellationToken cancellationToken)
    {
        var sweep = await finisher.FinishOpenAsync(cancellationToken);
        var lists = await publisher.PublishDueAsync(cancellationToken);
        if (!sweep.Unfinished.IsEmpty || !lists.IsEmpty)
        {
            LogLeft(sweep.Unfinished.Length, lists.Length);
        }
    }

    [LoggerMessage(2, LogLevel.Error, "{Intents} awards could not be signed and {Lists} status lists not published; they will be tried again.")]
    private partial void LogLeft(int intents, int lists);
}
