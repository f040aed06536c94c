using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.OneRoster;

internal sealed record FileCountView(string File, PackMode Mode, long Rows);

/// <summary>A pack on its way in.</summary>
/// <param name="Faults">How many; a pack with faults is never applied.</param>
/// <param name="Step">Of <paramref name="Steps"/>, how many are done.</param>
internal sealed record RosterImportView(
    string Id, string OrganizationId, string Source, ImportState State, bool Founds, IReadOnlyList<FileCountView> Files, long Faults, int Step, int Steps, DateTimeOffset ReceivedAt, DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, string? StopCode)
{
    public static RosterImportView Of(RosterImport import) => new(
        import.Id, import.Organization.Value, import.SourceName, import.State, import.Founds, [.. import.Files.Select(file => new FileCountView(file.File, file.Mode, file.Rows))], import.Faults, import.Step, import.Steps,
        import.ReceivedAt, import.BegunAt, import.EndedAt, import.StopCode);
}

/// <summary>Rosters of OneRoster 1.2 as ZIP archives: received, looked through, applied.</summary>
internal static class RosterImportsApi
{
    private static readonly string[] faultColumns = ["file", "row", "column", "code", "message"];

    public static void MapRosterImports(this IEndpointRouteBuilder app)
    {
        var imports = app.MapApi("oneroster/imports", "OneRoster");
        imports.MapPost("", ReceiveAsync).Produces<RosterImportView>(201)
            .WithSummary("Receives a OneRoster 1.2 pack and looks it through (the dry run): send the ZIP as the body, up to 200 MB, with ?organizationId= and ?source= (a short name of the system, such as sis). With ?founds=true the state office founds schools that are not here; ?identityType= and ?issuer= say whose tokens call people by which userIds.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(413, "request.too-large").Refuses(422, "oneroster.source", "oneroster.identity", "file.too-large")
            .Refuses(503, "file.store-full", "file.store-failed").WithRequestTimeout(EvidenceUpload.Patience);
        imports.MapGet("", ListAsync).WithSummary("The imports of an organization, the latest first.").Refuses(403, "role.missing");
        imports.MapGet("{id}", ReadAsync).WithSummary("How far an import is.").Refuses(404, "roster-import.not-found");
        imports.MapGet("{id}/faults", FaultsAsync).WithSummary("What is wrong, by file, row (the header is row 1) and column, a hundred at a time; the first 10,000 are kept.").Refuses(404, "roster-import.not-found");
        imports.MapGet("{id}/faults.csv", FaultsCsvAsync).WithSummary("The faults as a table.").Produces(200, contentType: "text/csv").Refuses(404, "roster-import.not-found");
        imports.MapPost("{id}/application", BeginAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("Applies a pack without faults, in the background; or goes on with one that stopped.")
            .Refuses(403, "role.missing").Refuses(404, "roster-import.not-found", "organization.not-found").Refuses(409, "oneroster.not-checked", "oneroster.under-way", "storage.not-unique").Refuses(422, "oneroster.source");
    }

    private static async Task<IResult> ReceiveAsync(
        string organizationId, string? source, bool? founds, string? identityType, string? issuer, CurrentActor me, Idempotency idempotency, HttpContext context, RosterImportWorkflow workflow, CancellationToken cancellationToken)
    {
        context.AllowBody(RosterImportWorkflow.MaxBytes);
        var identity = identityType is null && issuer is null ? null : RosterIdentity.Of(identityType ?? "", issuer ?? "");
        var asked = new NewImport(OrganizationId.From(organizationId), source ?? "sis", founds == true, identity);
        var read = await workflow.ReceiveAsync(me.Actor, asked, context.Request.Body, digest => idempotency.For(me.Actor, digest), cancellationToken);
        return TypedResults.Created($"/api/oneroster/imports/{read.Id}", context.Answer(read, RosterImportView.Of));
    }

    private static async Task<PageOf<RosterImportView>> ListAsync(string organizationId, CurrentActor me, Paging paging, RosterImportWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(organizationId), paging.Of, cancellationToken), read => RosterImportView.Of(read.Document));

    private static async Task<RosterImportView> ReadAsync(string id, CurrentActor me, HttpContext context, RosterImportWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, id, cancellationToken), RosterImportView.Of);

    private static async Task<PageOf<RosterFault>> FaultsAsync(string id, CurrentActor me, Paging paging, RosterImportWorkflow workflow, IDocumentStore store, CancellationToken cancellationToken)
    {
        await workflow.ReadAsync(me.Actor, id, cancellationToken);
        var page = await store.QueryAsync(RosterImportDocuments.Faults, RosterImportDocuments.FaultsByImport.Where(id).Take(1).After(paging.Cursor), cancellationToken);
        return paging.Answer([.. page.Documents.SelectMany(one => one.Faults)], page.Next);
    }

    private static async Task<IResult> FaultsCsvAsync(string id, CurrentActor me, RosterImportWorkflow workflow, IDocumentStore store, CancellationToken cancellationToken)
    {
        await workflow.ReadAsync(me.Actor, id, cancellationToken);
        var rows = new List<IReadOnlyList<string>> { faultColumns };
        await foreach (var page in store.AllAsync(RosterImportDocuments.Faults, RosterImportDocuments.FaultsByImport.Where(id), cancellationToken))
        {
            rows.AddRange(page.Document.Faults.Select(fault => (IReadOnlyList<string>)[fault.File, fault.Row.ToString(System.Globalization.CultureInfo.InvariantCulture), fault.Column ?? "", fault.Code, fault.Message]));
        }

        return TypedResults.File(FormulaSafeCsv.Write(rows), "text/csv; charset=utf-8", $"faults-{id}.csv");
    }

    private static async Task<RosterImportView> BeginAsync(string id, CurrentActor me, IfMatch ifMatch, HttpContext context, RosterImportWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.BeginAsync(me.Actor, id, ifMatch.Version, cancellationToken), RosterImportView.Of);
}
