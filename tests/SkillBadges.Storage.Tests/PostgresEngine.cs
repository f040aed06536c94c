using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres;

namespace SkillBadges.Storage.Tests;

/// <summary>A schema of its own in the cluster of the tests, made when the store is opened first.</summary>
public sealed class PostgresEngine : ITestedEngine
{
    private PostgresSchema? schema;

    public string ConnectionString => schema!.ConnectionString;

    public async Task<OpenedStore> OpenAsync(IReadOnlyList<DocumentKind> kinds, TimeProvider clock)
    {
        schema ??= await PostgresSchema.CreateAsync();
        var store = await PostgresStore.OpenAsync(ConnectionString, kinds, clock, CancellationToken.None);
        return new(store, store, store, store.DisposeAsync);
    }

    public ValueTask DisposeAsync() => schema?.DisposeAsync() ?? ValueTask.CompletedTask;
}
