using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Evidence;

/// <param name="Organization">Where both have the role: the school, or the employer.</param>
/// <param name="Role">teacher or supervisor.</param>
/// <param name="For">The absent one; left out for oneself.</param>
internal sealed record NewDelegationRequest(string Organization, Role Role, string Delegate, DateTimeOffset From, DateTimeOffset To, string? For = null);

internal sealed record DelegationView(string Id, string Organization, Role Role, string For, string Delegate, DateTimeOffset From, DateTimeOffset To)
{
    public static DelegationView Of(Delegation delegation) => new(
        delegation.Id.Value, delegation.Organization.Value, delegation.Role, delegation.For.Value, delegation.Delegate.Value, delegation.From, delegation.To);
}

/// <summary>Who stands in for whom, from when to when.</summary>
internal static class DelegationsApi
{
    public static void MapDelegations(this IEndpointRouteBuilder app)
    {
        var delegations = app.MapApi("delegations", "Review");
        delegations.MapPost("", MakeAsync).WithSummary("Lets a colleague in the same role decide for you while you are away; or, for the office, for somebody else.")
            .Example(new NewDelegationRequest(
                "019aa0d2c7f07f1c8b0e1f6d5c2b7a90", Role.Teacher, "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 12, 8, 0, 0, 0, TimeSpan.Zero)))
            .Refuses(403, "role.missing").Refuses(422, "delegation.dates", "delegation.to-oneself", "delegation.role", "delegation.other-role");
        delegations.MapGet("", ListAsync).WithSummary("For whom you stand in, now or later; with ?given=true who stands in for you.");
        delegations.MapPost("{id}/end", EndAsync).WithSummary("Ends it now. For either of the two, and the office.").Refuses(404, "delegation.not-found").Refuses(409, "delegation.ended");
    }

    private static async Task<Created<DelegationView>> MakeAsync(
        NewDelegationRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, DelegationWorkflow workflow, CancellationToken cancellationToken)
    {
        var absent = body.For is null ? me.Person : PersonId.From(body.For);
        var asked = new Delegation(default, OrganizationId.From(body.Organization), body.Role, absent, PersonId.From(body.Delegate), body.From, body.To);
        var read = await workflow.MakeAsync(me.Actor, asked, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/delegations/{read.Id}", context.Answer(read, DelegationView.Of));
    }

    private static async Task<PageOf<DelegationView>> ListAsync(bool? given, CurrentActor me, Paging paging, DelegationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, given == true, paging.Of, cancellationToken), read => DelegationView.Of(read.Document));

    private static async Task<DelegationView> EndAsync(
        string id, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, DelegationWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EndAsync(me.Actor, DelegationId.From(id), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), DelegationView.Of);
}
