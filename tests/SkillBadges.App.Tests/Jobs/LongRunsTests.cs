using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using SkillBadges.App.Jobs;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.App.Tests.Jobs;

public sealed class LongRunsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-");
    private readonly TestClock clock = new();
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly SqliteStore store;
    private readonly Gated runs;

    public LongRunsTests()
    {
        store = SqliteStore.Open(folder.FullName, AllDocumentKinds.OfCore, clock, CancellationToken.None);
        runs = new(new Leases(store, clock), store, lifetime, clock);
    }

    public void Dispose()
    {
        lifetime.StopApplication();
        store.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Work_that_ends_at_once_needs_one_message()
    {
        runs.Gate.SetResult();

        await runs.HandleAsync("job", default);

        Assert.Equal(1, runs.Begun);
        Assert.Equal(0, await store.CountAsync(10, default));
    }

    [Fact]
    public async Task A_message_that_comes_while_a_run_ends_is_followed_by_a_run_of_its_own()
    {
        var first = runs.HandleAsync("job", default);
        await runs.HasBegun.Task;
        var second = runs.HandleAsync("job", default);
        runs.Gate.SetResult();
        await Task.WhenAll(first, second);

        await WorkOffAsync();

        Assert.Equal(2, runs.Begun);
        Assert.Equal(0, await store.CountAsync(10, default));
    }

    [Fact]
    public async Task A_run_whose_end_no_message_has_seen_does_not_stand_for_a_later_one()
    {
        await runs.HandleAsync("job", default);
        Assert.Equal(1, await store.CountAsync(10, default));
        runs.Gate.SetResult();

        // As on a node whose last message another node has taken.
        await WorkOffAsync();

        Assert.Equal(2, runs.Begun);
        Assert.Equal(0, await store.CountAsync(10, default));
    }

    // What the worker does: gives each message that is due to the handler.
    private async Task WorkOffAsync()
    {
        for (var round = 0; round < 5; round++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            foreach (var message in await store.LeaseAsync([runs.Topic], 10, TimeSpan.FromSeconds(10), default))
            {
                await runs.HandleAsync(message.Message.Subject, default);
                await store.CompleteAsync(message, default);
            }
        }
    }

    private sealed class Gated(Leases leases, IDocumentStore store, IHostApplicationLifetime lifetime, TimeProvider clock) : LongRuns("test.long", leases, store, lifetime, clock)
    {
        private int begun;

        public int Begun => begun;

        public TaskCompletionSource HasBegun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task RunAsync(string id, HeldLease held, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref begun);
            HasBegun.TrySetResult();
            await Gate.Task.WaitAsync(cancellationToken);
        }
    }
}
