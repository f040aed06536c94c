using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Growth;

/// <summary>What a gap view is about: exactly one of a badge, a stack or a course for which a badge or stack counts.</summary>
/// <param name="Course">Id of an agreement about college credit.</param>
public sealed record GapTarget(string? Badge, string? Stack, string? Course);

/// <summary>Computes what is left to do, for the learner, the family and the staff of the learner's school.</summary>
public sealed class GapReading(IDocumentStore store, GradebookReading gradebook)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="learner">Whom it is about.</param>
    /// <param name="school">The school for which staff ask, from its own entries; null for the learner and the family.</param>
    /// <param name="target">What for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException">
    /// <c>learner.not-found</c>, <c>stage.reporting-off</c>, <c>gaps.target</c>, <c>badge.not-found</c>, <c>stack.not-found</c>, <c>articulation.not-found</c>.
    /// </exception>
    public async Task<GapView> ReadAsync(Actor actor, PersonId learner, OrganizationId? school, GapTarget target, CancellationToken cancellationToken)
    {
        var record = school is { } at
            ? await gradebook.ForSchoolAsync(actor, at, learner, basis: null, cancellationToken)
            : await gradebook.ForFamilyAsync(actor, learner, cancellationToken);
        return target switch
        {
            { Badge: { } slug, Stack: null, Course: null } => await ForBadgeAsync(slug, record, cancellationToken),
            { Badge: null, Stack: { } slug, Course: null } => await ForStackAsync(slug, record, cancellationToken),
            { Badge: null, Stack: null, Course: { } id } => await ForCourseAsync(id, record, cancellationToken),
            _ => throw Refused.Invalid("gaps.target", "What for? Please name one badge, one stack or one course."),
        };
    }

    private async Task<GapView> ForBadgeAsync(string slug, GradebookView record, CancellationToken cancellationToken)
    {
        var badge = await store.CurrentVersionAsync(slug, cancellationToken);
        return GapView.Of($"badge/{slug}", badge.Name, [TargetBadge.Of(badge)], [], record);
    }

    private async Task<GapView> ForStackAsync(string slug, GradebookView record, CancellationToken cancellationToken)
    {
        var stack = await StackAsync(slug, cancellationToken);
        return GapView.Of($"stack/{slug}", stack.Name, await BadgesAsync(stack, cancellationToken), stack.Certificates.Select(certificate => certificate.Name), record);
    }

    // What counts is agreed upon in versions; new work is done towards the current one.
    private async Task<GapView> ForCourseAsync(string id, GradebookView record, CancellationToken cancellationToken)
    {
        var agreement = (await store.GetAsync(ArticulationDocuments.Kind, id, "articulation", cancellationToken)).Document;
        var terms = agreement.Revisions.LastOrDefault(revision => revision.AgreedOn is not null)?.Terms ?? throw Refused.NotFound("articulation");
        var name = $"{terms.CourseCode} {terms.CourseTitle}";
        if (agreement.Kind == ArticulatedKind.Badge)
        {
            return GapView.Of($"course/{id}", name, [TargetBadge.Of(await store.CurrentVersionAsync(agreement.Slug, cancellationToken), terms)], [], record);
        }

        var stack = await StackAsync(agreement.Slug, cancellationToken);
        var badges = (await BadgesAsync(stack, cancellationToken)).Select(badge => badge with { MinimumLevel = Higher(badge, terms.MinimumLevel), SkillLevels = terms.CompetencyLevels });
        return GapView.Of($"course/{id}", name, [.. badges], stack.Certificates.Select(certificate => certificate.Name), record);
    }

    private static string? Higher(TargetBadge badge, string? level) =>
        new[] { badge.MinimumLevel, level }.Select(code => code is null ? null : badge.Badge.Scale.Find(code)).OfType<Mastery.MasteryLevel>().MaxBy(found => found.Ordinal)?.Code;

    private async Task<BadgeStack> StackAsync(string slug, CancellationToken cancellationToken)
    {
        var head = await store.GetAsync(StackDocuments.Heads, slug, "stack", cancellationToken);
        return (await store.GetAsync(StackDocuments.Versions, new BadgeVersionId(slug, head.Document.CurrentVersion).ToString(), "stack", cancellationToken)).Document;
    }

    private async Task<IReadOnlyList<TargetBadge>> BadgesAsync(BadgeStack stack, CancellationToken cancellationToken)
    {
        var badges = await store.CurrentVersionsAsync([.. stack.Badges.Select(required => required.Slug)], cancellationToken);
        return [.. stack.Badges.Zip(badges, (required, badge) => new TargetBadge(badge, required.MinimumLevel, ImmutableSortedDictionary<string, string>.Empty))];
    }
}
