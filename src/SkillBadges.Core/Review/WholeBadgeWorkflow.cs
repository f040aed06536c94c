using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>A badge that somebody saw whole.</summary>
/// <param name="Levels">A competency that is not named gets the level that the badge asks for.</param>
public sealed record WholeBadge(OrganizationId School, string Badge, PersonId Learner, ImmutableArray<AwardedLevel> Levels, string? Note);

/// <summary>
/// An assessor attests all skills of a badge for one learner at once: an observation of each, their entries in the record, the decision that rests on them, the award and what will be
/// signed, in one commit. It takes the same role, assignment and qualification as seeing one skill does; nobody awards by office.
/// </summary>
public sealed class WholeBadgeWorkflow(Commits commits, Assignments assignments, Authority authority, DecisionRecord record, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly SeenRecord seenRecord = new(commits.Store, record);

    /// <summary>Whether <see cref="AttestAsync"/> would award now; nothing is written.</summary>
    /// <exception cref="RefusedException">Those of <see cref="AttestAsync"/>, but what only signing or the commit finds.</exception>
    public Task CheckAsync(Actor actor, WholeBadge asked, CancellationToken cancellationToken) => FindAsync(actor, asked, "dry-run", cancellationToken);

    /// <param name="actor">The learner's assessor in this badge.</param>
    /// <param name="asked">Whom, which badge, at what levels.</param>
    /// <param name="request">What the request is called: done twice, it is recorded once.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException">
    /// <c>badge.not-found</c>, <c>award.already-live</c>, <c>award.work-waits</c>, <c>award.incomplete</c>, <c>definition.unknown-competency</c>, <c>scale.unknown-level</c>, <c>observation.not-a-learner</c>,
    /// those of <see cref="Observation.Make"/>, of <see cref="Assignments.RequireAsync(Actor, AssessedWork, BadgeDefinition, CancellationToken)"/> and of <see cref="Issuance.PrepareAsync"/>.
    /// </exception>
    public Task<Award> AttestAsync(Actor actor, WholeBadge asked, string request, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            if (await EarlierAsync(actor, asked, request, token) is { } earlier)
            {
                return new Outcome<Award>(new Changes(), earlier, earlier.Id.Value);
            }

            var (badge, assignment, learner, open, seen) = await FindAsync(actor, asked, request, token);
            var changes = assignment.RequireIn(new Changes()).Require(MembershipDocuments.Kind, learner);
            foreach (var one in seen)
            {
                changes.Add(ObservationDocuments.Kind, one);
            }

            var outcome = await seenRecord.WriteAsync(changes, seen, badge, open, assignment, token);
            return outcome.Result.Award is { } award
                ? new Outcome<Award>(outcome.Changes, award, award.Id.Value)
                : throw Refused.Invalid("award.incomplete", "Every skill of the badge needs one level, at least the level that it asks for.");
        },
        cancellationToken);

    private static ObservationId IdOf(Actor actor, WholeBadge asked, string request, string competency) => ObservationId.Of(actor.Person, $"{request}/{asked.Learner.Value}/{asked.Badge}/{competency}");

    private async Task<Award?> EarlierAsync(Actor actor, WholeBadge asked, string request, CancellationToken cancellationToken)
    {
        var badge = await store.CurrentVersionAsync(asked.Badge, cancellationToken);
        if (await store.FindAsync(ObservationDocuments.Kind, IdOf(actor, asked, request, badge.Competencies[0].Id).Value, cancellationToken) is null)
        {
            return null;
        }

        var awards = await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(asked.Learner.Value).Descending(), cancellationToken);
        return awards.Documents.FirstOrDefault(award => award.Organization == asked.School && award.Badge.Slug == asked.Badge);
    }

    private async Task<(BadgeDefinition Badge, Assignment Assignment, Read<Membership> Learner, Read<Submission>? Open, IReadOnlyList<Observation> Seen)> FindAsync(
        Actor actor, WholeBadge asked, string request, CancellationToken cancellationToken)
    {
        var badge = await store.CurrentVersionAsync(asked.Badge, cancellationToken);
        var assignment = await assignments.RequireAsync(actor, new AssessedWork(asked.Learner, asked.School, asked.Badge), badge, cancellationToken);
        await PlacementScope.RequireAsync(store, badge, assignment.Context, badge.Competencies.Select(competency => competency.Id), cancellationToken);
        var learner = await authority.FindAsync(new(asked.Learner), asked.School, Offices.Learners, cancellationToken)
            ?? throw Refused.Invalid("observation.not-a-learner", "This person does not learn at this school now.");
        var open = await store.FirstAsync(SubmissionDocuments.Kind, SubmissionDocuments.Open.Where(asked.Learner.Value, asked.School.Value, asked.Badge), cancellationToken);
        if (open is { Document.State: SubmissionState.Submitted })
        {
            throw Refused.Conflict("award.work-waits", "The learner has turned in work on this badge; please decide on that.");
        }

        var now = clock.Now();
        if (await seenRecord.HoldsAsync(asked.Learner, asked.School, badge, now, cancellationToken))
        {
            throw Refused.Conflict("award.already-live", "The learner holds this badge already.");
        }

        return (badge, assignment, learner, open, Seen(actor, asked, request, badge, assignment, now));
    }

    private static IReadOnlyList<Observation> Seen(Actor actor, WholeBadge asked, string request, BadgeDefinition badge, Assignment assignment, DateTimeOffset now)
    {
        foreach (var level in asked.Levels)
        {
            if (!badge.Satisfies(badge.Competency(level.Competency).Id, badge.Scale.Level(level.Level).Code))
            {
                throw Refused.Invalid("award.incomplete", "Every skill of the badge needs one level, at least the level that it asks for.");
            }
        }

        return [.. badge.Competencies.Select(competency => Observation.Make(
            badge,
            new(
                IdOf(actor, asked, request, competency.Id), asked.School, asked.Learner, badge.Id, competency.Id,
                asked.Levels.FirstOrDefault(level => level.Competency == competency.Id)?.Level ?? competency.RequiredLevel, asked.Note, assignment.Assessor, assignment.Context, now, now),
            TimeSpan.Zero))];
    }
}
