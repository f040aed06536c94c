using SkillBadges.App.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>What a holder of one version must add to hold another, skill by skill.</summary>
internal sealed record BridgeView(string Slug, int From, int To, bool IsComplete, IReadOnlyList<BridgedSkill> Skills)
{
    public static BridgeView Of(VersionBridge bridge) => new(bridge.From.Slug, bridge.From.Version, bridge.To.Version, !bridge.ToAdd.Any(), bridge.Skills);
}

/// <summary>What is public about versions: who stands behind them, what changed between them, and the way from one to the next.</summary>
internal static class VersionsApi
{
    public static void MapVersions(this IEndpointRouteBuilder app)
    {
        var badges = app.MapApi("badges/{slug}", DefinitionsApi.Tag).AllowAnonymous();
        badges.MapGet("versions/{version:int}/provenance", ProvenanceAsync).WithSummary("Who wrote and signed a version; an imported one says so.").Refuses(404, "badge.not-found");
        badges.MapGet("versions/{version:int}/bridge", BridgeAsync).WithSummary("What a holder of this version must add to hold another (?to=, the current one by default).").Refuses(404, "badge.not-found");
        badges.MapGet("differences", DifferenceAsync).WithSummary("What changed from one version to another (?from= and ?to=), in words.").Refuses(404, "badge.not-found");
        app.MapApi("awards/{id}/bridge", DefinitionsApi.Tag).MapGet("", HolderAsync)
            .WithSummary("What the holder of this badge must add to hold another version (?to=, the current one by default), their own levels counted.").Refuses(404, "award.not-found", "badge.not-found");
    }

    private static Task<ProvenanceView> ProvenanceAsync(string slug, int version, ProvenanceReading reading, CancellationToken cancellationToken) => reading.ReadAsync(new(slug, version), cancellationToken);

    private static async Task<BridgeView> BridgeAsync(string slug, int version, int? to, IDocumentStore store, CancellationToken cancellationToken) =>
        BridgeView.Of(VersionBridge.Between(await store.VersionAsync(new(slug, version), cancellationToken), await TargetAsync(store, slug, to, cancellationToken)));

    private static async Task<DifferenceView> DifferenceAsync(string slug, int from, int to, IDocumentStore store, CancellationToken cancellationToken) =>
        new(from, to, Difference.Between(await store.VersionAsync(new(slug, from), cancellationToken), await store.VersionAsync(new(slug, to), cancellationToken)));

    private static async Task<BridgeView> HolderAsync(string id, int? to, CurrentActor me, AwardReading awards, IDocumentStore store, CancellationToken cancellationToken)
    {
        var award = (await awards.ReadAsync(me.Actor, AwardId.From(id), cancellationToken)).Document;
        var from = await store.VersionAsync(award.Badge, cancellationToken);
        var target = await TargetAsync(store, award.Badge.Slug, to, cancellationToken);
        return BridgeView.Of(VersionBridge.Between(from, target).ForHolder(from, target, award.Levels.ToDictionary(level => level.Competency, level => level.Level)));
    }

    private static Task<BadgeDefinition> TargetAsync(IDocumentStore store, string slug, int? version, CancellationToken cancellationToken) =>
        version is { } number ? store.VersionAsync(new(slug, number), cancellationToken) : store.CurrentVersionAsync(slug, cancellationToken);
}
