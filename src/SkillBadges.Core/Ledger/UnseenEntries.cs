using System.Collections.Immutable;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

/// <summary>Entries that somebody must not see yet, and what was corrected about them: whoever looks sees the record as if they were not there.</summary>
public sealed class UnseenEntries
{
    private readonly IReadOnlySet<string> ids;

    private UnseenEntries(IReadOnlySet<string> ids) => this.ids = ids;

    public static UnseenEntries None { get; } = new(ImmutableHashSet<string>.Empty);

    /// <summary>The entries of these decisions.</summary>
    public static async Task<UnseenEntries> OfAsync(IDocumentStore store, IReadOnlyCollection<string> decisions, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in decisions.Chunk(DocumentQuery<MasteryEntry>.MaxFirstValues))
        {
            await foreach (var entry in store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.WhereAny(some), cancellationToken))
            {
                ids.Add(entry.Id);
            }
        }

        return ids.Count == 0 ? None : new(ids);
    }

    public bool Hides(MasteryEntry entry) => Hides(entry.Id, entry.Facts.Corrects);

    public BadgeSheet Without(BadgeSheet sheet) => ids.Count == 0 ? sheet : sheet with { Facts = [.. sheet.Facts.Where(fact => !Hides(fact.EntryId, fact.Corrects))] };

    public bool Hides(string entry) => ids.Contains(entry);

    private bool Hides(string entry, string? corrects) => ids.Contains(entry) || (corrects is not null && ids.Contains(corrects));
}
