using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>One skill of a badge that an internship is about.</summary>
public sealed record PlacementSkill(string Badge, string Competency);

/// <summary>What a supervisor decides on by way of an internship: the skills that it names, and no others.</summary>
public static class PlacementScope
{
    /// <exception cref="RefusedException"><c>decision.skill-not-named</c>.</exception>
    public static void Require(Placement placement, BadgeDefinition badge, Decision decision)
    {
        if (decision.Ratings.FirstOrDefault(rating => !placement.Names(badge.Slug, rating.CompetencyId)) is { } beyond)
        {
            throw Refused.Forbidden(
                "decision.skill-not-named",
                $"Your internship does not include the skill {badge.Competency(beyond.CompetencyId).Name}. You can send the work back and rate what you saw; a teacher decides on the whole badge.");
        }
    }

    /// <summary>As <see cref="Require"/>, for a decision that may come from an internship; that internship is in the requirements of its commit.</summary>
    /// <exception cref="RefusedException"><c>decision.skill-not-named</c>.</exception>
    public static async Task RequireAsync(IDocumentStore store, BadgeDefinition badge, Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Context?.Placement is { } id)
        {
            Require((await store.GetAsync(PlacementDocuments.Kind, id.Value, "placement", cancellationToken)).Document, badge, decision);
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
