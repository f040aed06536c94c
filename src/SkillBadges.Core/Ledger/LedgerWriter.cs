using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

/// <summary>One entry to be, before its place in the chain is known.</summary>
public sealed record EntryDraft(MasteryFacts Facts, PersonalNotes Notes);

/// <summary>
/// Adds entries to the end of a chain within somebody's commit. Two who append at once collide on the chain's unique
/// place, and the slower one begins again.
/// </summary>
public sealed class LedgerWriter(IDocumentStore store, TimeProvider clock)
{
    public async Task<IReadOnlyList<MasteryEntry>> AppendAsync(
        Changes changes, OrganizationId recordKeeper, PersonId learner, MasteryScale scale, IReadOnlyList<EntryDraft> drafts, CancellationToken cancellationToken)
    {
        if (drafts.Count == 0)
        {
            return [];
        }

        var last = (await store.FirstAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(recordKeeper, learner).Descending(), cancellationToken))?.Document;
        var entries = new List<MasteryEntry>(drafts.Count);
        foreach (var draft in drafts)
        {
            last = MasteryEntry.Append(last, NewId.Ordered(clock.Now()), recordKeeper, learner, draft.Facts, draft.Notes, NewId.Random());
            entries.Add(last);
            changes.Add(LedgerDocuments.Kind, last);
        }

        if (await store.FindAsync(ScaleSnapshotDocuments.Kind, scale.SnapshotHash.Hex, cancellationToken) is null)
        {
            changes.Add(ScaleSnapshotDocuments.Kind, new(scale.SnapshotHash, scale));
        }

        return entries;
    }
}
