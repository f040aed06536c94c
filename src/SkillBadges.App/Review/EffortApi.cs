using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;

namespace SkillBadges.App.Review;

/// <summary>What deciding takes, in the middle: the product's own measure of how much it asks of a school's staff.</summary>
internal static class EffortApi
{
    public static void MapEffort(this IEndpointRouteBuilder app) => app.MapApi("decision-effort", "Review").MapGet("", ReadAsync)
        .WithSummary("Median seconds from opening to decision and median requests a decision at a school (?organization=), in all and by badge; of ten or more decisions, never by person. For its staff.")
        .Refuses(403, "role.missing");

    private static Task<EffortReport> ReadAsync(string organization, CurrentActor actor, EffortReading reading, CancellationToken cancellationToken) =>
        reading.ReadAsync(actor.Actor, OrganizationId.From(organization), cancellationToken);
}
