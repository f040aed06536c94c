using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence.Support;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <param name="What">What helps the learner; not why.</param>
/// <param name="Alternative">Proof that may stand in the place of what a board asks for.</param>
/// <param name="Badge">The slug of one badge; left out for all.</param>
internal sealed record GrantAccommodationRequest(string Learner, string Organization, string What, string? Alternative = null, string? Badge = null);

internal sealed record AccommodationView(string Id, string Learner, string Organization, string? Badge, string What, string? Alternative, DateTimeOffset GrantedAt, DateTimeOffset? EndedAt)
{
    public static AccommodationView Of(Read<Accommodation> read)
    {
        var granted = read.Document;
        return new(granted.Id.Value, granted.Learner.Value, granted.Organization.Value, granted.Badge, granted.What, granted.Alternative, granted.GrantedAt, granted.EndedAt);
    }
}

/// <summary>What helps a learner to show what they can do. It stays between the learner, their teachers, the office and the family.</summary>
internal static class AccommodationsApi
{
    public static void MapAccommodations(this IEndpointRouteBuilder app)
    {
        var accommodations = app.MapApi("accommodations", "Paths");
        accommodations.MapPost("", GrantAsync).WithSummary("The office grants what helps a learner.")
            .Example(new GrantAccommodationRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "Half as much time again.", "A spoken walk-through instead of the written log."))
            .Refuses(403, "role.missing").Refuses(404, "badge.not-found").Refuses(422, "accommodation.what", "accommodation.alternative", "accommodation.not-a-learner");
        accommodations.MapGet("", ListAsync).WithSummary("What a learner was granted: ?organization= and, when it is not your own, ?learner=.").Refuses(404, "learner.not-found");
        accommodations.MapPost("{id}/end", EndAsync).WithSummary("Ends it; that it was there stays.").WithMetadata(new RepeatsHarmlessly()).Refuses(404, "accommodation.not-found").Refuses(409, "accommodation.ended");
    }

    private static async Task<Created<AccommodationView>> GrantAsync(
        GrantAccommodationRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, AccommodationWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.GrantAsync(
            actor.Actor, PersonId.From(body.Learner), OrganizationId.From(body.Organization), body.Badge, body.What, body.Alternative, idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/accommodations/{read.Id}", AccommodationView.Of(read));
    }

    private static async Task<PageOf<AccommodationView>> ListAsync(string organization, string? learner, CurrentActor actor, Paging paging, AccommodationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(actor.Actor, learner is null ? actor.Person : PersonId.From(learner), OrganizationId.From(organization), paging.Of, cancellationToken), AccommodationView.Of);

    private static async Task<AccommodationView> EndAsync(string id, CurrentActor actor, IfMatch ifMatch, HttpContext context, AccommodationWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.EndAsync(actor.Actor, AccommodationId.From(id), ifMatch.Version, cancellationToken);
        context.SetVersion(read.Version);
        return AccommodationView.Of(read);
    }
}
