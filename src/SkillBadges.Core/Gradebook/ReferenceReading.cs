using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook;

/// <summary>Reads what a school's trust lists and the statuses of badges say of the lines of other schools.</summary>
internal sealed class ReferenceReading(IDocumentStore store, EffectiveSettings settings, InstanceAddress address)
{
    private readonly ItemReading items = new(store);

    /// <summary>The view with the reason at each line that counts at the school.</summary>
    public async Task<GradebookView> JudgeAsync(GradebookView view, Organization school, ImmutableArray<PersonId> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var others = view.Lines.Where(line => line.RecordKeeper != school.Id).ToList();
        if (others.Count == 0)
        {
            return view;
        }

        var keepers = await store.FindManyAsync(OrganizationDocuments.Kind, [.. others.Select(line => line.RecordKeeper.Value).Distinct(StringComparer.Ordinal)], cancellationToken);
        var dids = keepers.ToDictionary(read => read.Document.Id, read => address.DidOf(read.Document.Slug));
        var badges = (await store.FindAllAsync(DefinitionDocuments.Versions, others.Select(line => line.Competency.Badge.ToString()), cancellationToken)).ToDictionary(badge => badge.Id);
        var frameworks = await items.FrameworksAsync(badges.Values.SelectMany(badge => badge.Competencies).SelectMany(CompetencyAlignment.ItemsOf), cancellationToken);
        var held = await HeldAsync(people, cancellationToken);
        var layers = await store.TrustLayersAsync(settings, school.Id, cancellationToken);
        var day = school.DayOf(now);
        return view with
        {
            Lines = [.. view.Lines.Select(line => badges.GetValueOrDefault(line.Competency.Badge) is { } badge && dids.TryGetValue(line.RecordKeeper, out var did)
                ? Recognition.Judge(line, school, did, TrustLayer.Ask(layers, new(did, badge.Slug, badge.Field, InFrameworks(badge, line.Competency.CompetencyId, frameworks)), day), held.Contains((line.RecordKeeper, badge.Id)), now)
                : line)],
        };
    }

    private static ImmutableHashSet<string> InFrameworks(BadgeDefinition badge, string competency, IReadOnlyDictionary<string, string> frameworks) =>
        badge.Competencies.FirstOrDefault(skill => skill.Id == competency) is { } skill
            ? CompetencyAlignment.ItemsOf(skill).Select(item => frameworks.GetValueOrDefault(item)).OfType<string>().ToImmutableHashSet(StringComparer.Ordinal)
            : [];

    // Badges that are neither taken back nor on hold.
    private async Task<HashSet<(OrganizationId Keeper, BadgeVersionId Badge)>> HeldAsync(ImmutableArray<PersonId> people, CancellationToken cancellationToken)
    {
        var awards = await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]), cancellationToken);
        var live = awards.Documents.Where(award => award.IsLive).ToList();
        var marked = (await store.FindAllAsync(CredentialStatusDocuments.Kind, live.Select(award => award.Credential.Value), cancellationToken)).Where(status => !status.IsGood).Select(status => status.Credential).ToHashSet();
        return [.. live.Where(award => !marked.Contains(award.Credential)).Select(award => (award.Organization, award.Badge))];
    }
}
