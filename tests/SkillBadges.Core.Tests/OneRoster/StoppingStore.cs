using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.OneRoster;

/// <summary>A real store that can be made to fail at its Nth commit, before or after the commit holds, as when the process is killed.</summary>
internal sealed class StoppingStore(IDocumentStore inner) : StoreInFront(inner)
{
    private int left = int.MaxValue;
    private bool holds;

    public int Commits { get; private set; }

    /// <summary>The commit of this number, counted from now, throws; <paramref name="afterwards"/> when it holds nevertheless.</summary>
    public void StopAt(int commit, bool afterwards) => (left, holds) = (commit, afterwards);

    public override async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        Commits++;
        if (--left == 0)
        {
            if (holds)
            {
                await Behind.CommitAsync(changes, cancellationToken);
            }

            throw new IOException("The process was killed here.");
        }

        await Behind.CommitAsync(changes, cancellationToken);
    }
}
