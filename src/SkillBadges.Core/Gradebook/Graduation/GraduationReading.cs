using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Graduation;

/// <summary>Audits a learner's record, for the learner, the family and the staff of the learner's school.</summary>
public sealed class GraduationReading(IDocumentStore store, GradebookReading gradebook)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="learner">Whom it is about.</param>
    /// <param name="named">The rules, by key for the latest version or <c>key@version</c>.</param>
    /// <param name="school">The school for which staff ask; null for the learner and the family.</param>
    /// <param name="basis">As for the record: without one, staff see an audit of their school's entries alone.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>stage.reporting-off</c>, <c>graduation-rules.not-found</c>.</exception>
    public async Task<GraduationAudit> AuditAsync(Actor actor, PersonId learner, string named, OrganizationId? school, DisclosureBasis? basis, CancellationToken cancellationToken)
    {
        var rules = (named.Contains('@', StringComparison.Ordinal)
            ? await store.FindAsync(GraduationDocuments.Rules, named, cancellationToken)
            : await store.FirstAsync(GraduationDocuments.Rules, GraduationDocuments.ByKey.Where(named).Descending(), cancellationToken)) ?? throw Refused.NotFound("graduation-rules");
        var record = school is { } at
            ? await gradebook.ForSchoolAsync(actor, at, learner, basis, cancellationToken)
            : await gradebook.ForFamilyAsync(actor, learner, cancellationToken);
        return new GraduationAuditor(record, await DefinitionsAsync(rules.Document.Terms, record, cancellationToken), rules.Document.Terms).Audit(rules.Id);
    }

    private async Task<AuditDefinitions> DefinitionsAsync(GraduationTerms terms, GradebookView record, CancellationToken cancellationToken)
    {
        var asked = terms.Requirements.SelectMany(requirement => requirement.WithParts()).ToList();
        var stackSlugs = asked.Where(requirement => requirement.Kind == RequirementKind.Stack).Select(requirement => requirement.Slug!).Distinct(StringComparer.Ordinal).ToArray();
        var stackHeads = await store.FindManyAsync(StackDocuments.Heads, stackSlugs, cancellationToken);
        var stacks = (await store.FindManyAsync(StackDocuments.Versions, [.. stackHeads.Select(head => new BadgeVersionId(head.Id, head.Document.CurrentVersion).ToString())], cancellationToken))
            .ToDictionary(read => read.Document.Slug, read => read.Document, StringComparer.Ordinal);
        var slugs = asked.Where(requirement => requirement.Kind != RequirementKind.Stack).Select(requirement => requirement.Slug).OfType<string>().Concat(terms.BadgeCredits.Select(credit => credit.Badge))
            .Concat(stacks.Values.SelectMany(stack => stack.Badges).Select(badge => badge.Slug)).ToHashSet(StringComparer.Ordinal);
        var heads = (await store.FindAllAsync(DefinitionDocuments.Heads, slugs, cancellationToken)).Select(head => new BadgeVersionId(head.Slug, head.CurrentVersion)).ToHashSet();
        var versions = await store.VersionsAsync(heads.Concat(record.Lines.Select(line => line.Competency.Badge).Where(badge => slugs.Contains(badge.Slug))), cancellationToken);
        var current = heads.Where(versions.ContainsKey).ToDictionary(id => id.Slug, id => versions[id], StringComparer.Ordinal);
        return new(versions, current, stacks);
    }
}
