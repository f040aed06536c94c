using System.Text;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Checking;

/// <summary>I4 and I10: chains hold, the sheets made from them say the same, and what entries point to is there and unchanged.</summary>
internal sealed class LedgerCheck(IDocumentStore store, Findings findings)
{
    public async Task<LedgerFindings> RunAsync(CancellationToken cancellationToken)
    {
        var ledger = await LedgerSweep.RunAsync(findings.View, store, CheckSheetsAsync, cancellationToken);
        foreach (var (chain, fault) in ledger.Faults)
        {
            findings.Add(Invariant.Ledger, LedgerDocuments.Kind, fault.EntryId, $"Chain {chain}, entry {fault.Sequence}: {fault.Fault}.");
        }

        await CheckSnapshotsAsync(cancellationToken);
        return ledger;
    }

    private async Task CheckSheetsAsync(IReadOnlyList<MasteryEntry> chain, CancellationToken cancellationToken)
    {
        foreach (var sheet in BadgeSheet.Of(chain))
        {
            var id = BadgeSheet.IdOf(sheet.RecordKeeper, sheet.Learner, sheet.Badge);
            if ((await store.FindAsync(BadgeSheetDocuments.Kind, id, cancellationToken))?.Document.Facts.SequenceEqual(sheet.Facts) != true)
            {
                findings.Add(Invariant.Ledger, BadgeSheetDocuments.Kind, id, "The sheet does not say what the ledger says.");
            }
        }
    }

    private async Task CheckSnapshotsAsync(CancellationToken cancellationToken)
    {
        var (scales, texts) = (new HashSet<Sha256Digest>(), new HashSet<Sha256Digest>());
        await foreach (var snapshot in findings.EachAsync(ScaleSnapshotDocuments.Kind, cancellationToken))
        {
            if (snapshot.Scale.SnapshotHash == snapshot.Digest)
            {
                scales.Add(snapshot.Digest);
            }
            else
            {
                findings.Add(Invariant.Snapshots, ScaleSnapshotDocuments.Kind, snapshot.Digest.Hex, "The scale is not the one that was kept.");
            }
        }

        await foreach (var text in findings.EachAsync(CompetencyTextDocuments.Kind, cancellationToken))
        {
            if (Sha256Digest.Of(Encoding.UTF8.GetBytes(text.Statement)) == text.Digest)
            {
                texts.Add(text.Digest);
            }
            else
            {
                findings.Add(Invariant.Snapshots, CompetencyTextDocuments.Kind, text.Digest.Hex, "The statement is not the one that was kept.");
            }
        }

        await foreach (var entry in findings.EachAsync(LedgerDocuments.Kind, cancellationToken))
        {
            if (!scales.Contains(entry.Facts.Scale.Digest) || !texts.Contains(entry.Facts.Competency.StatementDigest))
            {
                findings.Add(Invariant.Snapshots, LedgerDocuments.Kind, entry.Id, "The scale or the statement that it points to is not there.");
            }
        }
    }
}
