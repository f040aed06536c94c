using System.Collections.Concurrent;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Issuing;

public sealed class StatusIndexesTests : IDisposable
{
    private readonly IssuingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Allocators_side_by_side_never_give_one_index_twice()
    {
        var taken = new ConcurrentBag<StatusSlot>();
        var nodes = Enumerable.Range(0, 4).Select(_ => world.SecondNode()).ToList();
        await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                taken.Add(await node.Indexes.TakeAsync(world.School.Id, default));
            }
        }))));
        Assert.Equal(1600, taken.Distinct().Count());
        Assert.Single(taken.Select(slot => slot.List).Distinct());
        nodes.ForEach(node => node.Dispose());
    }

    [Fact]
    public async Task A_full_list_is_followed_by_the_next_one()
    {
        var first = StatusList.First(world.School.Id) with { Leased = StatusList.Size - 100 };
        await world.Store.CommitAsync(new Changes().Add(StatusListDocuments.Kind, first), default);
        var taken = new ConcurrentBag<StatusSlot>();
        var nodes = Enumerable.Range(0, 3).Select(_ => world.SecondNode()).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                taken.Add(await node.Indexes.TakeAsync(world.School.Id, default));
            }
        })));
        Assert.Equal(300, taken.Distinct().Count());
        Assert.Equal(100, taken.Count(slot => slot.List == first.Id));
        Assert.Single(taken.Select(slot => slot.List).Where(list => list != first.Id).Distinct());
        nodes.ForEach(node => node.Dispose());
    }

    [Fact]
    public async Task Schools_have_lists_of_their_own()
    {
        var here = await world.Node.Indexes.TakeAsync(world.School.Id, default);
        var there = await world.Node.Indexes.TakeAsync(new OrganizationId("org-other"), default);
        Assert.NotEqual(here.List, there.List);
    }

    [Fact]
    public async Task What_a_crash_leaves_of_a_lease_is_not_given_out_again()
    {
        var before = await world.Node.Indexes.TakeAsync(world.School.Id, default);
        world.Restart();
        var after = new HashSet<StatusSlot>();
        for (var i = 0; i < StatusIndexes.BlockSize * 2; i++)
        {
            after.Add(await world.Node.Indexes.TakeAsync(world.School.Id, default));
        }

        Assert.Equal(StatusIndexes.BlockSize * 2, after.Count);
        Assert.DoesNotContain(before, after);
    }

    [Fact]
    public async Task The_store_itself_refuses_an_index_that_is_taken()
    {
        var slot = await world.Node.Indexes.TakeAsync(world.School.Id, default);
        await world.Store.CommitAsync(new Changes().Add(CredentialStatusDocuments.Kind, new(new("one"), world.School.Id, slot.List, slot.Index)), default);
        var refused = await Assert.ThrowsAsync<NotUniqueException>(() =>
            world.Store.CommitAsync(new Changes().Add(CredentialStatusDocuments.Kind, new(new("two"), world.School.Id, slot.List, slot.Index)), default));
        Assert.True(refused.Is(CredentialStatusDocuments.Kind, CredentialStatusDocuments.ByIndex));
    }
}
