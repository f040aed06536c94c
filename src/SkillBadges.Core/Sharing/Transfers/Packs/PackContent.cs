using System.Collections.Immutable;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Sharing.Statements;

namespace SkillBadges.Core.Sharing.Transfers.Packs;

/// <summary>What a sound pack holds.</summary>
/// <param name="ManifestDigest">Under which receipts name the pack.</param>
/// <param name="IsIssuerConfirmed">Whether the school's keys were found elsewhere too, not in the pack alone.</param>
public sealed record PackContent(
    PackManifest Manifest,
    Sha256Digest ManifestDigest,
    bool IsIssuerConfirmed,
    ImmutableArray<MasteryEntry> Entries,
    ImmutableArray<ScaleSnapshot> Scales,
    ImmutableArray<CompetencyText> Competencies,
    ImmutableArray<Statement> Statements,
    IReadOnlyDictionary<Sha256Digest, byte[]> Evidence)
{
    /// <summary>Empty where the learner shows the next school none.</summary>
    public ImmutableArray<PackProfileLine> Profile { get; init; } = [];
}
