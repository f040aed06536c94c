using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Gradebook.Cycles;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Gradebook.Graduation;
using SkillBadges.Core.Gradebook.Marks;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Organizations.Office;

/// <summary>What a line of "who did what" is about, as its readers know it.</summary>
/// <param name="Href">Where it is looked at; null where there is no such page.</param>
/// <param name="Learner">Whose it is, where the reader keeps that learner's records.</param>
internal sealed record ActSubject(string Name, string? Href, string? Learner = null);

/// <summary>The subjects of a page of acts, each kind of thing looked up once.</summary>
internal static class ActSubjects
{
    /// <param name="keepsRecords">The reader keeps records in this very office; else learners of badges are not named.</param>
    public static async Task<IReadOnlyDictionary<string, ActSubject>> OfAsync(IDocumentStore store, OfficeDesk desk, bool keepsRecords, IReadOnlyCollection<Act> acts, CancellationToken cancellationToken)
    {
        string[] about = [.. acts.Where(act => act.Kind != ActKind.SettingsChanged).Select(act => act.About).OfType<string>().Distinct(StringComparer.Ordinal)];
        var found = new Dictionary<string, ActSubject>(StringComparer.Ordinal);
        foreach (var person in await store.FindAllAsync(PersonDocuments.Kind, about, cancellationToken))
        {
            found[person.Id.Value] = new(person.DisplayName, $"/office/{desk.Id}/people/{person.Id}");
        }

        await AddBadgesAsync(store, keepsRecords, about, found, cancellationToken);
        await AddPoliciesAsync(store, about, found, cancellationToken);
        return found;
    }

    private static async Task AddBadgesAsync(IDocumentStore store, bool keepsRecords, string[] about, Dictionary<string, ActSubject> found, CancellationToken cancellationToken)
    {
        var awards = await store.FindAllAsync(AwardDocuments.Kind, about, cancellationToken);
        var articulations = await store.FindAllAsync(ArticulationDocuments.Kind, about, cancellationToken);
        var slugs = about.Select(SlugOf).Concat(awards.Select(award => award.Badge.Slug)).Concat(articulations.Select(agreement => agreement.Slug)).ToArray();
        var heads = (await store.FindAllAsync(DefinitionDocuments.Heads, slugs, cancellationToken)).ToDictionary(head => head.Slug, StringComparer.Ordinal);
        var drafts = (await store.FindAllAsync(CoAuthoringDocuments.Drafts, about, cancellationToken)).ToDictionary(draft => draft.Slug, StringComparer.Ordinal);
        var learners = keepsRecords ? await store.NamesAsync(awards.Select(award => award.Learner), cancellationToken) : new Dictionary<PersonId, string>();

        ActSubject Badge(string slug) => heads.TryGetValue(slug, out var head) ? new(head.Name, $"/badges/{slug}") : new(drafts.GetValueOrDefault(slug)?.Name is { Length: > 0 } name ? name : slug, null);

        foreach (var id in about.Where(id => heads.ContainsKey(SlugOf(id)) || drafts.ContainsKey(id)))
        {
            var badge = Badge(SlugOf(id));
            found[id] = id == SlugOf(id) ? badge : badge with { Name = $"{badge.Name} {id[(SlugOf(id).Length + 1)..]}" };
        }

        foreach (var award in awards)
        {
            found[award.Id.Value] = Badge(award.Badge.Slug) with { Learner = learners.GetValueOrDefault(award.Learner) };
        }

        foreach (var agreement in articulations)
        {
            found[agreement.Id.Value] = Badge(agreement.Slug);
        }
    }

    private static async Task AddPoliciesAsync(IDocumentStore store, string[] about, Dictionary<string, ActSubject> found, CancellationToken cancellationToken)
    {
        foreach (var agreement in await store.FindAllAsync(CrosswalkDocuments.Kind, about, cancellationToken))
        {
            found[agreement.Id.Value] = new($"{agreement.From} → {agreement.To}", null);
        }

        foreach (var policy in await store.FindAllAsync(GradePolicyDocuments.Kind, about, cancellationToken))
        {
            found[policy.Id] = new(policy.Terms.Name, null);
        }

        foreach (var policy in await store.FindAllAsync(MarkPolicyDocuments.Kind, about, cancellationToken))
        {
            found[policy.Id] = new(policy.Terms.Name, null);
        }

        foreach (var rules in await store.FindAllAsync(GraduationDocuments.Rules, about, cancellationToken))
        {
            found[rules.Id] = new(rules.Terms.Name, null);
        }

        foreach (var cycle in await store.FindAllAsync(CycleDocuments.Kind, about, cancellationToken))
        {
            found[cycle.Id] = new(cycle.Name, null);
        }
    }

    // Of a badge's short name, or of a version such as smaw-fillet@2.
    private static string SlugOf(string id) => id.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? id[..at] : id;
}
