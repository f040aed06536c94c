using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.OneRoster.Clients;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.OneRoster;

internal sealed record NewRosterClientRequest(string OrganizationId, string Name, IReadOnlyList<string> Scopes, string Source = "sis");

internal sealed record RosterClientView(string Id, string OrganizationId, string Source, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    public static RosterClientView Of(RosterClient client) => new(client.Id, client.Organization.Value, client.SourceName, client.Name, client.Scopes, client.CreatedAt, client.RevokedAt);
}

/// <param name="Secret">Shown now and never again.</param>
internal sealed record RegisteredClientView(RosterClientView Client, string Secret);

/// <summary>Which systems may read an organization's rosters and results.</summary>
internal static class RosterClientsApi
{
    public static void MapRosterClients(this IEndpointRouteBuilder app)
    {
        var clients = app.MapApi("oneroster/clients", "OneRoster");
        clients.MapPost("", RegisterAsync).WithMetadata(new RepeatsHarmlessly()).Produces<RegisteredClientView>(201)
            .Example(new NewRosterClientRequest("01a1ffc9949976d3aef499540d4ca332", "District gradebook", [RosterScopes.Roster, RosterScopes.Gradebook]))
            .WithSummary("Registers a system that may read rosters (roster.readonly, roster-core.readonly) or results (gradebook.readonly) of one source. The secret is in this answer and nowhere else.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(422, "roster-client.name", "roster-client.scopes", "oneroster.source");
        clients.MapGet("", ListAsync).WithSummary("The registered systems of an organization.").Refuses(403, "role.missing");
        clients.MapDelete("{id}", RevokeAsync).WithSummary("Its tokens are refused from now on.").Refuses(404, "roster-client.not-found").Refuses(409, "storage.version-conflict");
    }

    private static async Task<Created<RegisteredClientView>> RegisterAsync(NewRosterClientRequest body, CurrentActor me, RosterClientWorkflow workflow, CancellationToken cancellationToken)
    {
        var (client, secret) = await workflow.RegisterAsync(me.Actor, OrganizationId.From(body.OrganizationId), body.Source, body.Name, [.. body.Scopes], cancellationToken);
        return TypedResults.Created($"/api/oneroster/clients/{client.Id}", new RegisteredClientView(RosterClientView.Of(client), secret));
    }

    private static async Task<PageOf<RosterClientView>> ListAsync(string organizationId, CurrentActor me, Paging paging, RosterClientWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(organizationId), paging.Of, cancellationToken), read => RosterClientView.Of(read.Document));

    private static async Task<NoContent> RevokeAsync(string id, CurrentActor me, RosterClientWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.RevokeAsync(me.Actor, id, cancellationToken);
        return TypedResults.NoContent();
    }
}
