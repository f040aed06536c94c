using SkillBadges.Core;

namespace SkillBadges.App.Definitions;

/// <summary>The published JSON Schemas of badge, stack, scale and profile files, for editors and for other systems.</summary>
internal static class DefinitionSchemas
{
    private static readonly string[] Names = ["badge-definition.schema.json", "badge-stack.schema.json", "mastery-scale.schema.json", "graduate-profile.schema.json"];

    public static void MapDefinitionSchemas(this IEndpointRouteBuilder app) => app.MapGet("/schemas/{name}", (string name, HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Names.Contains(name, StringComparer.Ordinal)
            ? TypedResults.PhysicalFile(Path.Combine(DefinitionFolder.Shipped, "schema", name), "application/schema+json")
            : throw Refused.NotFound("schema");
    }).AllowAnonymous().ExcludeFromDescription();
}
