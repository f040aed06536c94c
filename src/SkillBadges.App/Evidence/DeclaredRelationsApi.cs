using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Evidence;

/// <param name="Person">Of the two the one who might judge; left out for oneself.</param>
internal sealed record NewRelationRequest(string Organization, string Learner, RelationKind Kind, string? Person = null);

internal sealed record RelationView(string Id, string Organization, string Person, string Learner, RelationKind Kind, string DeclaredBy, DateTimeOffset From, DateTimeOffset? To)
{
    public static RelationView Of(DeclaredRelation relation) => new(
        relation.Id.Value, relation.Organization.Value, relation.First.Value, relation.Second.Value, relation.Kind, relation.DeclaredBy.Value, relation.From, relation.To);
}

/// <summary>Who is too close to whom to judge. Guardians are known without being declared.</summary>
internal static class DeclaredRelationsApi
{
    public static void MapDeclaredRelations(this IEndpointRouteBuilder app)
    {
        var relations = app.MapApi("declared-relations", "Review");
        relations.MapPost("", DeclareAsync).WithSummary("Says that you are too close to a learner to judge their work; or, for the office, that somebody is.")
            .Example(new NewRelationRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", RelationKind.Family))
            .Refuses(403, "role.missing").Refuses(404, "person.not-found").Refuses(422, "relation.to-oneself");
        relations.MapGet("", ListAsync).WithSummary("Those that name you; with ?organization= all of an organization, for its office.").Refuses(403, "role.missing");
        relations.MapPost("{id}/end", EndAsync).WithSummary("Says that it is over. For the office, and neither of the two.").Refuses(404, "relation.not-found").Refuses(409, "relation.ended");
    }

    private static async Task<Created<RelationView>> DeclareAsync(
        NewRelationRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, DeclaredRelationWorkflow workflow, CancellationToken cancellationToken)
    {
        var person = body.Person is null ? me.Person : PersonId.From(body.Person);
        var asked = new DeclaredRelation(default, OrganizationId.From(body.Organization), person, PersonId.From(body.Learner), body.Kind, me.Person, default);
        var read = await workflow.DeclareAsync(me.Actor, asked, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/declared-relations/{read.Id}", context.Answer(read, RelationView.Of));
    }

    private static async Task<PageOf<RelationView>> ListAsync(string? organization, CurrentActor me, Paging paging, DeclaredRelationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(
            await workflow.ListAsync(me.Actor, organization is null ? null : OrganizationId.From(organization), paging.Of, cancellationToken), read => RelationView.Of(read.Document));

    private static async Task<RelationView> EndAsync(
        string id, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, DeclaredRelationWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EndAsync(me.Actor, DeclaredRelationId.From(id), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), RelationView.Of);
}
