using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Organizations;

/// <param name="Value">As in the values that are set.</param>
/// <param name="Origin">Id of the organization that set it; null for what the product comes with.</param>
internal sealed record SettingView(JsonNode Value, string? Origin, string? OriginName);

/// <param name="Own">What this organization has set itself.</param>
/// <param name="Effective">By name, what holds here and who decided so.</param>
internal sealed record SettingsView(SettingValues Own, IReadOnlyDictionary<string, SettingView> Effective)
{
    public static SettingsView Of(IReadOnlyList<SettingLayer> layers)
    {
        var effective = new SortedDictionary<string, SettingView>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            foreach (var (name, value) in JsonSerializer.SerializeToNode(layer.Values, DocumentJson.Options)!.AsObject())
            {
                effective.TryAdd(name, new(value!.DeepClone(), layer.Origin?.Id.Value, layer.Origin?.Name));
            }
        }

        return new(layers[0].Values, effective);
    }
}

/// <summary>What a district decides holds in its schools until they decide otherwise; everyone sees who decided what.</summary>
internal static class SettingsApi
{
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var settings = app.MapApi("organizations/{id}/settings", "Organizations");
        settings.MapGet("", ReadAsync).WithSummary("What is set here, what is inherited, and from whom.").Refuses(404, "organization.not-found");
        settings.MapPut("", SetAsync).WithSummary("Sets this organization's own values; what is left out is inherited. For its administrator.")
            .Example(new SettingValues { UndoMinutes = 10 })
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found")
            .Refuses(422, "setting.undo-minutes", "setting.review-days", "setting.moderation-percent", "setting.second-reading-days", "setting.attempts", "attempt.policy", "setting.digest-hour", "setting.file-room", "setting.sign-off-policy", "setting.lint", "setting.observation-days", "setting.scoring", "setting.flags", "setting.keeping", "setting.profile");
    }

    private static async Task<SettingsView> ReadAsync(string id, HttpContext context, IDocumentStore store, EffectiveSettings effective, CancellationToken cancellationToken)
    {
        var view = SettingsView.Of(await effective.LayersAsync(OrganizationId.From(id), cancellationToken));
        context.SetVersion((await store.FindAsync(OrganizationSettingsDocuments.Kind, id, cancellationToken))?.Version ?? 0);
        return view;
    }

    private static async Task<SettingsView> SetAsync(
        string id, SettingValues body, CurrentActor me, IfMatch ifMatch, HttpContext context, SettingsWorkflow workflow, EffectiveSettings effective, CancellationToken cancellationToken)
    {
        context.SetVersion(await workflow.SetAsync(me.Actor, OrganizationId.From(id), body, ifMatch.Version, cancellationToken));
        return SettingsView.Of(await effective.LayersAsync(OrganizationId.From(id), cancellationToken));
    }
}
