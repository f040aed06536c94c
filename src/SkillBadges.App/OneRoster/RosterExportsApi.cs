using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core.OneRoster.Exporting;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.OneRoster;

/// <summary>Rosters and results of a source as a pack of OneRoster 1.2.</summary>
internal static class RosterExportsApi
{
    public static void MapRosterExports(this IEndpointRouteBuilder app) =>
        app.MapApi("oneroster/exports", "OneRoster").MapPost("", WriteAsync).Produces(200, contentType: "application/zip").WithMetadata(new RepeatsHarmlessly())
            .WithSummary("A bulk pack of ?organizationId= and ?source=: rosters as they stand, line items, results with learning objectives and score scales. For the organization's administrators; each student with a result gets a row of who saw it.")
            .Refuses(403, "role.missing").Refuses(404, "roster.not-found").Refuses(422, "oneroster.source").Refuses(503, "file.store-full", "file.store-failed").Refuses(409, "storage.version-conflict")
            .WithRequestTimeout(EvidenceUpload.Patience);

    private static async Task<IResult> WriteAsync(
        string organizationId, string? source, CurrentActor me, HttpContext context, IDocumentStore store, Authority authority, IPartialFiles files, TimeProvider clock, CancellationToken cancellationToken)
    {
        var exported = await new RosterExport(store, authority, files, clock).WriteAsync(me.Actor, OrganizationId.From(organizationId), source ?? "sis", cancellationToken);
        context.Response.RegisterForDisposeAsync(exported);
        return TypedResults.Stream(exported.Content, "application/zip", $"oneroster-{source ?? "sis"}.zip");
    }
}
