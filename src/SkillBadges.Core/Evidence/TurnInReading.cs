using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Reads what is looked at when work is turned in.</summary>
public sealed class TurnInReading(IDocumentStore store, EffectiveSettings settings, TimeProvider clock)
{
    /// <param name="changes">
    /// The learner's other work on the badge, and on what comes before it, must be as it was read, so that two schools' tries at once do not pass a limit together. Joined records
    /// count as one learner's.
    /// </param>
    /// <param name="work">The work.</param>
    /// <param name="badge">The version that it is pinned to.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<TurnIn> ReadAsync(Changes changes, Submission work, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        var others = new List<Submission>();
        var earned = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var record in await store.RecordsOfAsync(work.Learner, cancellationToken))
        {
            changes.Require(PersonDocuments.Kind, record);
        }

        await foreach (var read in store.AllWorkAsync(work.Learner, cancellationToken))
        {
            if (read.Document.IsHeld)
            {
                earned.Add(read.Document.Badge.Slug);
            }

            if (read.Document.Id != work.Id && (read.Document.Badge.Slug == badge.Slug || badge.Prerequisites.Contains(read.Document.Badge.Slug)))
            {
                changes.Require(SubmissionDocuments.Kind, read);
            }

            if (read.Document.Id != work.Id && read.Document.Badge.Slug == badge.Slug)
            {
                others.Add(read.Document);
            }
        }

        var now = clock.Now();
        return new(badge, now)
        {
            Policy = (await PolicyAsync(work.Organization, badge, cancellationToken)).Value,
            Before = AttemptHistory.Of(others),
            Pitches = await PitchesAsync(work.Id, cancellationToken),
            Earned = earned.ToImmutable(),
            Today = (await store.GetAsync(OrganizationDocuments.Kind, work.Organization.Value, "organization", cancellationToken)).Document.DayOf(now),
        };
    }

    /// <summary>The policy that holds for the badge at the organization: the nearest one up from there, else the badge's own.</summary>
    /// <returns>The origin is null where it is the badge that says it.</returns>
    public async Task<Setting<AttemptPolicy>> PolicyAsync(OrganizationId organization, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        foreach (var layer in await settings.LayersAsync(organization, cancellationToken))
        {
            if (layer.Values.Attempts is { } policies && (policies.GetValueOrDefault(badge.Slug) ?? policies.GetValueOrDefault(SettingValues.EveryBadge)) is { } policy)
            {
                return new(policy, layer.Origin?.Id);
            }
        }

        return new(badge.Attempts ?? AttemptPolicy.Unlimited, null);
    }

    public async Task<ImmutableArray<Pitch>> PitchesAsync(SubmissionId work, CancellationToken cancellationToken) =>
        [.. (await store.QueryAsync(PitchDocuments.Kind, PitchDocuments.BySubmission.Where(work.Value).Take(Pitch.MaxForWork), cancellationToken)).Documents];
}
