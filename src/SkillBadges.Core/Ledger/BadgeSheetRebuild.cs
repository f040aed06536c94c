using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

/// <summary>What a rebuild came to.</summary>
/// <param name="Learners">Records that were looked at, one for each school that keeps one.</param>
/// <param name="Mended">Sheets that were missing, stray or not what the ledger says.</param>
public sealed record RebuildCount(int Learners, int Mended);

/// <summary>Makes the sheets of learners anew from the ledger.</summary>
public sealed class BadgeSheetRebuild(Commits commits)
{
    /// <summary>Every record of every organization; may be stopped and run again, also while others write.</summary>
    public async Task<RebuildCount> RunAllAsync(CancellationToken cancellationToken)
    {
        var count = new RebuildCount(0, 0);
        await foreach (var organization in commits.Store.AllAsync(OrganizationDocuments.Kind, OrganizationDocuments.ByName.Where(), cancellationToken))
        {
            foreach (var learner in await LearnersAsync(organization.Document.Id, cancellationToken))
            {
                count = new(count.Learners + 1, count.Mended + await RunAsync(organization.Document.Id, learner, cancellationToken));
            }
        }

        return count;
    }

    // Whoever has an entry, and whoever was a student, whose sheet may stand where no entry does.
    private async Task<IReadOnlyCollection<PersonId>> LearnersAsync(OrganizationId recordKeeper, CancellationToken cancellationToken)
    {
        var learners = new HashSet<PersonId>();
        await foreach (var entry in commits.Store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ByRecordKeeper.Where(recordKeeper.Value), cancellationToken))
        {
            learners.Add(entry.Document.Learner);
        }

        await foreach (var student in commits.Store.AllAsync(MembershipDocuments.Kind, MembershipDocuments.ByOrganization.Where(recordKeeper.Value, nameof(Role.Student)), cancellationToken))
        {
            learners.Add(student.Document.Person);
        }

        return learners;
    }

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
