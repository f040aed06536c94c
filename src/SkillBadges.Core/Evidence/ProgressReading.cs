using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Tells whoever may read a piece of work where it stands.</summary>
public sealed class ProgressReading(IDocumentStore store, SubmissionReading reading, TurnInReading turnIns)
{
    /// <exception cref="RefusedException"><c>submission.not-found</c>.</exception>
    public async Task<ProgressBoard> ReadAsync(Actor actor, SubmissionId id, CancellationToken cancellationToken)
    {
        var work = (await reading.ReadAsync(actor, id, cancellationToken)).Document;
        var badge = await store.VersionAsync(work.Badge, cancellationToken);
        var facts = await turnIns.ReadAsync(new Changes(), work, badge, cancellationToken);
        return ProgressBoard.Of(await reading.SeenByAsync(actor, work, cancellationToken), facts, await turnIns.PolicyAsync(work.Organization, badge, cancellationToken));
    }
}
