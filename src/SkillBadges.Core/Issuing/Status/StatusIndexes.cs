using System.Collections.Concurrent;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Status;

/// <summary>Where a new credential's status will be read: a pair of lists and the index in both.</summary>
public readonly record struct StatusSlot(StatusListId List, int Index);

/// <summary>
/// Hands out status indexes. This process leases a block of an organization's numbers in a commit of its own and takes them from memory; what
/// a crash or a lost commit leaves unused stays unused. One instance lives as long as the process.
/// </summary>
public sealed class StatusIndexes(Commits commits, TimeProvider clock) : IDisposable
{
    /// <summary>Numbers in a lease: a commit in so many credentials.</summary>
    public const int BlockSize = 64;

    /// <summary>Numbers in a lease where one after the other is used up within <see cref="Brief"/>.</summary>
    public const int LargestBlock = 1024;

    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(2);

    private const int LeaseRounds = 10;

    private readonly ConcurrentDictionary<OrganizationId, Block> blocks = new();

    /// <summary>The next free slot of the organization; no other call, here or in another process, gets the same.</summary>
    public async Task<StatusSlot> TakeAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var block = blocks.GetOrAdd(organization, _ => new Block());
        await block.Turn.WaitAsync(cancellationToken);
        try
        {
            if (block.List is null || block.Next >= block.End)
            {
                var size = block.List is not null && clock.Now() - block.LeasedAt < Brief ? Math.Min(LargestBlock, block.Size * 2) : BlockSize;
                (block.List, block.Next, block.End) = await LeaseAsync(organization, size, cancellationToken);
                (block.Size, block.LeasedAt) = (size, clock.Now());
            }

            return new(block.List.Id, StatusIndexOrder.IndexOf(block.List.Secret, block.Next++));
        }
        finally
        {
            block.Turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var block in blocks.Values)
        {
            block.Turn.Dispose();
        }
    }

    private async Task<(StatusList List, int From, int To)> LeaseAsync(OrganizationId organization, int size, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                return await LeaseOnceAsync(organization, size, cancellationToken);
            }
            catch (RefusedException lost) when (round < LeaseRounds && lost is VersionConflictException or NotUniqueException)
            {
                // Other nodes lease from the same list; one of them got on, so this one will. An approval must not fail for it.
            }
        }
    }

    private Task<(StatusList List, int From, int To)> LeaseOnceAsync(OrganizationId organization, int size, CancellationToken cancellationToken) =>
        commits.RunAsync<(StatusList List, int From, int To)>(
            async token =>
            {
                var read = await commits.Store.FirstAsync(StatusListDocuments.Kind, StatusListDocuments.Latest.Where(organization.Value).Descending(), token);
                var changes = new Changes();
                if (read is { Document.IsFull: false })
                {
                    var more = read.Document.Lease(size);
                    return new(changes.Replace(StatusListDocuments.Kind, read, more.List), more, more.List.Id.Value);
                }

                var fresh = (read?.Document.Next() ?? StatusList.First(organization)).Lease(size);
                changes.Add(StatusListDocuments.Kind, fresh.List).Send(IssuingTopics.PublishList(fresh.List.Id, clock.Now()));
                return new(changes, fresh, fresh.List.Id.Value);
            },
            cancellationToken);

    private sealed class Block
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public StatusList? List { get; set; }

        public int Next { get; set; }

        public int End { get; set; }

        public int Size { get; set; }

        public DateTimeOffset LeasedAt { get; set; }
    }
}
