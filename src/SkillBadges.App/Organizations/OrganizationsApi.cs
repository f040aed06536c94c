using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Organizations;

internal sealed record NewOrganizationRequest(string Slug, string Name, OrganizationKind Kind, string? Parent = null, string? TimeZone = null, string? ScaleId = null);

internal sealed record TrustRequest(string Issuer);

internal sealed record OrganizationView(string Id, string Slug, string Name, OrganizationKind Kind, string? Parent, string TimeZone, string? ScaleId, string Did, bool KeepsRecords, IReadOnlyList<string> TrustedIssuers)
{
    public static OrganizationView Of(Organization organization, InstanceAddress address) => new(
        organization.Id.Value, organization.Slug, organization.Name, organization.Kind, organization.Parent?.Value, organization.TimeZone, organization.ScaleId,
        address.DidOf(organization.Slug), organization.KeepsRecords, organization.TrustedIssuers);
}

/// <summary>Schools, colleges, employers and offices; whom they trust.</summary>
internal static class OrganizationsApi
{
    private static readonly OrganizationView Example = new(
        "01a1ffc9949976d3aef499540d4ca332", "westfield-high", "Westfield High School", OrganizationKind.HighSchool, "01a1ffc9949974ff9bb0f5db044d1ec5",
        "America/Denver", "four-level", "did:web:badges.example.org:orgs:westfield-high", true, []);

    public static void MapOrganizations(this IEndpointRouteBuilder app)
    {
        var organizations = app.MapApi("organizations", "Organizations");
        organizations.MapPost("", FoundAsync).WithSummary("Adds an organization; its short name is taken for good. For the state office.")
            .Produces<OrganizationView>(201)
            .Example(new NewOrganizationRequest("westfield-high", "Westfield High School", OrganizationKind.HighSchool, Example.Parent, "America/Denver", "four-level"), Example)
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(409, "organization.slug-taken", "settings.base-url-changed")
            .Refuses(422, "organization.slug", "organization.name", "organization.time-zone", "organization.scale");
        organizations.MapGet("", ListAsync).WithSummary("All organizations by name; with ?startsWith= those whose names begin so.").Refuses(422, "storage.text-too-long");
        organizations.MapGet("{id}", ReadAsync).WithSummary("One organization.").Example(answer: Example).Refuses(404, "organization.not-found");
        organizations.MapGet("{id}/children", ChildrenAsync).WithSummary("The organizations directly below one, by name.").Refuses(422, "storage.text-too-long");
        organizations.MapPut("{id}/logo", LogoAsync).Accepts<IFormFile>("image/png").WithSummary("The picture beside the organization's name on certificates: PNG, 32 to 1,024 pixels a side, at most 24 KB. For the organization's administrator.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(413, "request.too-large").Refuses(422, [.. ContentCodes.All, "organization.logo"]).Refuses(503, "file.store-full");
        organizations.MapDelete("{id}/logo", NoLogoAsync).WithSummary("Takes the logo off.").Refuses(403, "role.missing").Refuses(404, "organization.not-found");
        organizations.MapPost("{id}/trusted-issuers", TrustAsync).WithSummary("An issuer's decisions count here from now on. For the organization's administrator.")
            .Example(new TrustRequest("did:web:badges.example.org:orgs:westfield-high"))
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(422, "organization.issuer", "organization.too-many-issuers");
        organizations.MapDelete("{id}/trusted-issuers", DistrustAsync).WithSummary("An issuer's later decisions do not count here any more.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found");
    }

    private static async Task<IResult> FoundAsync(
        NewOrganizationRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, OrganizationWorkflow workflow, InstanceAddress address, CancellationToken cancellationToken)
    {
        var asked = new NewOrganization(body.Slug, body.Name, body.Kind, body.Parent is null ? null : OrganizationId.From(body.Parent), body.TimeZone, body.ScaleId);
        var read = await workflow.FoundAsync(me.Actor, asked, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/organizations/{read.Id}", Answer(context, read, address));
    }

    private static async Task<PageOf<OrganizationView>> ListAsync(string? startsWith, Paging paging, IDocumentStore store, InstanceAddress address, CancellationToken cancellationToken)
    {
        var query = OrganizationDocuments.ByName.Where();
        var page = await store.QueryAsync(OrganizationDocuments.Kind, paging.Of(string.IsNullOrWhiteSpace(startsWith) ? query : query.StartingWith(SearchText.Of(startsWith))), cancellationToken);
        return paging.Answer(page, read => OrganizationView.Of(read.Document, address));
    }

    private static async Task<OrganizationView> ReadAsync(string id, HttpContext context, IDocumentStore store, InstanceAddress address, CancellationToken cancellationToken) =>
        Answer(context, await store.GetAsync(OrganizationDocuments.Kind, id, "organization", cancellationToken), address);

    private static async Task<PageOf<OrganizationView>> ChildrenAsync(string id, Paging paging, IDocumentStore store, InstanceAddress address, CancellationToken cancellationToken) =>
        paging.Answer(await store.QueryAsync(OrganizationDocuments.Kind, paging.Of(OrganizationDocuments.ByParent.Where(id)), cancellationToken), read => OrganizationView.Of(read.Document, address));

    private static async Task<OrganizationView> LogoAsync(string id, CurrentActor me, HttpContext context, IssuerLogoWorkflow logos, InstanceAddress address, CancellationToken cancellationToken)
    {
        using var received = new MemoryStream(await context.ReadBodyAsync(IssuerLogo.MostReceived, cancellationToken));
        return Answer(context, await logos.SetAsync(me.Actor, OrganizationId.From(id), received, cancellationToken), address);
    }

    private static async Task<OrganizationView> NoLogoAsync(string id, CurrentActor me, HttpContext context, IssuerLogoWorkflow logos, InstanceAddress address, CancellationToken cancellationToken) =>
        Answer(context, await logos.RemoveAsync(me.Actor, OrganizationId.From(id), cancellationToken), address);

    private static async Task<OrganizationView> TrustAsync(
        string id, TrustRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, OrganizationWorkflow workflow, InstanceAddress address, CancellationToken cancellationToken) =>
        Answer(context, await workflow.TrustAsync(me.Actor, OrganizationId.From(id), body.Issuer, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), address);

    private static async Task<OrganizationView> DistrustAsync(
        string id, string issuer, CurrentActor me, IfMatch ifMatch, HttpContext context, OrganizationWorkflow workflow, InstanceAddress address, CancellationToken cancellationToken) =>
        Answer(context, await workflow.DistrustAsync(me.Actor, OrganizationId.From(id), issuer, ifMatch.Version, cancellationToken), address);

    private static OrganizationView Answer(HttpContext context, Read<Organization> read, InstanceAddress address)
    {
        context.SetVersion(read.Version);
        return OrganizationView.Of(read.Document, address);
    }
}
