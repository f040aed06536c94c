using SkillBadges.Core;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions;

/// <summary>
/// What other systems read of the frameworks here: the addresses of CASE 1.1 (2025-01-24) for documents, packages and items, to which the items written
/// here point. Private drafts are not among them. An item and a document by itself hold what is kept for search; the package holds everything.
/// </summary>
internal static class CaseReadSide
{
    private const int MaxDocuments = 200;

    public static void MapCaseReadSide(this IEndpointRouteBuilder app)
    {
        var root = app.MapGroup("/ims/case/v1p1").AllowAnonymous().ExcludeFromDescription();
        root.MapGet("/CFDocuments", ListAsync);
        root.MapGet("/CFDocuments/{id}", DocumentAsync);
        root.MapGet("/CFPackages/{id}", PackageAsync);
        root.MapGet("/CFItems/{id}", ItemAsync);
    }

    /// <summary>The bytes of a framework's package.</summary>
    public static async Task<IResult> PackageOfAsync(Framework framework, IFileStore files, CancellationToken cancellationToken) => TypedResults.Stream(
        await files.OpenAsync(framework.Package, cancellationToken) ?? throw new InvalidOperationException($"The package of {framework.Id} is missing from the store."), "application/json");

    private static async Task<IResult> ListAsync(IDocumentStore store, InstanceAddress address, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(FrameworkDocuments.Kind, FrameworkDocuments.ByTitle.Where("all").Take(MaxDocuments), cancellationToken);
        var documents = page.Documents.Select(framework => Document(framework, address));
        return Json([.. "{\"CFDocuments\":["u8, .. documents.SelectMany((document, i) => i == 0 ? document : [(byte)',', .. document]), .. "]}"u8]);
    }

    private static async Task<IResult> DocumentAsync(string id, FrameworkWorkflow workflow, InstanceAddress address, CancellationToken cancellationToken) =>
        Json(Document(await workflow.ReadAsync(null, id, cancellationToken), address));

    private static async Task<IResult> PackageAsync(string id, FrameworkWorkflow workflow, IFileStore files, CancellationToken cancellationToken) =>
        await PackageOfAsync(await workflow.ReadAsync(null, id, cancellationToken), files, cancellationToken);

    private static async Task<IResult> ItemAsync(string id, FrameworkWorkflow workflow, ItemReading items, CancellationToken cancellationToken)
    {
        var item = await items.FindAsync(id, cancellationToken) ?? throw Refused.NotFound("framework-item");
        return Json(CaseFile.Write(item, await workflow.ReadAsync(null, item.Framework, cancellationToken)));
    }

    private static byte[] Document(Framework framework, InstanceAddress address) => CaseFile.Write(framework, address.Link($"/ims/case/v1p1/CFPackages/{framework.Id}"));

    private static Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult Json(byte[] bytes) => TypedResults.Bytes(bytes, "application/json");
}
