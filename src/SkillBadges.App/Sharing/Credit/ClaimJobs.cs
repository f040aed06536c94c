using SkillBadges.App.Jobs;
using SkillBadges.Core.Sharing.Claims;

namespace SkillBadges.App.Sharing.Credit;

/// <summary>Reminds of a claim's deadline, and closes it once it has passed.</summary>
internal sealed class ClaimDeadlineHandler(ClaimDeadlines deadlines) : IOutboxHandler
{
    public string Topic => ClaimDocuments.Topic;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => deadlines.LookAsync(CreditClaimId.From(subject), cancellationToken);
}
