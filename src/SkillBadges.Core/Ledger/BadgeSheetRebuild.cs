using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

/// <summary>Makes the sheets of a learner anew from the ledger.</summary>
public sealed class BadgeSheetRebuild(Commits commits)
{
    /// <returns>How many sheets were missing or not what the ledger says.</returns>
    public Task<int> RunAsync(OrganizationId recordKeeper, PersonId learner, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var chain = MasteryEntry.ChainOf(recordKeeper, learner);
            var entries = new List<MasteryEntry>();
            await foreach (var read in commits.Store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(recordKeeper, learner), attemptToken))
            {
                entries.Add(read.Document);
            }

            var there = new Dictionary<string, Read<BadgeSheet>>(StringComparer.Ordinal);
            await foreach (var read in commits.Store.AllAsync(BadgeSheetDocuments.Kind, BadgeSheetDocuments.ByChain.Where(chain), attemptToken))
            {
                there[read.Document.Badge] = read;
            }

            var (changes, changed) = (new Changes(), 0);
            foreach (var sheet in BadgeSheet.Of(entries))
            {
                if (!there.Remove(sheet.Badge, out var old))
                {
                    changes.Add(BadgeSheetDocuments.Kind, sheet);
                }
                else if (!old.Document.Facts.SequenceEqual(sheet.Facts))
                {
                    changes.Replace(BadgeSheetDocuments.Kind, old, sheet);
                }
                else
                {
                    continue;
                }

                changed++;
            }

            foreach (var stray in there.Values)
            {
                changes.Remove(BadgeSheetDocuments.Kind, stray);
                changed++;
            }

            return new Outcome<int>(changes, changed, chain);
        },
        cancellationToken);
}
