using SkillBadges.Core.Notices;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Tells those for whom work waits that it is due soon: once, a day before, or half-way where the school gives less than two days.</summary>
public sealed class DueReminder(Commits commits, TimeProvider clock)
{
    /// <summary>Outbox topic; the subject is the submission's id.</summary>
    public const string Topic = "review-tasks.due-soon";

    private static readonly TimeSpan Before = TimeSpan.FromDays(1);

    private readonly IDocumentStore store = commits.Store;

    /// <summary>The message that goes into the commit which adds the task.</summary>
    public static OutboxMessage For(ReviewTask task, DateTimeOffset at) => new(NewId.Ordered(at), Topic, task.Submission.Value, RemindsAt(task) ?? at);

    /// <summary>Does nothing when the work is decided, is told of already, or was turned in anew and is due later.</summary>
    public Task RemindAsync(SubmissionId id, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (changes, now) = (new Changes(), clock.Now());
            if (await store.FindAsync(ReviewTaskDocuments.Kind, id.Value, token) is { Document: { RemindedAt: null } task } read && RemindsAt(task) is { } from && from <= now)
            {
                changes.Replace(ReviewTaskDocuments.Kind, read, task with { RemindedAt = now });
                foreach (var assignee in task.ShareOf is { } share ? [share] : task.Assignees)
                {
                    changes.Notify(assignee, NoticeKind.DueSoon, id.Value, now);
                }
            }

            return new Outcome<bool>(changes, true, id.Value);
        },
        cancellationToken);

    private static DateTimeOffset? RemindsAt(ReviewTask task)
    {
        if (task.DueAt is not { } due)
        {
            return null;
        }

        var half = (due - task.SubmittedAt) / 2;
        return due - (half < Before ? half : Before);
    }
}
