using SkillBadges.Core;
using SkillBadges.Core.Evidence.Uploads;

namespace SkillBadges.App.Evidence;

/// <summary>Looks at a file right after its last byte, so that the answer can say what became of it. If that fails now, a message that is stored already has it done later.</summary>
internal sealed partial class PromptUpload(UploadFinish finish, ILogger<PromptUpload> log)
{
    public async Task<Upload> FinishAsync(Upload received, CancellationToken cancellationToken)
    {
        try
        {
            return await finish.FinishAsync(received.Id, cancellationToken) ?? received;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogLater(received.Id.Value, (e as RefusedException)?.Code ?? e.GetType().Name);
            return received;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upload {Upload} is received and will be looked at later ({Failure}).")]
    private partial void LogLater(string upload, string failure);
}
