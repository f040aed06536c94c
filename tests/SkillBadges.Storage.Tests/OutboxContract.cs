using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>Work for later: never lost, held by one at a time, handed out again when its holder fell silent.</summary>
public abstract class OutboxContract(ITestedEngine engine) : StoreContract(engine)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly string[] Topics = ["topic", "t", "credential.sign"];

    [ContractFact]
    public async Task Messages_are_handed_out_oldest_first_and_not_before_their_time()
    {
        await SendAsync("c", -1);
        await SendAsync("b", -1);
        await SendAsync("later", 5);
        await SendAsync("a", 0);

        Assert.Equal(["b", "c", "a"], await LeaseAsync(10));
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["later"], await LeaseAsync(10));
    }

    [ContractFact]
    public async Task A_message_comes_back_as_it_was_sent()
    {
        var sent = new OutboxMessage("m", "credential.sign", "c-17", Clock.GetUtcNow());
        await CommitAsync(new Changes().Send(sent));

        var leased = Assert.Single(await Outbox.LeaseAsync(Topics, 1, Minute, None));

        Assert.Equal((sent, 1, Clock.GetUtcNow() + Minute), (leased.Message, leased.Attempt, leased.LeasedUntil));
    }

    [ContractFact]
    public async Task What_one_holds_no_other_gets_until_the_lease_ends()
    {
        await SendAsync("m", 0);

        Assert.Equal(["m"], await LeaseAsync(10));
        Assert.Empty(await LeaseAsync(10));
        Clock.Advance(Minute - TimeSpan.FromMicroseconds(1));
        Assert.Empty(await LeaseAsync(10));
        Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(2, Assert.Single(await Outbox.LeaseAsync(Topics, 10, Minute, None)).Attempt);
    }

    [ContractFact]
    public async Task Done_is_done()
    {
        await SendAsync("m", 0);

        await Outbox.CompleteAsync(Assert.Single(await Outbox.LeaseAsync(Topics, 10, Minute, None)), None);

        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await LeaseAsync(10));
        Assert.Equal(0, await Outbox.CountAsync(10, None));
    }

    [ContractFact]
    public async Task Who_lost_the_lease_can_neither_end_nor_postpone_the_work_of_the_next()
    {
        await SendAsync("m", 0);
        var lost = Assert.Single(await Outbox.LeaseAsync(Topics, 10, Minute, None));
        Clock.Advance(Minute);
        var held = Assert.Single(await Outbox.LeaseAsync(Topics, 10, Minute, None));

        await Outbox.CompleteAsync(lost, None);
        await Outbox.PostponeAsync(lost, Clock.GetUtcNow(), None);

        Assert.Equal(1, await Outbox.CountAsync(10, None));
        Assert.Empty(await LeaseAsync(10));
        await Outbox.CompleteAsync(held, None);
        Assert.Equal(0, await Outbox.CountAsync(10, None));
    }

    [ContractFact]
    public async Task Postponed_work_is_due_again_at_its_new_time_and_counts_its_attempts()
    {
        await SendAsync("m", 0);
        await Outbox.PostponeAsync(Assert.Single(await Outbox.LeaseAsync(Topics, 1, Minute, None)), Clock.GetUtcNow().AddHours(1), None);

        Clock.Advance(Minute * 59);
        Assert.Empty(await LeaseAsync(1));
        Clock.Advance(Minute);
        var again = Assert.Single(await Outbox.LeaseAsync(Topics, 1, Minute, None));
        Assert.Equal((2, Clock.GetUtcNow()), (again.Attempt, again.Message.NotBefore));
    }

    [ContractFact]
    public async Task A_topic_that_was_not_asked_for_is_left_as_it_is_for_a_newer_build()
    {
        var newer = new OutboxMessage("a", "topic.of-a-newer-build", "subject", Clock.GetUtcNow());
        await CommitAsync(new Changes().Send(newer));
        await SendAsync("b", 0);

        Assert.Equal(["b"], await LeaseAsync(1));
        Assert.Empty(await LeaseAsync(1));

        var leased = Assert.Single(await Outbox.LeaseAsync([newer.Topic, "topic"], 10, Minute, None));
        Assert.Equal((newer, 1), (leased.Message, leased.Attempt));
    }

    [ContractFact]
    public async Task A_lease_that_is_renewed_in_time_goes_on()
    {
        await SendAsync("m", 0);
        var held = Assert.Single(await Outbox.LeaseAsync(Topics, 10, Minute, None));
        Clock.Advance(Minute - TimeSpan.FromSeconds(1));

        Assert.True(await Outbox.ExtendAsync(held, Minute, None));

        Clock.Advance(Minute - TimeSpan.FromSeconds(1));
        Assert.Empty(await LeaseAsync(10));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["m"], await LeaseAsync(10));
        Assert.False(await Outbox.ExtendAsync(held, Minute, None));
        await Outbox.CompleteAsync(held, None);
        Assert.Equal(1, await Outbox.CountAsync(10, None));
    }

    [ContractFact]
    public async Task Leases_outlive_a_restart()
    {
        await SendAsync("m", 0);
        var held = Assert.Single(await Outbox.LeaseAsync(Topics, 1, Minute, None));

        await ReopenAsync();

        Assert.Empty(await LeaseAsync(1));
        await Outbox.CompleteAsync(held, None);
        Assert.Equal(0, await Outbox.CountAsync(10, None));
    }

    [ContractFact]
    public async Task Those_who_lease_at_once_get_different_messages()
    {
        await CommitAsync(Enumerable.Range(0, 200).Aggregate(new Changes(), (changes, i) => changes.Send(new($"m{i:d3}", "t", "s", Clock.GetUtcNow()))));

        var shares = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => LeaseAsync(10))));

        Assert.Equal(200, shares.SelectMany(share => share).Distinct().Count());
        Assert.Equal(200, shares.Sum(share => share.Length));
    }

    [ContractFact]
    public async Task A_count_stops_at_its_limit()
    {
        await CommitAsync(Enumerable.Range(0, 20).Aggregate(new Changes(), (changes, i) => changes.Send(new($"m{i}", "t", "s", Clock.GetUtcNow().AddDays(i)))));

        Assert.Equal(20, await Outbox.CountAsync(21, None));
        Assert.Equal(7, await Outbox.CountAsync(7, None));
    }

    private Task SendAsync(string id, int seconds) => CommitAsync(new Changes().Send(new(id, "topic", "subject", Clock.GetUtcNow().AddSeconds(seconds))));

    private async Task<string[]> LeaseAsync(int limit) => [.. (await Outbox.LeaseAsync(Topics, limit, Minute, None)).Select(leased => leased.Message.Id)];
}
