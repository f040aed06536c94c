using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions;

/// <summary>A framework that an organization writes itself: a tree of statements.</summary>
internal sealed record NewFrameworkRequest(string OrganizationId, LocalFramework Framework);

internal sealed record FrameworkView(
    string Id, string? Owner, FrameworkSource Source, int Revision, string Title, string Creator, string Uri, string? Version, string? AdoptionStatus, string? Language, int Items, int Associations, int Rubrics, DateTimeOffset ChangedAt)
{
    public static FrameworkView Of(Framework framework) => new(
        framework.Id, framework.Owner?.Value, framework.Source, framework.Revision, framework.Title, framework.Creator, framework.Uri, framework.Version, framework.AdoptionStatus,
        framework.Language, framework.Items, framework.Associations, framework.Rubrics, framework.ChangedAt);
}

/// <summary>What became of a package.</summary>
/// <param name="Outcome"><c>published</c>, <c>unchanged</c> or <c>faulty</c>.</param>
/// <param name="Faults">Every fault with its place, at most 200; nothing was kept where there is one.</param>
internal sealed record FrameworkImportAnswer(string Outcome, FrameworkView? Framework, IReadOnlyList<FileFault> Faults);

internal sealed record FrameworkItemView(
    string Framework, string Identifier, string Uri, string Statement, string? Code, string? Abbreviated, string? ItemType, IReadOnlyList<string> EducationLevels, IReadOnlyList<string> Parents, int Depth)
{
    public static FrameworkItemView Of(FrameworkItem item) => new(
        item.Framework, item.Identifier, item.Uri, item.Statement, item.Code, item.Abbreviated, item.ItemType, item.EducationLevels, item.Parents, item.Depth);
}

/// <summary>An item, and what stands for it now: itself where nothing took its place.</summary>
internal sealed record ResolvedItemView(FrameworkItemView Item, IReadOnlyList<FrameworkItemView> Current)
{
    public static ResolvedItemView Of(ResolvedItem resolved) => new(FrameworkItemView.Of(resolved.Item), [.. resolved.Current.Select(FrameworkItemView.Of)]);
}

/// <summary>Where a badge is aligned.</summary>
/// <param name="Competency">The skill that is aligned; null for the badge as a whole.</param>
/// <param name="Known">The item where a framework here has it.</param>
internal sealed record AlignmentView(string? Competency, Alignment Alignment, ResolvedItemView? Known);

/// <summary>Competency frameworks: what is published elsewhere, and what an organization writes itself. Those that are not private drafts are public.</summary>
internal static class FrameworksApi
{
    private static readonly NewFrameworkRequest Example = new(
        "019aa0d2c7f07f1c8b0e1f6d5c2b7a90",
        new("Shop skills", [new("Keeps the shop safe.") { Code = "S.1", Items = [new("Checks exits and extinguishers before work.") { Code = "S.1.a", EducationLevels = ["9", "10"] }] }]));

    public static void MapFrameworks(this IEndpointRouteBuilder app)
    {
        var frameworks = app.MapApi("frameworks", "Badges");
        frameworks.MapGet("", ListAsync).AllowAnonymous().WithSummary("Competency frameworks by title; with ?organizationId= those that an organization keeps.").Refuses(422, "storage.text-too-long");
        frameworks.MapPost("", WriteAsync).Example(Example).WithSummary("Writes a framework of an organization's own. For its administrator or industry author.").Produces<FrameworkView>(201)
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(422, "framework.title", "framework.text", "framework.too-many-items", "framework.too-deep", "framework.faulty");
        frameworks.MapPost("imports", ImportAsync).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Takes in a CASE 1.0 or 1.1 package (CFPackage): send the JSON as the body, up to 16 MB, with ?organizationId=. The same again changes nothing; faults are told with their places.")
            .Refuses(403, "role.missing").Refuses(400, "request.body-missing").Refuses(413, "request.too-large").Refuses(409, "framework.kept-elsewhere", "framework.local");
        frameworks.MapGet("{id}", ReadAsync).AllowAnonymous().WithSummary("One framework.").Refuses(404, "framework.not-found");
        frameworks.MapPut("{id}", RewriteAsync).Example(Example.Framework).WithSummary("Puts other content in the place of a framework that is written here; an item that keeps its identifier stays the same item.")
            .Refuses(403, "role.missing").Refuses(404, "framework.not-found").Refuses(409, "framework.not-local", "framework.kept-elsewhere")
            .Refuses(422, "framework.title", "framework.text", "framework.too-many-items", "framework.too-deep", "framework.faulty");
        frameworks.MapGet("{id}/items", ItemsAsync).AllowAnonymous()
            .WithSummary("The items in reading order; with ?code= those whose code begins so, by code; with ?words= those that have all the words, whole. A page may hold fewer than asked for and still name a next one.")
            .Refuses(404, "framework.not-found").Refuses(422, "storage.text-too-long");
        frameworks.MapGet("{id}/package", PackageAsync).AllowAnonymous().WithSummary("The framework as a CASE package.").Produces(200, contentType: "application/json").Refuses(404, "framework.not-found");
        app.MapApi("framework-items", "Badges").AllowAnonymous().MapGet("", FindAsync).WithSummary("The item of an address (?address=), and the items that stand for it now.").Refuses(404, "framework-item.not-found");
        app.MapApi("badges/{slug}/alignments", "Badges").AllowAnonymous().MapGet("", AlignmentsAsync).WithSummary("Where a badge and its skills are aligned, and what the frameworks here know of it; none with the ?school= of one that does not use standards yet.").Refuses(404, "badge.not-found", "organization.not-found");
    }

    private static async Task<PageOf<FrameworkView>> ListAsync(string? organizationId, Paging paging, IDocumentStore store, CancellationToken cancellationToken)
    {
        var query = organizationId is null ? FrameworkDocuments.ByTitle.Where("all") : FrameworkDocuments.ByOwner.Where(organizationId);
        var page = await store.QueryAsync(FrameworkDocuments.Kind, paging.Of(query), cancellationToken);
        return paging.Answer([.. page.Documents.Where(framework => !framework.IsPrivate).Select(FrameworkView.Of)], page.Next);
    }

    private static async Task<IResult> WriteAsync(
        NewFrameworkRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, FrameworkWorkflow workflow, CancellationToken cancellationToken)
    {
        var framework = await workflow.WriteAsync(me.Actor, OrganizationId.From(body.OrganizationId), body.Framework, idempotency.For(me.Actor), cancellationToken);
        context.SetVersion(framework.Revision);
        return TypedResults.Created($"/api/frameworks/{framework.Id}", FrameworkView.Of(framework));
    }

    private static async Task<FrameworkView> RewriteAsync(
        string id, LocalFramework body, CurrentActor me, IfMatch ifMatch, HttpContext context, FrameworkWorkflow workflow, CancellationToken cancellationToken)
    {
        var framework = await workflow.RewriteAsync(me.Actor, id, body, (int)Math.Min(ifMatch.Required, int.MaxValue), cancellationToken);
        context.SetVersion(framework.Revision);
        return FrameworkView.Of(framework);
    }

    private static async Task<FrameworkImportAnswer> ImportAsync(string organizationId, CurrentActor me, HttpContext context, FrameworkWorkflow workflow, CancellationToken cancellationToken)
    {
        var package = await context.ReadBodyAsync(CaseFile.MaxBytes, "Please send the package as the body.", cancellationToken);
        var import = await workflow.ImportAsync(me.Actor, OrganizationId.From(organizationId), "package", package, cancellationToken);
        var outcome = import.Published switch { null => "faulty", { IsNew: true } => "published", _ => "unchanged" };
        return new(outcome, import.Published is { } published ? FrameworkView.Of(published.Framework) : null, import.Faults);
    }

    private static async Task<FrameworkView> ReadAsync(string id, HttpContext context, FrameworkWorkflow workflow, CancellationToken cancellationToken)
    {
        var framework = await workflow.ReadAsync(CurrentActor.Of(context.User)?.Actor, id, cancellationToken);
        context.SetVersion(framework.Revision);
        return FrameworkView.Of(framework);
    }

    private static async Task<PageOf<FrameworkItemView>> ItemsAsync(
        string id, string? code, string? words, Paging paging, HttpContext context, FrameworkWorkflow workflow, IDocumentStore store, CancellationToken cancellationToken)
    {
        var framework = await workflow.ReadAsync(CurrentActor.Of(context.User)?.Actor, id, cancellationToken);

        // The longest word is the rarest most often; what it finds is looked through for the others.
        var asked = ItemWords.In(words ?? "").OrderByDescending(word => word.Length).ToArray();
        var query = asked is [var rarest, ..] ? FrameworkDocuments.ByWord.Where(rarest, framework.Set)
            : code is { Length: > 0 } ? FrameworkDocuments.ByCode.Where(framework.Set).StartingWith(SearchText.Of(code))
            : FrameworkDocuments.ByPosition.Where(framework.Set);
        var page = await store.QueryAsync(FrameworkDocuments.Items, paging.Of(query), cancellationToken);
        var found = page.Documents.Where(item => asked.Length == 0 || (!asked.Except(ItemWords.Of(item)).Any() && HasCode(item, code ?? "")));
        return paging.Answer([.. found.Select(FrameworkItemView.Of)], page.Next);
    }

    private static bool HasCode(FrameworkItem item, string code) => code.Length == 0 || (item.Code is { } own && SearchText.Of(own).StartsWith(SearchText.Of(code), StringComparison.Ordinal));

    private static async Task<IResult> PackageAsync(string id, HttpContext context, FrameworkWorkflow workflow, IFileStore files, CancellationToken cancellationToken) =>
        await CaseReadSide.PackageOfAsync(await workflow.ReadAsync(CurrentActor.Of(context.User)?.Actor, id, cancellationToken), files, cancellationToken);

    private static async Task<ResolvedItemView> FindAsync(string address, ItemReading items, CancellationToken cancellationToken) =>
        ResolvedItemView.Of(await items.ResolveAsync(address, cancellationToken) ?? throw Refused.NotFound("framework-item"));

    private static async Task<IReadOnlyList<AlignmentView>> AlignmentsAsync(string slug, string? school, IDocumentStore store, ItemReading items, EffectiveSettings settings, CancellationToken cancellationToken)
    {
        var badge = await store.CurrentVersionAsync(slug, cancellationToken);
        if (!await BadgesApi.UsesStandardsAsync(settings, school, cancellationToken))
        {
            return [];
        }

        var all = badge.Alignments.Select(alignment => (Competency: (string?)null, alignment))
            .Concat(badge.Competencies.SelectMany(skill => skill.Alignments.Select(alignment => (Competency: (string?)skill.Id, alignment))));
        var answer = new List<AlignmentView>();
        foreach (var (competency, alignment) in all)
        {
            answer.Add(new(competency, alignment, await items.ResolveAsync(alignment.TargetUrl, cancellationToken) is { } known ? ResolvedItemView.Of(known) : null));
        }

        return answer;
    }
}
