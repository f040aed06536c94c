using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions;

internal sealed record GraduateProfileLine(string Slug, string Name, int Version);

/// <summary>A portrait of a graduate: attributes, what each looks like in every band of years and on every step.</summary>
internal sealed record GraduateProfileView(string Slug, int Version, string Name, string Description, MasteryScale Scale, IReadOnlyList<ProfileAttribute> Attributes)
{
    public static GraduateProfileView Of(GraduateProfile profile) => new(profile.Slug, profile.Version, profile.Name, profile.Description, profile.Scale, profile.Attributes);
}

/// <summary>Public, as badges are: what a school wants its graduates to be.</summary>
internal static class GraduateProfilesApi
{
    public static void MapGraduateProfiles(this IEndpointRouteBuilder app)
    {
        var profiles = app.MapApi("graduate-profiles", "Badges").AllowAnonymous();
        profiles.MapGet("", ListAsync).WithSummary("The portraits of a graduate, by name.");
        profiles.MapGet("{slug}", ReadAsync).WithSummary("One portrait in its current version; GET /api/badges?attribute= names the badges that build an attribute.").Refuses(404, "graduate-profile.not-found");
    }

    private static async Task<PageOf<GraduateProfileLine>> ListAsync(Paging paging, IDocumentStore store, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(GraduateProfileDocuments.Heads, paging.Of(GraduateProfileDocuments.ByName.Where()), cancellationToken);
        return paging.Answer(page, read => new GraduateProfileLine(read.Document.Slug, read.Document.Name, read.Document.CurrentVersion));
    }

    private static async Task<GraduateProfileView> ReadAsync(string slug, IDocumentStore store, CancellationToken cancellationToken) =>
        GraduateProfileView.Of(Slug.IsValid(slug) ? await store.CurrentProfileAsync(slug, cancellationToken) : throw Refused.NotFound("graduate-profile"));
}
