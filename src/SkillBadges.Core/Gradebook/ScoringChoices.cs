using System.Collections.Concurrent;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook;

/// <summary>How each record-keeper reads histories: what it or an organization above it chose for a scale, else what the scale says.</summary>
/// <param name="layers">By record-keeper, its settings and those above it: <see cref="EffectiveSettings.LayersAsync"/>.</param>
public sealed class ScoringChoices(IReadOnlyDictionary<OrganizationId, IReadOnlyList<SettingLayer>> layers)
{
    // A class asks thousands of times about a few scales.
    private readonly ConcurrentDictionary<(OrganizationId, string), ScoringPolicy?> chosen = [];

    /// <summary>Every scale as it says itself.</summary>
    public static ScoringChoices None { get; } = new(new Dictionary<OrganizationId, IReadOnlyList<SettingLayer>>());

    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public static async Task<ScoringChoices> ReadAsync(EffectiveSettings settings, IEnumerable<OrganizationId> recordKeepers, CancellationToken cancellationToken)
    {
        var layers = new Dictionary<OrganizationId, IReadOnlyList<SettingLayer>>();
        foreach (var keeper in recordKeepers.Distinct())
        {
            layers[keeper] = await settings.LayersAsync(keeper, cancellationToken);
        }

        return new(layers);
    }

    public ScoringPolicy For(OrganizationId recordKeeper, MasteryScale scale) =>
        layers.Count == 0 ? scale.Scoring : chosen.GetOrAdd((recordKeeper, scale.Id), ChosenFor) ?? scale.Scoring;

    private ScoringPolicy? ChosenFor((OrganizationId RecordKeeper, string Scale) asked) =>
        layers.GetValueOrDefault(asked.RecordKeeper)?.Select(layer => layer.Values.Scoring?.GetValueOrDefault(asked.Scale)).FirstOrDefault(policy => policy is not null) is { } policy
            ? ScoringPolicy.Parse(policy)
            : null;
}
