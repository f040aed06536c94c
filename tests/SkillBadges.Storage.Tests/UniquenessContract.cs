using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>What may occur once.</summary>
public abstract class UniquenessContract(ITestedEngine engine) : StoreContract(engine)
{
    [ContractFact]
    public async Task An_id_occurs_once()
    {
        await AddAsync(new Sample("a"));

        var refused = await Assert.ThrowsAsync<NotUniqueException>(() => AddAsync(new Sample("a")));

        Assert.True(refused.Is(Samples.Kind));
        Assert.Equal(("storage.not-unique", null), (refused.Code, refused.PathName));
    }

    [ContractFact]
    public async Task Values_of_a_unique_path_occur_once_and_the_refusal_names_the_path()
    {
        await AddAsync(new Sample("a") { Live = "smaw" });

        var refused = await Assert.ThrowsAsync<NotUniqueException>(() => AddAsync(new Sample("b") { Live = "smaw" }));

        Assert.True(refused.Is(Samples.Kind, Samples.LiveOnce));
        await AddAsync(new Sample("c") { Live = "gmaw" }, new Sample("d", "ben") { Live = "smaw" });
    }

    [ContractFact]
    public async Task What_has_no_value_is_not_in_the_way()
    {
        await AddAsync(new Sample("a"), new Sample("b"), new Sample("c"));

        Assert.Empty(await IdsAsync(Samples.LiveOnce.Where("ana", (string?)null)));
        Assert.Equal(3, await Documents.CountAsync(Samples.Kind, Samples.ByLearner.Where("ana"), 10, None));
    }

    [ContractFact]
    public async Task A_value_of_a_multi_valued_unique_path_occurs_once()
    {
        await AddAsync(new Sample("a") { Codes = ["x", "y", "x"] });

        var refused = await Assert.ThrowsAsync<NotUniqueException>(() => AddAsync(new Sample("b") { Codes = ["z", "y"] }));

        Assert.True(refused.Is(Samples.Kind, Samples.CodeOnce));
        Assert.Null(await Documents.FindAsync(Samples.Kind, "b", None));
        await AddAsync(new Sample("c") { Codes = ["z"] });
    }

    [ContractFact]
    public async Task A_place_in_a_chain_is_taken_once()
    {
        await CommitAsync(new Changes().Add(Samples.Links, new Link("a", "c", 1)));

        var refused = await Assert.ThrowsAsync<NotUniqueException>(() => CommitAsync(new Changes().Add(Samples.Links, new Link("b", "c", 1))));
        var same = await Assert.ThrowsAsync<NotUniqueException>(() => CommitAsync(new Changes().Add(Samples.Links, new Link("a", "c", 2))));

        Assert.True(refused.Is(Samples.Links, Samples.ByChain));
        Assert.True(same.Is(Samples.Links));
    }

    [ContractFact]
    public async Task Rows_that_lie_together_may_share_values_but_not_ids()
    {
        await CommitAsync(new Changes().Add(Samples.Turns, new Turn("a", "g", 1)).Add(Samples.Turns, new Turn("b", "g", 1)));

        var same = await Assert.ThrowsAsync<NotUniqueException>(() => CommitAsync(new Changes().Add(Samples.Turns, new Turn("a", "g", 1))));

        Assert.True(same.Is(Samples.Turns));
    }

    [ContractFact]
    public async Task One_commit_can_free_a_value_and_take_it_whatever_the_order_of_its_changes()
    {
        await AddAsync(new Sample("a") { Live = "smaw" }, new Sample("r") { Codes = ["x"] });
        var (a, r) = (await ReadAsync("a"), await ReadAsync("r"));

        await CommitAsync(new Changes()
            .Add(Samples.Kind, new Sample("b") { Live = "smaw", Codes = ["x"] })
            .Replace(Samples.Kind, a, a.Document with { Live = null })
            .Remove(Samples.Kind, r));

        Assert.Equal(["b"], await IdsAsync(Samples.LiveOnce.Where("ana", "smaw")));
        Assert.Equal(["b"], await IdsAsync(Samples.CodeOnce.Where("x")));
    }

    [ContractFact]
    public async Task Of_fifty_that_take_the_same_value_at_once_one_gets_it()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            try
            {
                await AddAsync(new Sample($"s{i}") { Live = "smaw" });
                return true;
            }
            catch (NotUniqueException refused) when (refused.Is(Samples.Kind, Samples.LiveOnce))
            {
                return false;
            }
        })));

        Assert.Single(outcomes, true);
        Assert.Single(await IdsAsync(Samples.LiveOnce.Where("ana", "smaw")));
    }
}
