using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>What only one process may do at a time: held by one, taken over when it falls silent, and fenced so that the silent one does no harm when it wakes.</summary>
public abstract class LeaseContract(ITestedEngine engine) : StoreContract(engine)
{
    private Leases First => new(Documents, Clock);

    private Leases Second => new(Documents, Clock);

    [ContractFact]
    public async Task One_of_many_who_ask_at_once_gets_the_lease()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => First.TryTakeAsync("sweep", None))));

        await using var held = Assert.Single(asked, taken => taken is not null);
        Assert.Null(await Second.TryTakeAsync("sweep", None));
        await using var other = await Second.TryTakeAsync("another", None);
        Assert.NotNull(other);
    }

    [ContractFact]
    public async Task Who_is_done_lets_the_next_begin_at_once_or_from_a_time_on()
    {
        var held = await First.TryTakeAsync("sweep", None);
        await held!.DisposeAsync();

        await using (var next = await Second.TryTakeAsync("sweep", None))
        {
            await next!.ReleaseAsync(Clock.GetUtcNow().AddMinutes(5));
        }

        Assert.Null(await First.TryTakeAsync("sweep", None));
        Clock.Advance(TimeSpan.FromMinutes(5));
        await using var later = await First.TryTakeAsync("sweep", None);
        Assert.NotNull(later);
    }

    [ContractFact]
    public async Task A_clock_that_ran_ahead_and_was_put_right_keeps_nobody_out()
    {
        var right = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromDays(1));
        var held = await First.TryTakeAsync("sweep", None);
        await held!.ReleaseAsync(Clock.GetUtcNow().AddMinutes(5));
        Assert.Null(await Second.TryTakeAsync("sweep", None));

        var put = new ManualTime();
        put.Advance(right - put.GetUtcNow());
        await using var next = await new Leases(Documents, put).TryTakeAsync("sweep", None);

        Assert.NotNull(next);
    }

    [ContractFact]
    public async Task Who_falls_silent_is_replaced_and_commits_nothing_when_it_wakes()
    {
        await using var asleep = await First.TryTakeAsync("job", None);
        await asleep!.Fence().CommitAsync(new Changes().Add(Samples.Kind, new Sample("before")), None);
        Assert.Null(await Second.TryTakeAsync("job", None));

        Clock.Advance(Leases.Duration);
        await using var next = await Second.TryTakeAsync("job", None);

        Assert.NotNull(next);
        await Assert.ThrowsAsync<LeaseLostException>(() => asleep.Fence().CommitAsync(new Changes().Add(Samples.Kind, new Sample("late")), None));
        await next.Fence().CommitAsync(new Changes().Add(Samples.Kind, new Sample("after")), None);
        Assert.Equal(["after", "before"], (await IdsAsync(Samples.ByLearner.Where("ana"))).Order());
    }

    [ContractFact]
    public async Task Work_under_a_lease_goes_on_while_it_is_renewed_and_its_other_conflicts_stay_conflicts()
    {
        // Timers are real here: the lease is renewed as time passes.
        await using var held = await new Leases(Documents, TimeProvider.System).TryTakeAsync("job", None);
        await AddAsync(new Sample("a"));
        var stale = await ReadAsync("a");
        await CommitAsync(new Changes().Replace(Samples.Kind, stale, stale.Document with { Rank = 1 }));

        await Task.Delay(Leases.Duration / 2);

        Assert.Null(await new Leases(Documents, TimeProvider.System).TryTakeAsync("job", None));
        Assert.True((await Documents.FindAsync(LeaseDocuments.Terms, "job", None))!.Version > 1);
        Assert.False(held!.Lost.IsCancellationRequested);
        await held.Fence().CommitAsync(new Changes().Add(Samples.Kind, new Sample("b")), None);
        await Assert.ThrowsAsync<VersionConflictException>(() => held.Fence().CommitAsync(new Changes().Replace(Samples.Kind, stale, stale.Document), None));
    }
}
