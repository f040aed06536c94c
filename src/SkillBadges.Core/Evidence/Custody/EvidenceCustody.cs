using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>What a change of a learner's work means for its files: their room, their scan, and that nobody is handed what was not found clean.</summary>
public sealed class EvidenceCustody(EvidenceUsage usage, ContentScans scans)
{
    /// <inheritdoc cref="EvidenceUsage.AloneAsync"/>
    public Task<T> AloneAsync<T>(OrganizationId organization, Func<Task<T>> commit, CancellationToken cancellationToken) => usage.AloneAsync(organization, commit, cancellationToken);

    /// <summary>Adds to the commit of a change what it means for files.</summary>
    /// <exception cref="RefusedException"><c>evidence.quota-person</c>, <c>evidence.quota-organization</c>, <c>evidence.infected</c>.</exception>
    public async Task SettleAsync(Changes changes, Submission before, Submission after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await usage.SettleAsync(changes, before, after, now, cancellationToken);
        var known = before.AllItems.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var digest in after.AllItems.Where(item => item.Kind == EvidenceKind.File && !known.Contains(item.Id)).Select(item => item.Digest).Distinct())
        {
            await scans.BeginAsync(changes, digest, now, cancellationToken);
        }
    }

    /// <summary>Counts a photo with the size that was kept, and has it scanned.</summary>
    /// <exception cref="RefusedException"><c>evidence.quota-person</c>, <c>evidence.quota-organization</c>, <c>evidence.infected</c>.</exception>
    public async Task AdmitAsync(Changes changes, PersonId owner, OrganizationId organization, string id, StoredFile stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await usage.ChargeAsync(changes, owner, organization, new Dictionary<string, long> { [id] = stored.Length }, [], cancellationToken);
        await scans.BeginAsync(changes, stored.Digest, now, cancellationToken);
    }

    /// <summary>Work is handed to others only when every file in it may be read.</summary>
    /// <exception cref="RefusedException"><c>evidence.waiting-for-scan</c>, <c>evidence.infected</c>.</exception>
    public async Task RequireCleanAsync(Submission work, CancellationToken cancellationToken)
    {
        foreach (var file in work.Draft.SelectMany(part => part.Items).Where(item => item.Kind == EvidenceKind.File && work.ErasureOf(item.Id) is null))
        {
            await scans.RequireCleanAsync(file.Digest, cancellationToken);
        }
    }

    /// <summary>Gives room back, or takes some, for a file that is not yet in anybody's work.</summary>
    /// <exception cref="RefusedException"><c>evidence.quota-person</c>, <c>evidence.quota-organization</c>.</exception>
    public Task ChargeAsync(Changes changes, PersonId learner, OrganizationId organization, IReadOnlyDictionary<string, long> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken) =>
        usage.ChargeAsync(changes, learner, organization, add, remove, cancellationToken);
}
