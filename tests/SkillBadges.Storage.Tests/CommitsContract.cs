using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>Find, apply, commit over a real store: conflicts are tried again, and a request with a key happens once.</summary>
public abstract class CommitsContract(ITestedEngine engine) : StoreContract(engine)
{
    private static readonly RequestKey Key = new("ana", "POST /api/samples", "key", Sha256Digest.Of("body"u8));

    [ContractFact]
    public async Task The_same_request_a_hundred_times_at_once_has_one_effect_and_a_hundred_equal_answers()
    {
        var commits = new Commits(Documents, Clock);
        var made = 0;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => commits.OnceAsync(Key, Attempt, Replay, None))));

        Assert.Single(answers.Distinct());
        Assert.Equal([answers[0]], await IdsAsync(Samples.ByLearner.Where("ana")));
        Assert.Equal(1, await Outbox.CountAsync(10, None));

        Task<Outcome<string>> Attempt(CancellationToken cancellationToken)
        {
            var id = Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture);
            var changes = new Changes().Add(Samples.Kind, new Sample(id)).Send(new(id, "t", id, Clock.GetUtcNow()));
            return Task.FromResult(new Outcome<string>(changes, id, id));
        }
    }

    [ContractFact]
    public async Task A_request_that_a_rule_refuses_because_its_twin_just_succeeded_gets_the_answer_of_the_twin()
    {
        var commits = new Commits(Documents, Clock);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => commits.OnceAsync(Key, cancellationToken => DecideAsync($"{i}", cancellationToken), Replay, None))));

        Assert.Single(answers.Distinct());

        async Task<Outcome<string>> DecideAsync(string id, CancellationToken cancellationToken) =>
            await Documents.FirstAsync(Samples.Kind, Samples.LiveOnce.Where("ana", "smaw"), cancellationToken) is null
                ? new(new Changes().Add(Samples.Kind, new Sample(id) { Live = "smaw" }), id, id)
                : throw Refused.Conflict("sample.already-decided", "It is decided.");
    }

    [ContractFact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var commits = new Commits(Documents, Clock);
        await commits.OnceAsync(Key, _ => Task.FromResult(new Outcome<string>(new(), "r", "r")), Replay, None);

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            commits.OnceAsync(Key with { BodyHash = Sha256Digest.Of("other"u8) }, _ => Task.FromResult(new Outcome<string>(new(), "x", "x")), Replay, None));

        Assert.Equal("request.key-reused", refused.Code);
        Assert.Equal("r", await commits.OnceAsync(Key, _ => throw new InvalidOperationException("It happened before."), Replay, None));
        Assert.Equal("y", await commits.OnceAsync(Key with { Actor = "ben" }, _ => Task.FromResult(new Outcome<string>(new(), "y", "y")), Replay, None));
    }

    [ContractFact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        var commits = new Commits(Documents, Clock);
        await Assert.ThrowsAsync<RefusedException>(() => commits.OnceAsync<string>(Key, _ => throw Refused.Forbidden("sample.no", "No."), Replay, None));

        Assert.Equal("r", await commits.OnceAsync(Key, _ => Task.FromResult(new Outcome<string>(new(), "r", "r")), Replay, None));
    }

    [ContractFact]
    public async Task Who_lost_a_race_finds_and_applies_again()
    {
        var commits = new Commits(Documents, Clock);
        await AddAsync(new Sample("counter"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => commits.RunAsync(CountAsync, None))));

        Assert.Equal((5, 4), ((await ReadAsync("counter")).Version, (await ReadAsync("counter")).Document.Rank));

        async Task<Outcome<long>> CountAsync(CancellationToken cancellationToken)
        {
            var read = await ReadAsync("counter");
            return new(new Changes().Replace(Samples.Kind, read, read.Document with { Rank = read.Document.Rank + 1 }), read.Document.Rank, "");
        }
    }

    [ContractFact]
    public async Task Who_loses_every_time_gives_up_with_the_conflict()
    {
        var commits = new Commits(Documents, Clock);
        await AddAsync(new Sample("a"));
        var attempts = 0;

        await Assert.ThrowsAsync<VersionConflictException>(() => commits.RunAsync(LoseAsync, None));

        Assert.Equal(5, attempts);

        async Task<Outcome<string>> LoseAsync(CancellationToken cancellationToken)
        {
            attempts++;
            var read = await ReadAsync("a");
            await CommitAsync(new Changes().Replace(Samples.Kind, read, read.Document with { Rank = attempts }));
            return new(new Changes().Replace(Samples.Kind, read, read.Document), "", "");
        }
    }

    private static Task<string> Replay(string id, CancellationToken cancellationToken) => Task.FromResult(id);
}
