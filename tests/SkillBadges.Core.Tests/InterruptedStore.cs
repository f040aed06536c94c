using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests;

/// <summary>A real store in front of whose next commit something else can be made to happen: a race that is lost every time.</summary>
internal sealed class InterruptedStore(IDocumentStore inner) : StoreInFront(inner)
{
    private Func<Task>? interruption;

    public void BeforeNextCommit(Func<Task> happens) => interruption = happens;

    public override async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        // Only a decision, a signature under papers, a classmate's word, an observation, confirmed hours or a published version is interrupted: what it prepares on the way (a status index) commits by itself.
        if (changes.Documents.Any(change => change.Document is Core.Evidence.Submission or Core.Evidence.Papers.InternshipPapers or Core.Evidence.Peers.PeerReview or Core.Evidence.Observation or Core.Evidence.Logs.LogEntry or Core.Definitions.BadgeDefinition) && Interlocked.Exchange(ref interruption, null) is { } happens)
        {
            await happens();
        }

        await Behind.CommitAsync(changes, cancellationToken);
    }
}
