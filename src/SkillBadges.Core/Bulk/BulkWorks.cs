using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>What is done with rows, over a store that a lease fences or that gathers what several rows commit.</summary>
public sealed class BulkWorks(DecidingOver deciding, InstanceAddress address, TimeProvider clock)
{
    public IBulkWork Over(IDocumentStore store, BulkKind kind) => kind switch
    {
        BulkKind.Awards => new AwardRows(deciding.WholeBadges(store, signsTogether: true)),
        BulkKind.Decisions => new DecisionRows(store, deciding.Assignments(store), deciding.Decisions(store, signsTogether: true), clock),
        _ => new RevocationRows(store, new(new(store, clock), new(store, clock), new(store), clock), address, clock),
    };
}
