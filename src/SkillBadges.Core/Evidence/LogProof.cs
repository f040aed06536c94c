using System.Collections.Immutable;

namespace SkillBadges.Core.Evidence;

/// <summary>Confirmed entries of a learning log as proof. They do not change any more, so their ids and the digest of their words say what was shown.</summary>
/// <param name="Entries">Ids of the entries.</param>
public sealed record LogProof(ImmutableArray<string> Entries, int Minutes)
{
    public const int MaxEntries = 100;
}
