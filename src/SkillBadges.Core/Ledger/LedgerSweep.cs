using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

/// <summary>What is wrong with a chain, which is named by record-keeper and learner.</summary>
public sealed record SweptFault(string Chain, ChainFault Fault);

/// <param name="Faults">The first hundred.</param>
public sealed record LedgerFindings(long Chains, long Entries, IReadOnlyList<SweptFault> Faults);

/// <summary>Checks every chain of a store. Memory holds one chain at a time.</summary>
public static class LedgerSweep
{
    private const int MostFaults = 100;
    private const int AtOnce = 200;

    public static Task<LedgerFindings> RunAsync(IStoreView view, IDocumentStore store, CancellationToken cancellationToken) => RunAsync(view, store, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Reads every entry, and from each first one its chain.</summary>
    /// <param name="view">Tells every entry.</param>
    /// <param name="store">Tells chains; where others append meanwhile, what is newer than the view is checked too.</param>
    /// <param name="each">Is given every chain, in its order.</param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    public static async Task<LedgerFindings> RunAsync(IStoreView view, IDocumentStore store, Func<IReadOnlyList<MasteryEntry>, CancellationToken, Task> each, CancellationToken cancellationToken)
    {
        var (chains, entries, inChains) = (0L, 0L, 0L);
        var faults = new List<SweptFault>();
        await foreach (var entry in EntriesAsync(view, cancellationToken))
        {
            entries++;
            if (entry.Sequence != 1)
            {
                continue;
            }

            chains++;
            var whole = new List<MasteryEntry>();
            await foreach (var read in store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(entry.RecordKeeper, entry.Learner), cancellationToken))
            {
                whole.Add(read.Document);
            }

            inChains += whole.Count;
            Add(faults, MasteryEntry.ChainOf(entry.RecordKeeper, entry.Learner), LedgerChain.Check(whole));
            await each(whole, cancellationToken);
        }

        if (inChains < entries)
        {
            await AddHeadlessAsync(view, store, faults, cancellationToken);
        }

        return new(chains, entries, faults);
    }

    /// <summary>Every entry that a view holds, in the order of ids.</summary>
    public static async IAsyncEnumerable<MasteryEntry> EntriesAsync(IStoreView view, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (IReadOnlyList<StoredDocument>? page = null; page is not { Count: 0 };)
        {
            page = await view.DocumentsAsync(LedgerDocuments.Kind, page?[^1].Id, AtOnce, cancellationToken);
            foreach (var stored in page)
            {
                yield return (MasteryEntry)LedgerDocuments.Kind.Read(stored.Json, stored.BodyVersion);
            }
        }
    }

    // Chains whose first entry is gone are never begun above.
    private static async Task AddHeadlessAsync(IStoreView view, IDocumentStore store, List<SweptFault> faults, CancellationToken cancellationToken)
    {
        await foreach (var entry in EntriesAsync(view, cancellationToken))
        {
            var first = await store.FirstAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(entry.RecordKeeper, entry.Learner), cancellationToken);
            if (first is { Document.Sequence: > 1 } && first.Id == entry.Id)
            {
                Add(faults, MasteryEntry.ChainOf(entry.RecordKeeper, entry.Learner), [new(entry.Sequence, entry.Id, "sequence-gap")]);
            }
        }
    }

    private static void Add(List<SweptFault> faults, string chain, IEnumerable<ChainFault> found) =>
        faults.AddRange(found.Take(Math.Max(0, MostFaults - faults.Count)).Select(fault => new SweptFault(chain, fault)));
}
