using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>A skill that an internship names, and what its supervisor said of it last.</summary>
public sealed record InternSkill(Competency Competency, Observation? Last);

/// <param name="Badge">The version that an observation would be of.</param>
/// <param name="IsSeenAtWork">Whether what the supervisor sees counts by itself; otherwise they sign beside a teacher, on work that is turned in.</param>
public sealed record InternBadge(BadgeDefinition Badge, bool IsSeenAtWork, ImmutableArray<InternSkill> Skills);

/// <summary>A learner at work, with the skills that the internship names.</summary>
public sealed record InternSheet(Placement Placement, Person Learner, ImmutableArray<InternBadge> Badges);

/// <summary>What a supervisor with a phone in hand wants to know of one student before they look.</summary>
public sealed class InternReading(IDocumentStore store, Interns interns, SignedSheetAuthority sheets)
{
    // Of one learner; what was said before is in the record, and no longer stands beside the skill.
    private const int MaxRead = 500;

    /// <exception cref="RefusedException"><c>placement.not-found</c>: it is not the actor's, or does not hold now.</exception>
    public async Task<InternSheet> ReadAsync(Actor supervisor, PlacementId id, CancellationToken cancellationToken)
    {
        var placement = (await interns.AllAsync(supervisor, cancellationToken)).FirstOrDefault(one => one.Id == id) ?? throw Refused.NotFound("placement");
        return await OfAsync(placement, cancellationToken);
    }

    /// <summary>For those at school who print the sheet and enter what was signed on it.</summary>
    /// <exception cref="RefusedException"><c>placement.not-found</c>.</exception>
    public async Task<InternSheet> ReadAtSchoolAsync(Actor staff, PlacementId id, CancellationToken cancellationToken) =>
        await OfAsync(await sheets.RequireAsync(new Changes(), staff, id, cancellationToken), cancellationToken);

    private async Task<InternSheet> OfAsync(Placement placement, CancellationToken cancellationToken)
    {
        var learner = (await store.GetAsync(PersonDocuments.Kind, placement.Learner.Value, "person", cancellationToken)).Document;
        var seen = await store.QueryAsync(ObservationDocuments.Kind, ObservationDocuments.ByLearner.Where(learner.Id.Value).Descending().Take(MaxRead), cancellationToken);
        var theirs = seen.Documents.Where(one => one.Assessor.Person == placement.Supervisor && one.Organization == placement.School && one.Stands).ToList();
        var badges = new List<InternBadge>();
        foreach (var slug in placement.Badges)
        {
            var open = await store.FirstAsync(SubmissionDocuments.Kind, SubmissionDocuments.Open.Where(learner.Id.Value, placement.School.Value, slug), cancellationToken);
            var badge = open is null ? await store.CurrentVersionAsync(slug, cancellationToken) : await store.VersionAsync(open.Document.Badge, cancellationToken);
            var skills = badge.Competencies.Where(skill => placement.Names(slug, skill.Id))
                .Select(skill => new InternSkill(skill, theirs.FirstOrDefault(one => one.Badge == badge.Id && one.CompetencyId == skill.Id)));
            badges.Add(new(badge, badge.Review is { Raters: null, Supervisor: SupervisorMode.Sole }, [.. skills]));
        }

        return new(placement, learner, [.. badges]);
    }
}
