using System.Collections.Immutable;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Transfers.Packs;

/// <summary>A file of text in a pack.</summary>
public sealed record PackText(string Path, string Text);

/// <summary>What was let go, as it was signed, until it runs out. Evidence bytes lie where they always do; the pack names them.</summary>
/// <param name="Files">Manifest and signature first.</param>
/// <param name="Evidence">Digests of the bytes that go along.</param>
public sealed record TransferPack(TransferId Id, ImmutableArray<PackText> Files, ImmutableArray<Sha256Digest> Evidence, DateTimeOffset Until);

public static class TransferPackDocuments
{
    public static readonly AccessPath<TransferPack> ByEnd = new AccessPath<TransferPack>("end").OrderBy("until", p => p.Until);

    public static readonly DocumentKind<TransferPack> Kind = new("transfer_pack", p => p.Id.Value) { Paths = [ByEnd] };
}
