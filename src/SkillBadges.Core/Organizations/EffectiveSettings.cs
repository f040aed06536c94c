using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>A value that holds at an organization, and whose it is; null stands for what the product comes with.</summary>
public readonly record struct Setting<T>(T Value, OrganizationId? Origin);

/// <summary>The values of one organization of the line from a school up to the state office.</summary>
/// <param name="Origin">Null for what the product comes with.</param>
public sealed record SettingLayer(Organization? Origin, SettingValues Values);

/// <summary>Finds which value of a setting holds at an organization: its own, or the nearest one above.</summary>
public sealed class EffectiveSettings(IDocumentStore store)
{
    // Organizations name a parent that was there before them, so the line has an end; this bounds the reading of one gone wrong.
    private const int MaxLayers = 16;

    /// <example><c>await settings.ReadAsync(school, s => s.UndoMinutes, cancellationToken)</c></example>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public async Task<Setting<T>> ReadAsync<T>(OrganizationId organization, Func<SettingValues, T?> member, CancellationToken cancellationToken)
        where T : struct
    {
        var layer = (await LayersAsync(organization, cancellationToken)).First(layer => member(layer.Values) is not null);
        return new(member(layer.Values)!.Value, layer.Origin?.Id);
    }

    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public async Task<Setting<T>> ReadAsync<T>(OrganizationId organization, Func<SettingValues, T?> member, CancellationToken cancellationToken)
        where T : class
    {
        var layer = (await LayersAsync(organization, cancellationToken)).First(layer => member(layer.Values) is not null);
        return new(member(layer.Values)!, layer.Origin?.Id);
    }

    /// <summary>The organization's own values first, then those above it, and last what the product comes with.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public async Task<IReadOnlyList<SettingLayer>> LayersAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var layers = new List<SettingLayer>();
        for (OrganizationId? next = organization; next is { } id && layers.Count < MaxLayers;)
        {
            var found = (await store.GetAsync(OrganizationDocuments.Kind, id.Value, "organization", cancellationToken)).Document;
            var own = await store.FindAsync(OrganizationSettingsDocuments.Kind, id.Value, cancellationToken);
            layers.Add(new(found, own?.Document.Values ?? new SettingValues()));
            next = found.Parent;
        }

        return [.. layers, new(null, SettingValues.Defaults)];
    }
}
