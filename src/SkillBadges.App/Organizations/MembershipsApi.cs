using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Organizations;

internal sealed record NewMembershipRequest(string PersonId, string OrganizationId, Role Role);

internal sealed record MembershipView(string Id, string PersonId, string OrganizationId, Role Role, DateTimeOffset From, DateTimeOffset? To)
{
    public static MembershipView Of(Membership membership) => new(
        membership.Id.Value, membership.Person.Value, membership.Organization.Value, membership.Role, membership.From, membership.To);
}

/// <summary>Who does what where.</summary>
internal static class MembershipsApi
{
    public static void MapMemberships(this IEndpointRouteBuilder app)
    {
        var memberships = app.MapApi("memberships", "Memberships");
        memberships.MapPost("", BeginAsync).Example(new NewMembershipRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", Role.Counselor)).WithSummary("Gives another role to someone of this organization. Others join by an invitation.")
            .Produces<MembershipView>(201)
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found", "person.not-found").Refuses(409, "membership.exists").Refuses(422, "role.not-here");
        memberships.MapPost("{id}/end", EndAsync).WithSummary("Ends a role now, with effect from the next request. Everyone may end their own.")
            .Refuses(404, "membership.not-found").Refuses(409, "membership.ended", "membership.last-admin");
        app.MapApi("organizations/{id}/memberships", "Memberships").MapGet("", ListAsync)
            .WithSummary("Who has or had a role at an organization, in the order in which they began. For its office.")
            .Refuses(403, "role.missing").Refuses(422, "storage.text-too-long");
    }

    private static async Task<IResult> BeginAsync(
        NewMembershipRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, MembershipWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.BeginAsync(me.Actor, PersonId.From(body.PersonId), OrganizationId.From(body.OrganizationId), body.Role, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/memberships/{read.Id}", context.Answer(read, MembershipView.Of));
    }

    private static async Task<MembershipView> EndAsync(
        string id, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, MembershipWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EndAsync(me.Actor, MembershipId.From(id), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), MembershipView.Of);

    private static async Task<PageOf<MembershipView>> ListAsync(string id, Named<Role> role, CurrentActor me, Paging paging, MembershipWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(id), role.Value, paging.Of, cancellationToken), read => MembershipView.Of(read.Document));
}
