using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres;

namespace SkillBadges.Storage.Tests;

/// <summary>Processes of different versions over one database.</summary>
public sealed class PostgresNodeTests : IAsyncLifetime
{
    private static readonly AccessPath<Turn> ByRank = new AccessPath<Turn>("rank").OrderBy("rank", turn => turn.Rank);
    private static readonly DocumentKind<Turn> Older = new("turn", turn => turn.Id) { Paths = [Samples.ByGroup] };
    private static readonly DocumentKind<Turn> Newer = new("turn", turn => turn.Id) { Paths = [Samples.ByGroup, ByRank] };
    private static readonly DocumentKind<Turn> Lifted = new("turn", turn => turn.Id) { Paths = [Samples.ByGroup], Upcasts = [body => body] };

    private readonly PostgresEngine engine = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await engine.DisposeAsync();

    [ContractFact]
    public async Task A_newer_version_that_only_adds_kinds_and_topics_works_beside_the_older_one()
    {
        await using var older = await OpenAsync([Older]);
        await using var newer = await OpenAsync([Older, Samples.Links]);

        await newer.CommitAsync(new Changes().Add(Samples.Links, new Link("l", "c", 1)).Add(Older, new Turn("t", "g", 1)).Send(new("m", "topic.of-newer", "s", DateTimeOffset.UnixEpoch)), default);
        await older.CommitAsync(new Changes().Add(Older, new Turn("u", "g", 2)), default);

        Assert.Empty(await older.LeaseAsync(["topic.of-older"], 10, TimeSpan.FromMinutes(1), default));
        Assert.Equal("m", Assert.Single(await newer.LeaseAsync(["topic.of-older", "topic.of-newer"], 10, TimeSpan.FromMinutes(1), default)).Message.Id);
        Assert.Equal(["t", "u"], (await newer.QueryAsync(Older, Samples.ByGroup.Where("g"), default)).Items.Select(item => item.Id));
    }

    [ContractFact]
    public async Task A_version_with_another_path_or_shape_waits_until_the_other_has_gone_and_misses_nothing()
    {
        foreach (var changed in new[] { Newer, Lifted })
        {
            await using var fresh = new PostgresEngine();
            var older = await OpenAsync([Older], fresh);
            var opening = OpenAsync([changed], fresh);

            await Task.WhenAny(opening, Task.Delay(TimeSpan.FromSeconds(2)));
            Assert.False(opening.IsCompleted, "It opened beside a version that leaves its path out.");
            await older.CommitAsync(new Changes().Add(Older, new Turn("late", "g", 7)), default);
            await older.DisposeAsync();

            await using var store = await opening;
            Assert.Equal("late", Assert.Single((await store.QueryAsync(changed, changed.Paths[^1] == ByRank ? ByRank.Where() : Samples.ByGroup.Where("g"), default)).Items).Id);
        }
    }

    [ContractFact]
    public async Task A_version_before_does_not_take_away_what_a_living_newer_one_needs()
    {
        await using var newer = await OpenAsync([Newer]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PostgresStore.OpenAsync(engine.ConnectionString, [Older], TimeProvider.System, patience.Token));

        await newer.CommitAsync(new Changes().Add(Newer, new Turn("t", "g", 1)), default);
        Assert.Single((await newer.QueryAsync(Newer, ByRank.Where(), default)).Items);
    }

    [ContractFact]
    public async Task Presence_outlives_a_cut_connection_and_ends_with_the_store()
    {
        var older = await OpenAsync([Older]);
        await PostgresSchema.RunAsync($"SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.classid = {Class(engine)}");
        await Task.Delay(TimeSpan.FromSeconds(3));
        var opening = OpenAsync([Newer]);
        await Task.WhenAny(opening, Task.Delay(TimeSpan.FromSeconds(2)));
        Assert.False(opening.IsCompleted, "The presence was forgotten.");

        await older.DisposeAsync();
        await using var newer = await opening;
    }

    private static string Class(PostgresEngine engine) =>
        $"hashtext('skillbadges node {engine.ConnectionString[(engine.ConnectionString.LastIndexOf('=') + 1)..]}')::bigint::bit(32)::bigint::oid";

    private Task<PostgresStore> OpenAsync(DocumentKind[] kinds) => OpenAsync(kinds, engine);

    private static async Task<PostgresStore> OpenAsync(DocumentKind[] kinds, PostgresEngine at)
    {
        // The engine makes its schema with the first store that it opens.
        await using (await at.OpenAsync([Samples.Kind], TimeProvider.System))
        {
            return await PostgresStore.OpenAsync(at.ConnectionString, kinds, TimeProvider.System, CancellationToken.None);
        }
    }
}
