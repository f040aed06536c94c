using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>What every contract shares: a fresh engine for each test, and a store of the sample kinds.</summary>
public abstract class StoreContract(ITestedEngine engine) : IAsyncLifetime
{
    private OpenedStore? opened;

    protected static CancellationToken None => CancellationToken.None;

    protected ITestedEngine Engine => engine;

    protected ManualTime Clock { get; } = new();

    protected OpenedStore Store => opened ?? throw new InvalidOperationException("The store is closed.");

    protected IDocumentStore Documents => Store.Documents;

    protected IOutbox Outbox => Store.Outbox;

    public async Task InitializeAsync() => opened = await engine.OpenAsync(Samples.Kinds, Clock);

    public async Task DisposeAsync()
    {
        await CloseAsync();
        await engine.DisposeAsync();
    }

    protected async Task CloseAsync()
    {
        if (opened is not null)
        {
            await opened.DisposeAsync();
            opened = null;
        }
    }

    protected async Task ReopenAsync(params DocumentKind[] kinds)
    {
        await CloseAsync();
        opened = await engine.OpenAsync(kinds is [] ? Samples.Kinds : kinds, Clock);
    }

    protected Task CommitAsync(Changes changes) => Documents.CommitAsync(changes, None);

    protected Task AddAsync(params Sample[] samples) =>
        CommitAsync(samples.Aggregate(new Changes(), (changes, sample) => changes.Add(Samples.Kind, sample)));

    protected async Task<Read<Sample>> ReadAsync(string id) =>
        await Documents.FindAsync(Samples.Kind, id, None) ?? throw new InvalidOperationException($"{id} is not there.");

    protected async Task<string[]> IdsAsync(DocumentQuery<Sample> query) =>
        [.. (await Documents.QueryAsync(Samples.Kind, query, None)).Items.Select(item => item.Id)];
}
