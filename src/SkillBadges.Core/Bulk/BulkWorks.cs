using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>What is done with rows, over a store that a lease fences.</summary>
public sealed class BulkWorks(Assignments assignments, Authority authority, DecisionRecord record, TimeProvider clock)
{
    public IReadOnlyDictionary<BulkKind, IBulkWork> Over(IDocumentStore fenced)
    {
        var commits = new Commits(fenced, clock);
        return new Dictionary<BulkKind, IBulkWork>
        {
            [BulkKind.Awards] = new AwardRows(new(commits, assignments, authority, record, clock)),
            [BulkKind.Decisions] = new DecisionRows(fenced, assignments, new(commits, assignments, record, clock), clock),
        };
    }
}
