using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Stacks;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Endorsements;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.App.Issuing;

/// <summary>
/// What the world reads of an issuer: its DID document and keys, its status lists, and what its badges mean. These addresses
/// stand inside credentials; nobody signs in to read them and nothing in them is personal.
/// </summary>
internal static class PublicIssuerPages
{
    public static void MapPublicIssuerPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/orgs/{slug}/did.json", DidDocumentAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/orgs/{slug}/jwks.json", JwksAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/orgs/{slug}", ProfileAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/orgs/{slug}/logo.png", LogoAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/status/{list}/{purpose}", StatusListAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/achievements/{slug}/{version:int}", AchievementAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/achievements/stacks/{slug}/{version:int}", StackAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/achievements/{slug}/{version:int}/image.png", ImageAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/achievements/{slug}/{version:int}/picture", PictureAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> DidDocumentAsync(string slug, HttpContext context, IssuerDocuments documents, CancellationToken cancellationToken)
    {
        Cache(context, seconds: 60);
        return TypedResults.Bytes((await documents.DidDocumentAsync(slug, cancellationToken)).Write(), "application/did+json");
    }

    private static async Task<IResult> JwksAsync(string slug, HttpContext context, IssuerDocuments documents, CancellationToken cancellationToken)
    {
        Cache(context, seconds: 60);
        return TypedResults.Bytes(await documents.JwksAsync(slug, cancellationToken), "application/jwk-set+json");
    }

    private static async Task<IResult> ProfileAsync(string slug, HttpContext context, IDocumentStore store, InstanceAddress address, CancellationToken cancellationToken)
    {
        var organization = await FindAsync(slug, store, cancellationToken);
        Cache(context, seconds: 60);
        var logo = organization.Logo is null ? null : new ProfileImage($"{address.Organization(slug)}/logo.png", "Image");
        return TypedResults.Json(new IssuerProfile(address.DidOf(slug), ["Profile"], organization.Name, address.Organization(slug), logo), ProfileJson);
    }

    private static async Task<IResult> LogoAsync(string slug, HttpContext context, IDocumentStore store, IFileStore files, CancellationToken cancellationToken)
    {
        var logo = (await FindAsync(slug, store, cancellationToken)).Logo is { } digest ? await files.OpenAsync(digest, cancellationToken) : null;
        Cache(context, seconds: 60);
        return logo is null ? throw Refused.NotFound("logo") : TypedResults.Stream(logo, "image/png");
    }

    private static async Task<Organization> FindAsync(string slug, IDocumentStore store, CancellationToken cancellationToken)
    {
        var found = slug.Length > IndexValue.MaxTextBytes ? null : await store.FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where(slug), cancellationToken);
        return found?.Document ?? throw Refused.NotFound("organization");
    }

    // Open Badges 3.0 (2024) B.1: a profile, its image with an address of its own.
    private static readonly JsonSerializerOptions ProfileJson = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private sealed record IssuerProfile(string Id, IReadOnlyList<string> Type, string Name, string Url, ProfileImage? Image);

    private sealed record ProfileImage(string Id, string Type);

    private static async Task<IResult> StatusListAsync(string list, string purpose, HttpContext context, StatusListPublisher publisher, CancellationToken cancellationToken)
    {
        if (StatusPurposes.FromTerm(purpose) is not { } known || list.Length > 64)
        {
            throw Refused.NotFound("status-list");
        }

        var published = await publisher.GetAsync(StatusListId.From(list), known, cancellationToken);
        Cache(context, (int)PublishedStatusList.TimeToLive.TotalSeconds);
        var json = published.Form(SignedForm.EddsaRdfc2022);
        var wantsJwt = context.Request.Headers.Accept.Any(accept => accept?.Contains("jwt", StringComparison.OrdinalIgnoreCase) == true);
        return json is null || wantsJwt
            ? TypedResults.Text(published.Form(SignedForm.VcJwtEs256)!.Text, "application/vc+jwt")
            : TypedResults.Text(json.Text, "application/vc");
    }

    private static async Task<IResult> AchievementAsync(string slug, int version, HttpContext context, IDocumentStore store, InstanceAddress address, CancellationToken cancellationToken)
    {
        var badge = await store.VersionAsync(new(slug, version), cancellationToken);
        Cache(context, seconds: 3600);
        return TypedResults.Bytes(OpenBadgeJson.Write(BadgeAchievement.Of(badge, address) with { Endorsement = await BadgeEndorsements.EmbeddableAsync(store, badge.Id, new(), cancellationToken) }), "application/ld+json");
    }

    private static async Task<IResult> StackAsync(string slug, int version, HttpContext context, IDocumentStore store, InstanceAddress address, CancellationToken cancellationToken)
    {
        var stack = (await store.GetAsync(StackDocuments.Versions, new BadgeVersionId(slug, version).ToString(), "stack", cancellationToken)).Document;
        var names = (await store.FindAllAsync(DefinitionDocuments.Heads, stack.Badges.Select(badge => badge.Slug), cancellationToken)).ToDictionary(head => head.Slug, head => head.Name, StringComparer.Ordinal);
        Cache(context, seconds: 3600);
        return TypedResults.Bytes(OpenBadgeJson.Write(StackAchievement.Of(stack, names, address)), "application/ld+json");
    }

    private static async Task<IResult> ImageAsync(string slug, int version, HttpContext context, IDocumentStore store, IFileStore files, CancellationToken cancellationToken)
    {
        var badge = await store.VersionAsync(new(slug, version), cancellationToken);
        var image = badge.Image.Png is { } digest ? await files.OpenAsync(digest, cancellationToken) : null;
        Cache(context, seconds: 86_400);
        return image is null ? throw Refused.NotFound("badge") : TypedResults.Stream(image, "image/png");
    }

    // For pages: the drawing, a quarter as large as its picture in pixels. By itself it may run and load nothing.
    private static async Task<IResult> PictureAsync(string slug, int version, HttpContext context, IDocumentStore store, IFileStore files, CancellationToken cancellationToken)
    {
        var badge = await store.VersionAsync(new(slug, version), cancellationToken);
        if (badge.Image is { Svg: null, Png: null })
        {
            // Nobody drew one: a page shows the site's own mark and no gap.
            return TypedResults.Redirect("/favicon.svg");
        }

        if (badge.Image.Svg is not { } digest || await files.OpenAsync(digest, cancellationToken) is not { } drawing)
        {
            return await ImageAsync(slug, version, context, store, files, cancellationToken);
        }

        Cache(context, seconds: 86_400);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        return TypedResults.Stream(drawing, "image/svg+xml");
    }

    private static void Cache(HttpContext context, int seconds) => context.Response.Headers.CacheControl = $"public, max-age={seconds}";
}
