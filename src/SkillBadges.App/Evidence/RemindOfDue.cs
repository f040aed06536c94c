using SkillBadges.App.Jobs;
using SkillBadges.Core.Evidence;

namespace SkillBadges.App.Evidence;

internal sealed class RemindOfDue(DueReminder reminder) : IOutboxHandler
{
    public string Topic => DueReminder.Topic;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => reminder.RemindAsync(SubmissionId.From(subject), cancellationToken);
}
