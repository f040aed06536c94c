using SkillBadges.App.Jobs;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Evidence;

/// <summary>Moves waiting work between queues after a class or an internship changed.</summary>
internal sealed class ReassignHandler(QueueReassignment reassignment) : IOutboxHandler
{
    public string Topic => OrganizationTopics.AssignmentsChanged;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => reassignment.ReassignAsync(PersonId.From(subject), cancellationToken);
}
