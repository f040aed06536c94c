using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>One skill of a badge that an internship is about.</summary>
public sealed record PlacementSkill(string Badge, string Competency);

/// <summary>What a supervisor decides on by way of an internship: the skills that it names, and no others.</summary>
public static class PlacementScope
{
    /// <summary>For what may come from an internship; that internship is in the requirements of the commit.</summary>
    /// <exception cref="RefusedException"><c>decision.skill-not-named</c>, <c>definition.unknown-competency</c>.</exception>
    public static async Task RequireAsync(IDocumentStore store, BadgeDefinition badge, DecisionContext? context, IEnumerable<string> competencies, CancellationToken cancellationToken)
    {
        if (context?.Placement is { } id)
        {
            var placement = await store.GetAsync(PlacementDocuments.Kind, id.Value, "placement", cancellationToken);
            if (competencies.FirstOrDefault(competency => !placement.Document.Names(badge.Slug, competency)) is { } beyond)
            {
                throw Refused.Forbidden(
                    "decision.skill-not-named",
                    $"Your internship does not include the skill {badge.Competency(beyond).Name}. Please rate what it names; a teacher decides on the whole badge.");
            }
        }
    }

    /// <summary>Work as it looks to a supervisor: only what belongs to named skills.</summary>
    public static Submission SeenFrom(Placement placement, Submission submission) => submission with
    {
        Draft = [],
        Attempts = [.. submission.Attempts.Select(attempt => attempt with { Work = Named(placement, submission.Badge.Slug, attempt.Work) })],
    };

    private static ImmutableArray<CompetencyWork> Named(Placement placement, string badge, ImmutableArray<CompetencyWork> work) =>
        [.. work.Where(one => placement.Names(badge, one.CompetencyId))];
}
