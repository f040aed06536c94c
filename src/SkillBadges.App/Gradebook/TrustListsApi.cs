using SkillBadges.App.Http;
using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

/// <param name="IssuerOrganizationId">An organization here, in place of the issuer's DID in <paramref name="Terms"/>, which may then be empty.</param>
internal sealed record NewTrustEntryRequest(TrustTerms Terms, string? IssuerOrganizationId = null);

/// <param name="LastDay">Yesterday at the earliest.</param>
internal sealed record TrustEndRequest(DateOnly LastDay);

/// <param name="Origin">The organization whose line it is: the school itself, or one above it.</param>
internal sealed record TrustEntryView(string Id, string Origin, string OriginName, TrustTerms Terms, DateTimeOffset AddedAt);

/// <param name="Entries">The organization's own lines first, then those that it inherits; where the nearest organization says something of a source, that decides.</param>
/// <param name="AcceptedForEverything">Issuers on the plain lists of accepted schools, with the organization whose list it is.</param>
internal sealed record TrustListView(string Organization, IReadOnlyList<TrustEntryView> Entries, IReadOnlyList<PlainIssuerView> AcceptedForEverything)
{
    public static TrustListView Of(OrganizationId organization, IReadOnlyList<TrustLayer> layers) => new(
        organization.Value,
        [.. layers.SelectMany(layer => (layer.List?.Entries ?? []).Select(entry => new TrustEntryView(entry.Id, layer.Organization.Id.Value, layer.Organization.Name, entry.Terms, entry.AddedAt)))],
        [.. layers.SelectMany(layer => layer.Organization.TrustedIssuers.Select(issuer => new PlainIssuerView(issuer, layer.Organization.Id.Value)))]);
}

internal sealed record PlainIssuerView(string Issuer, string Origin);

/// <summary>Whose decisions count at an organization, and for what.</summary>
internal static class TrustListsApi
{
    public static void MapTrustLists(this IEndpointRouteBuilder app)
    {
        var lists = app.MapApi("trust-lists", "Student record");
        lists.MapGet("{organizationId}", ReadAsync).WithSummary("The issuers that an organization accepts or refuses, those of the organizations above it included, each with whose line it is.").Refuses(404, "organization.not-found");
        lists.MapPost("{organizationId}/entries", AddAsync).Produces<TrustListView>(201).WithSummary("Accepts an issuer for everything, a framework, a field or a badge, or refuses one. For administrators.")
            .Example(new NewTrustEntryRequest(new("did:web:badges.example.org:orgs:westfield-high", TrustScope.Field, "welding", new DateOnly(2026, 8, 1)) { RecencyMonths = 24 }))
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(409, "trust.full").Refuses(422, "trust.issuer", "trust.scope", "trust.terms");
        lists.MapPost("{organizationId}/entries/{entry}/end", EndAsync).WithSummary("Ends a line of the organization's own list; what was recognized by it stays.").Example(new TrustEndRequest(new DateOnly(2027, 6, 30)))
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found", "trust-entry.not-found").Refuses(422, "trust.past-day");
    }

    private static async Task<TrustListView> ReadAsync(string organizationId, TrustWorkflow workflow, IDocumentStore store, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = OrganizationId.From(organizationId);
        var own = await store.FindAsync(TrustDocuments.Kind, organizationId, cancellationToken);
        context.SetVersion(own?.Version ?? 0);
        return TrustListView.Of(organization, await workflow.LayersAsync(organization, cancellationToken));
    }

    private static async Task<IResult> AddAsync(
        string organizationId, NewTrustEntryRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, TrustWorkflow workflow, CancellationToken cancellationToken)
    {
        OrganizationId? issuer = body.IssuerOrganizationId is null ? null : OrganizationId.From(body.IssuerOrganizationId);
        var read = await workflow.AddAsync(me.Actor, OrganizationId.From(organizationId), issuer, body.Terms, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/trust-lists/{organizationId}", await AnswerAsync(read, context, workflow, cancellationToken));
    }

    private static async Task<TrustListView> EndAsync(
        string organizationId, string entry, TrustEndRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, TrustWorkflow workflow, CancellationToken cancellationToken) =>
        await AnswerAsync(await workflow.EndAsync(me.Actor, OrganizationId.From(organizationId), entry, body.LastDay, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), context, workflow, cancellationToken);

    private static async Task<TrustListView> AnswerAsync(Read<TrustList> read, HttpContext context, TrustWorkflow workflow, CancellationToken cancellationToken)
    {
        context.SetVersion(read.Version);
        return TrustListView.Of(read.Document.Organization, await workflow.LayersAsync(read.Document.Organization, cancellationToken));
    }
}
