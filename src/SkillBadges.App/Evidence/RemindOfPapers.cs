using SkillBadges.App.Jobs;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Papers;

namespace SkillBadges.App.Evidence;

internal sealed class RemindOfPapers(PapersWorkflow workflow) : IOutboxHandler
{
    public string Topic => PaperDocuments.Topic;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => workflow.RemindAsync(PlacementId.From(subject), cancellationToken);
}
