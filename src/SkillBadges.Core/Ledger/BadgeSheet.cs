using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

/// <summary>
/// All that one record-keeper decided of one learner in one badge: a projection of the ledger, written with the entries it is made of, so that
/// a class is read without reading every entry whole. It can be thrown away and made again.
/// </summary>
/// <param name="Badge">The slug; versions of a badge share a sheet.</param>
/// <param name="Facts">In the order of the chain.</param>
[JsonConverter(typeof(BadgeSheetJson))]
public sealed record BadgeSheet(OrganizationId RecordKeeper, PersonId Learner, string Badge, ImmutableArray<LevelFact> Facts)
{
    public static string IdOf(OrganizationId recordKeeper, PersonId learner, string badge) => $"{MasteryEntry.ChainOf(recordKeeper, learner)}/{badge}";

    /// <summary>The sheet after more entries of its chain and badge.</summary>
    public BadgeSheet With(IEnumerable<MasteryEntry> entries) => this with { Facts = [.. Facts, .. entries.Select(LevelFact.Of)] };

    /// <summary>The sheets of some chains, from their entries alone.</summary>
    public static IReadOnlyList<BadgeSheet> Of(IEnumerable<MasteryEntry> entries) =>
    [
        .. entries.GroupBy(entry => (entry.RecordKeeper, entry.Learner, entry.Facts.Competency.Badge.Slug))
            .Select(group => new BadgeSheet(group.Key.RecordKeeper, group.Key.Learner, group.Key.Slug, []).With(group.OrderBy(entry => entry.Sequence))),
    ];
}

public static class BadgeSheetDocuments
{
    /// <summary>All sheets of a learner at a record-keeper, by badge.</summary>
    public static readonly AccessPath<BadgeSheet> ByChain =
        new AccessPath<BadgeSheet>("chain").Equal("chain", sheet => MasteryEntry.ChainOf(sheet.RecordKeeper, sheet.Learner)).OrderBy("badge", sheet => sheet.Badge);

    /// <summary>Rows lie in the order of ids, so those of a learner lie together.</summary>
    public static readonly DocumentKind<BadgeSheet> Kind = new("badge_sheet", sheet => BadgeSheet.IdOf(sheet.RecordKeeper, sheet.Learner, sheet.Badge)) { Paths = [ByChain] };
}
