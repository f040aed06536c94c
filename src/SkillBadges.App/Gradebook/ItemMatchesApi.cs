using SkillBadges.App.Http;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

/// <param name="OrganizationId">The side that proposes.</param>
/// <param name="Theirs">Address of the giver's item.</param>
/// <param name="Ours">Address of the receiver's item.</param>
internal sealed record NewItemMatchRequest(string OrganizationId, string GiverId, string ReceiverId, string Theirs, string Ours);

internal sealed record ItemMatchSideRequest(string OrganizationId);

internal sealed record ItemMatchView(string Id, string GiverId, string ReceiverId, string Theirs, string Ours, IReadOnlyList<string> ApprovedBy, bool Holds, DateTimeOffset? EndedAt)
{
    public static ItemMatchView Of(ItemMatch match) => new(
        match.Id, match.Giver.Value, match.Receiver.Value, match.Theirs, match.Ours, [.. match.Approvals.Select(approval => approval.Organization.Value)], match.Holds, match.EndedAt);
}

/// <summary>Items of different frameworks that two organizations accept as the same.</summary>
internal static class ItemMatchesApi
{
    public static void MapItemMatches(this IEndpointRouteBuilder app)
    {
        var matches = app.MapApi("item-matches", "Student record");
        matches.MapGet("", ListAsync).WithSummary("All matches of ?organization=. For its office.").Refuses(403, "role.missing");
        matches.MapPost("", ProposeAsync).Produces<ItemMatchView>(201).WithSummary("Proposes that what is shown for an item of the giver's framework is shown for an item of the receiver's. For the office of one of them.")
            .Example(new NewItemMatchRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "https://frameworks.example.org/uri/33333333-3333-3333-3333-333333333333", "https://frameworks.example.org/uri/11111111-1111-1111-1111-111111111111"))
            .Refuses(403, "role.missing", "item-match.not-a-party").Refuses(404, "organization.not-found").Refuses(409, "item-match.exists").Refuses(422, "item-match.item");
        matches.MapPost("{id}/approvals", ApproveAsync).WithSummary("Accepts it for the other side; then it holds.").Example(new ItemMatchSideRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90"))
            .Refuses(403, "role.missing", "item-match.not-a-party", "item-match.second-person").Refuses(404, "item-match.not-found").Refuses(409, "item-match.ended");
        matches.MapPost("{id}/end", EndAsync).WithSummary("Ends it, by either side; what was recognized by it stays.").Example(new ItemMatchSideRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90"))
            .Refuses(403, "role.missing", "item-match.not-a-party").Refuses(404, "item-match.not-found").Refuses(409, "item-match.ended");
    }

    private static async Task<PageOf<ItemMatchView>> ListAsync(string? organization, CurrentActor me, Paging paging, ItemMatchWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(organization ?? ""), paging.Of, cancellationToken), read => ItemMatchView.Of(read.Document));

    private static async Task<IResult> ProposeAsync(NewItemMatchRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, ItemMatchWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.ProposeAsync(
            me.Actor, OrganizationId.From(body.OrganizationId), OrganizationId.From(body.GiverId), OrganizationId.From(body.ReceiverId), body.Theirs, body.Ours, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/item-matches/{read.Id}", context.Answer(read, ItemMatchView.Of));
    }

    private static async Task<ItemMatchView> ApproveAsync(string id, ItemMatchSideRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, ItemMatchWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ApproveAsync(me.Actor, id, OrganizationId.From(body.OrganizationId), idempotency.For(me.Actor), cancellationToken), ItemMatchView.Of);

    private static async Task<ItemMatchView> EndAsync(string id, ItemMatchSideRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, ItemMatchWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EndAsync(me.Actor, id, OrganizationId.From(body.OrganizationId), idempotency.For(me.Actor), cancellationToken), ItemMatchView.Of);
}
