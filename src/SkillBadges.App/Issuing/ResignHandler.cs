using SkillBadges.App.Jobs;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Issuing;

/// <summary>After a compromise, signs an organization's credentials anew.</summary>
internal sealed class ResignHandler(CredentialResigning resigning) : IOutboxHandler
{
    public string Topic => IssuingTopics.Resign;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => resigning.ResignAsync(OrganizationId.From(subject), cancellationToken);
}
