using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using SkillBadges.App.Jobs;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.App.Tests.Jobs;

public sealed class OutboxWorkerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-");
    private readonly TestClock clock = new();
    private readonly Handler handler = new();
    private readonly SqliteStore store;
    private readonly OutboxSignal signal = new();
    private readonly OutboxWorker worker;

    public OutboxWorkerTests()
    {
        store = SqliteStore.Open(folder.FullName, AllDocumentKinds.OfCore, clock, CancellationToken.None);
        worker = new(store, signal, [handler], clock, NullLogger<OutboxWorker>.Instance);
    }

    public void Dispose()
    {
        worker.Dispose();
        signal.Dispose();
        store.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_message_reaches_the_handler_of_its_topic_once()
    {
        await SendAsync("test.topic", "a-subject");

        Assert.Equal(1, await worker.RunOnceAsync(CancellationToken.None));
        Assert.Equal(0, await worker.RunOnceAsync(CancellationToken.None));

        Assert.Equal(["a-subject"], handler.Handled);
        Assert.Equal(0, await store.CountAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task What_fails_comes_again_later()
    {
        handler.Fails = true;
        await SendAsync("test.topic", "a-subject");
        await worker.RunOnceAsync(CancellationToken.None);
        handler.Fails = false;

        Assert.Equal(0, await worker.RunOnceAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await worker.RunOnceAsync(CancellationToken.None));

        Assert.Equal(["a-subject"], handler.Handled);
    }

    [Fact]
    public async Task A_topic_that_nobody_handles_waits_and_is_not_lost()
    {
        await SendAsync("test.from-a-newer-build", "a-subject");

        await worker.RunOnceAsync(CancellationToken.None);

        Assert.Empty(handler.Handled);
        Assert.Equal(1, await store.CountAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task A_commit_wakes_the_worker()
    {
        var watched = new SignalingStore(store, signal);
        await worker.StartAsync(CancellationToken.None);

        await watched.CommitAsync(new Changes().Send(Message("test.topic", "woken")), CancellationToken.None);
        await handler.HandledOne.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await worker.StopAsync(CancellationToken.None);
        Assert.Equal(["woken"], handler.Handled);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(11, 600)]
    [InlineData(1000, 600)]
    public void The_wait_doubles_up_to_ten_minutes(int attempt, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), OutboxWorker.DelayAfter(attempt));

    private Task SendAsync(string topic, string subject) => store.CommitAsync(new Changes().Send(Message(topic, subject)), CancellationToken.None);

    private OutboxMessage Message(string topic, string subject) => new(NewId.Ordered(clock.Now()), topic, subject, clock.Now());

    private sealed class Handler : IOutboxHandler
    {
        public string Topic => "test.topic";

        public bool Fails { get; set; }

        public ConcurrentQueue<string> Handled { get; } = [];

        public TaskCompletionSource HandledOne { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HandleAsync(string subject, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new InvalidOperationException("Not today.");
            }

            Handled.Enqueue(subject);
            HandledOne.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
