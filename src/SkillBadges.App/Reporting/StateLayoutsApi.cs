using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Files;

namespace SkillBadges.App.Reporting;

internal sealed record NewStateLayoutRequest(string OrganizationId, string Name, IReadOnlyList<StateColumn> Columns);

internal sealed record StateLayoutView(string Id, string OrganizationId, string Name, IReadOnlyList<StateColumn> Columns)
{
    public static StateLayoutView Of(StateLayout layout) => new(layout.Id, layout.Organization.Value, layout.Name, layout.Columns);
}

/// <summary>The columns that a state takes, kept by a district.</summary>
internal static class StateLayoutsApi
{
    public static void MapStateLayouts(this IEndpointRouteBuilder app)
    {
        app.MapApi("state-layouts", "Reporting").MapPost("", AddAsync).Example(new NewStateLayoutRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "Year-end collection", StateLayout.Sect)).Produces<StateLayoutView>(201)
            .WithSummary("Keeps the columns that a state takes, with its codes. For the office of a school or district.").Refuses(403, "role.missing").Refuses(422, "state-layout.name", "state-layout.columns");
        app.MapApi("organizations/{id}/state-layouts", "Reporting").MapGet("", ListAsync).WithSummary("The layouts of an organization, by name. For its office.").Refuses(403, "role.missing");
    }

    private static async Task<Created<StateLayoutView>> AddAsync(NewStateLayoutRequest body, CurrentActor me, Idempotency idempotency, StateLayoutWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.AddAsync(me.Actor, new("", OrganizationId.From(body.OrganizationId), body.Name, [.. body.Columns]), idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/organizations/{body.OrganizationId}/state-layouts", StateLayoutView.Of(read.Document));
    }

    private static async Task<PageOf<StateLayoutView>> ListAsync(string id, CurrentActor me, Paging paging, StateLayoutWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(id), paging.Of, cancellationToken), read => StateLayoutView.Of(read.Document));
}
