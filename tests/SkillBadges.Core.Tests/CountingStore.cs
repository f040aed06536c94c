using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests;

/// <summary>A real store that counts how often it is asked by id and how many commits of something are tried.</summary>
internal sealed class CountingStore(IDocumentStore inner) : StoreInFront(inner)
{
    private int found;
    private int commits;

    public int Found => found;

    public int Commits => commits;

    public override Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref found);
        return base.FindAsync(kind, id, cancellationToken);
    }

    public override Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref commits);
        return Behind.CommitAsync(changes, cancellationToken);
    }
}
