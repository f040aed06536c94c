using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

/// <summary>One entry to be, before its place in the chain is known.</summary>
/// <param name="Statement">The competency's statement, in American English.</param>
public sealed record EntryDraft(MasteryFacts Facts, PersonalNotes Notes, string Statement);

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

        await KeepSheetsAsync(changes, recordKeeper, learner, entries, cancellationToken);
        await KeepStatementsAsync(changes, drafts, cancellationToken);
        if (await store.FindAsync(ScaleSnapshotDocuments.Kind, scale.SnapshotHash.Hex, cancellationToken) is null)
        {
            changes.Add(ScaleSnapshotDocuments.Kind, new(scale.SnapshotHash, scale));
        }

        return entries;
    }

    private async Task KeepSheetsAsync(Changes changes, OrganizationId recordKeeper, PersonId learner, IReadOnlyList<MasteryEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var badge in entries.GroupBy(entry => entry.Facts.Competency.Badge.Slug, StringComparer.Ordinal))
        {
            var earlier = await store.FindAsync(BadgeSheetDocuments.Kind, BadgeSheet.IdOf(recordKeeper, learner, badge.Key), cancellationToken);
            var sheet = (earlier?.Document ?? new(recordKeeper, learner, badge.Key, [])).With(badge);
            changes = earlier is null ? changes.Add(BadgeSheetDocuments.Kind, sheet) : changes.Replace(BadgeSheetDocuments.Kind, earlier, sheet);
        }
    }

    private async Task KeepStatementsAsync(Changes changes, IReadOnlyList<EntryDraft> drafts, CancellationToken cancellationToken)
    {
        var statements = drafts.GroupBy(draft => draft.Facts.Competency.StatementDigest).ToDictionary(group => group.Key.Hex, group => group.First());
        var known = await store.FindManyAsync(CompetencyTextDocuments.Kind, statements.Keys, cancellationToken);
        foreach (var draft in statements.ExceptBy(known.Select(read => read.Id), pair => pair.Key).Select(pair => pair.Value))
        {
            changes.Add(CompetencyTextDocuments.Kind, new(draft.Facts.Competency.StatementDigest, draft.Statement, "en-US"));
        }
    }
}
