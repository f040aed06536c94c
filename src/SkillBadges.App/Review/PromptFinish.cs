using SkillBadges.Core.Issuing;

namespace SkillBadges.App.Review;

/// <summary>
/// Signs right after the decision, so that the answer can name a badge that is ready. The decision is recorded already:
/// when signing fails now, the finisher does it later and the answer says "signing".
/// </summary>
internal sealed partial class PromptFinish(IssuanceFinisher finisher, ILogger<PromptFinish> log)
{
    public async Task<Award> FinishAsync(Award award, CancellationToken cancellationToken)
    {
        try
        {
            return await finisher.FinishAsync(award.Credential, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogLater(award.Id.Value, e.GetType().Name);
            return award;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Award {Award} is recorded and will be signed later ({Failure}).")]
    private partial void LogLater(string award, string failure);
}
