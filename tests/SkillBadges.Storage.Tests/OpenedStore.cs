using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>A store under test; disposing it closes it and leaves its data.</summary>
public sealed class OpenedStore(IDocumentStore documents, IOutbox outbox, IWholeStore whole, Func<ValueTask> close) : IAsyncDisposable
{
    public IDocumentStore Documents { get; } = documents;

    public IOutbox Outbox { get; } = outbox;

    public IWholeStore Whole { get; } = whole;

    public ValueTask DisposeAsync() => close();
}
