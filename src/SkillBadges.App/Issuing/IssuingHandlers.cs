using SkillBadges.App.Jobs;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Issuing;

/// <summary>Signs what a decision recorded.</summary>
internal sealed class FinishIntentHandler(IssuanceFinisher finisher) : IOutboxHandler
{
    public string Topic => IssuingTopics.Finish;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => finisher.FinishAsync(CredentialId.From(subject), cancellationToken);
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
internal sealed partial class IssuingSweep(IssuanceFinisher finisher, StatusListPublisher publisher, TimeProvider clock, ILogger<IssuingSweep> log) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                var sweep = await finisher.FinishOpenAsync(stoppingToken);
                var lists = await publisher.PublishDueAsync(stoppingToken);
                if (!sweep.Unfinished.IsEmpty || !lists.IsEmpty)
                {
                    LogLeft(sweep.Unfinished.Length, lists.Length);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Intents} awards could not be signed and {Lists} status lists not published; they will be tried again.")]
    private partial void LogLeft(int intents, int lists);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep over unsigned awards failed ({Failure}); it will be tried again.")]
    private partial void LogFailed(string failure);
}
