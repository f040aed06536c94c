using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>What is done with rows, over a store that a lease fences or that gathers what several rows commit.</summary>
public sealed class BulkWorks(DecidingOver deciding, TimeProvider clock)
{
    public IBulkWork Over(IDocumentStore store, BulkKind kind) => kind == BulkKind.Awards
        ? new AwardRows(deciding.WholeBadges(store, signsTogether: true))
        : new DecisionRows(store, deciding.Assignments(store), deciding.Decisions(store, signsTogether: true), clock);
}
