using SkillBadges.App.Jobs;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Issuing.Endorsements;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>Has sign-offs of a version signed as endorsements, and those that were taken back revoked.</summary>
internal sealed class EndorsementHandler(EndorsementIssuing issuing) : IOutboxHandler
{
    public string Topic => CoAuthoringTopics.SignOffsChanged;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => issuing.BringUpToDateAsync(BadgeVersionId.Parse(subject), cancellationToken);
}
