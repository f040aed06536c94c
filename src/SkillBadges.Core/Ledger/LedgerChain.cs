namespace SkillBadges.Core.Ledger;

/// <summary>What is wrong with a chain, at which entry.</summary>
public sealed record ChainFault(long Sequence, string EntryId, string Fault);

/// <summary>Checks a chain of entries by itself: nothing but the entries is needed.</summary>
public static class LedgerChain
{
    /// <param name="entries">All entries of one chain, by sequence.</param>
    /// <returns>The faults in order; empty when the chain holds.</returns>
    public static IReadOnlyList<ChainFault> Check(IEnumerable<MasteryEntry> entries)
    {
        var faults = new List<ChainFault>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        MasteryEntry? previous = null;
        foreach (var entry in entries)
        {
            void Found(string fault) => faults.Add(new(entry.Sequence, entry.Id, fault));

            if (entry.Sequence != (previous?.Sequence ?? 0) + 1)
            {
                Found("sequence-gap");
            }

            if (entry.PreviousHash != previous?.Hash)
            {
                Found("previous-hash");
            }

            if (entry.Hash != entry.ComputeHash())
            {
                Found("hash");
            }

            if (!entry.NotesMatch())
            {
                Found("notes");
            }

            if (entry.Facts.Corrects is { } corrected && !seen.Contains(corrected))
            {
                Found("corrects-unknown-entry");
            }

            seen.Add(entry.Id);
            previous = entry;
        }

        return faults;
    }
}
