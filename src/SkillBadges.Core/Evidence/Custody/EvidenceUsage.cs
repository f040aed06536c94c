using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>
/// Counts what files take, in the commit that adds or removes them, so that no two requests find the same room. Files that are still arriving count with the length they were said to have.
/// </summary>
public sealed class EvidenceUsage(IDocumentStore store, EffectiveSettings settings)
{
    /// <summary>Topic of the message that has bytes removed when nothing refers to them; the subject is their digest.</summary>
    public const string ReleasedTopic = "content.released";

    private const long Megabyte = 1024 * 1024;

    // Within this process the commits of one organization's files queue up rather than collide; between processes versions decide.
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<T> AloneAsync<T>(OrganizationId organization, Func<Task<T>> commit, CancellationToken cancellationToken)
    {
        var turn = turns[(uint)StringComparer.Ordinal.GetHashCode(organization.Value) % turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await commit();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Counts what a change of a learner's work adds and removes, and has the bytes looked after that it lets go.</summary>
    /// <exception cref="RefusedException"><c>evidence.quota-person</c>, <c>evidence.quota-organization</c>.</exception>
    public async Task SettleAsync(Changes changes, Submission before, Submission after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (had, has) = (FilesOf(before), FilesOf(after));
        var added = has.Where(item => !had.ContainsKey(item.Key)).ToDictionary(item => item.Key, item => item.Value.Bytes);
        var removed = had.Where(item => !has.ContainsKey(item.Key)).ToArray();
        if (added.Count > 0 || removed.Length > 0)
        {
            await ChargeAsync(changes, after.Learner, after.Organization, added, [.. removed.Select(item => item.Key)], cancellationToken);
        }

        foreach (var digest in removed.Select(item => item.Value.Digest).Distinct())
        {
            changes.Send(new(NewId.Ordered(now), ReleasedTopic, digest.Hex, now));
        }
    }

    /// <summary>Adds to the commit what the learner's files take now. An id that is charged already is charged anew.</summary>
    /// <exception cref="RefusedException"><c>evidence.quota-person</c>, <c>evidence.quota-organization</c>.</exception>
    public async Task ChargeAsync(Changes changes, PersonId learner, OrganizationId organization, IReadOnlyDictionary<string, long> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken)
    {
        var id = $"{organization.Value}.{learner.Value}";
        var record = await store.FindAsync(UsageDocuments.Records, id, cancellationToken);
        var total = await store.FindAsync(UsageDocuments.Totals, organization.Value, cancellationToken);
        var files = (record?.Document.Files ?? ImmutableDictionary<string, long>.Empty).RemoveRange(remove).SetItems(add);
        var next = new UsageRecord(id, files);
        var difference = next.Bytes - (record?.Document.Bytes ?? 0);
        var bytes = Math.Max(0, (total?.Document.Bytes ?? 0) + difference);
        if (difference > 0)
        {
            await RequireRoomAsync(organization, next.Bytes, bytes, cancellationToken);
        }

        if (difference == 0 && files.Count == (record?.Document.Files.Count ?? 0) && add.Count == 0)
        {
            return;
        }

        Write(changes, UsageDocuments.Records, record, next);
        Write(changes, UsageDocuments.Totals, total, new UsageTotal(organization.Value, bytes));
    }

    private async Task RequireRoomAsync(OrganizationId organization, long ofLearner, long ofAll, CancellationToken cancellationToken)
    {
        if (ofLearner > (await settings.ReadAsync(organization, s => s.LearnerFileMegabytes, cancellationToken)).Value * Megabyte)
        {
            throw Refused.Invalid("evidence.quota-person", "Your files at this school would take more room than each student has. Please remove files from drafts, or hand in a shorter video.");
        }

        if (ofAll > (await settings.ReadAsync(organization, s => s.OrganizationFileMegabytes, cancellationToken)).Value * Megabyte)
        {
            throw Refused.Invalid("evidence.quota-organization", "The files of this school take all the room that it has. Please tell your school's office.");
        }
    }

    private static void Write<T>(Changes changes, DocumentKind<T> kind, Read<T>? read, T next)
        where T : class => _ = read is null ? changes.Add(kind, next) : changes.Replace(kind, read, next);

    private static Dictionary<string, EvidenceItem> FilesOf(Submission submission) =>
        submission.AllItems.Where(item => item.Kind == Definitions.EvidenceKind.File && submission.ErasureOf(item.Id) is null).DistinctBy(item => item.Id).ToDictionary(item => item.Id);
}
