using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Checking;

/// <summary>I7, as far as a store can tell: a record that another school received was written down as disclosed before it left.</summary>
internal sealed class DisclosureCheck(IDocumentStore store, Findings findings)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var transfer in findings.EachAsync(TransferDocuments.Kind, cancellationToken))
        {
            if (transfer is { State: TransferState.Received, Learner: { } learner } && !await IsDisclosedAsync(transfer, learner.Value, cancellationToken))
            {
                findings.Add(Invariant.Disclosures, TransferDocuments.Kind, transfer.Id.Value, "The record was received elsewhere, and no row says that it left.");
            }
        }
    }

    private async Task<bool> IsDisclosedAsync(Transfer transfer, string learner, CancellationToken cancellationToken)
    {
        await foreach (var row in store.AllAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner.Where(learner), cancellationToken))
        {
            if (row.Document.Through == transfer.Id.Value)
            {
                return true;
            }
        }

        return false;
    }
}
