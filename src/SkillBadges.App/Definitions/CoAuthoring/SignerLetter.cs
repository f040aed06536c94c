using SkillBadges.App.Jobs;
using SkillBadges.App.Notices;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Notices;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>Writes to somebody who is asked to sign a badge, and reminds them while they have not answered.</summary>
internal sealed class SignerLetter(SignerWorkflow workflow, Carriers carriers) : IOutboxHandler
{
    public string Topic => CoAuthoringTopics.SignerLetter;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => carriers.Of(Channel.Mail) is null ? Task.CompletedTask : workflow.WriteAsync(subject, cancellationToken);
}
