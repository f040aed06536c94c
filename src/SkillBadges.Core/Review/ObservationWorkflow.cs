using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>One line of a sign-off sheet.</summary>
/// <param name="DeviceId">What the device calls it: sent twice, it is recorded once.</param>
public sealed record SeenItem(string DeviceId, PersonId Learner, string Level, string? Note)
{
    /// <summary>Ids of uploads of the assessor's that are photos of it, or a note that they spoke.</summary>
    public ImmutableArray<string> Photos { get; init; } = [];

    /// <summary>When it was seen, if not when the whole sheet was.</summary>
    public DateTimeOffset? ObservedAt { get; init; }
}

/// <summary>A sheet: one competency of one badge, seen at one school.</summary>
public sealed record SeenSheet(OrganizationId School, string Badge, string CompetencyId, DateTimeOffset? ObservedAt);

/// <summary>What a line came to.</summary>
/// <param name="IsNew">False when it had been recorded before.</param>
/// <param name="Award">The badge, when this was what it wanted.</param>
/// <param name="Waiting">Turned-in work that is decided first: every level is reached, and the badge comes with that decision.</param>
public sealed record SeenResult(Observation Observation, bool IsNew, Award? Award, SubmissionId? Waiting);

/// <summary>
/// An assessor records what they saw. One commit writes the observation and its entry in the record; when that makes a badge whole, also the decision that names
/// every entry it rests on, the award, and what will be signed. The same roles, assignments and qualifications hold as for a decision.
/// </summary>
public sealed class ObservationWorkflow(Commits commits, Assignments assignments, Authority authority, DecisionRecord record, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly SeenRecord seenRecord = new(commits.Store, record);
    private readonly EffectiveSettings settings = new(commits.Store);
    private readonly SignedSheetAuthority signed = new(commits.Store, authority, clock);

    /// <exception cref="RefusedException">
    /// <c>badge.not-found</c>, <c>observation.device-id</c>, <c>observation.id-reused</c>, <c>observation.not-a-learner</c>, <c>observation.not-assigned-then</c>, <c>decision.skill-not-named</c>, those of <see cref="Observation.Make"/> and <see cref="SeenPhotos.TakeAsync"/>,
    /// of <see cref="Assignments.RequireAsync(Actor, AssessedWork, BadgeDefinition, CancellationToken)"/> and of <see cref="Issuance.PrepareAsync"/>.
    /// </exception>
    public Task<SeenResult> RecordAsync(Actor actor, SeenSheet sheet, SeenItem item, CancellationToken cancellationToken) => RecordAsync(actor, null, sheet, item, cancellationToken);

    /// <summary>What an internship's supervisor signed on paper, entered at school: the supervisor's word, under the rules for it, with a photo of the paper.</summary>
    /// <exception cref="RefusedException"><c>observation.paper</c>, those of <see cref="SignedSheetAuthority.RequireAsync"/> and of the other.</exception>
    public async Task<SeenResult> EnterAsync(Actor staff, PlacementId placement, SeenSheet sheet, SeenItem item, CancellationToken cancellationToken)
    {
        var at = await signed.RequireAsync(new Changes(), staff, placement, cancellationToken);
        return item.Photos.IsEmpty || at.Learner != item.Learner || at.School != sheet.School
            ? throw Refused.Invalid("observation.paper", "What was signed on paper is entered with a photo of the paper, for the student of that internship.")
            : await RecordAsync(new(at.Supervisor), (staff, placement), sheet, item, cancellationToken);
    }

    private Task<SeenResult> RecordAsync(Actor actor, (Actor Staff, PlacementId Placement)? paper, SeenSheet sheet, SeenItem item, CancellationToken cancellationToken)
    {
        var id = ObservationId.Of(paper?.Staff.Person ?? actor.Person, DisplayText.Require(item.DeviceId, 100, "observation.device-id"));
        return commits.RunAsync(
            async token =>
            {
                var open = await store.FirstAsync(SubmissionDocuments.Kind, SubmissionDocuments.Open.Where(item.Learner.Value, sheet.School.Value, sheet.Badge), token);
                var badge = open is null ? await store.CurrentVersionAsync(sheet.Badge, token) : await store.VersionAsync(open.Document.Badge, token);
                var assignment = await assignments.RequireAsync(actor, new AssessedWork(item.Learner, sheet.School, sheet.Badge), badge, token);
                await PlacementScope.RequireAsync(store, badge, assignment.Context, [sheet.CompetencyId], token);
                var learner = await authority.FindAsync(new(item.Learner), sheet.School, Offices.Learners, token)
                    ?? throw Refused.Invalid("observation.not-a-learner", "This person does not learn at this school now.");
                var now = clock.Now();
                var days = (await settings.ReadAsync(sheet.School, values => values.ObservationDays, token)).Value;
                var seen = Observation.Make(
                    badge,
                    new(id, sheet.School, item.Learner, badge.Id, sheet.CompetencyId, item.Level, item.Note, assignment.Assessor, assignment.Context, item.ObservedAt ?? sheet.ObservedAt ?? now, now),
                    TimeSpan.FromDays(days));
                if (await store.FindAsync(ObservationDocuments.Kind, id.Value, token) is { } earlier)
                {
                    return Repeated(seen, earlier.Document);
                }

                if (seen.IsDatedBack)
                {
                    await RequireThenAsync(actor, new(item.Learner, sheet.School, sheet.Badge), badge, seen.ObservedAt, token);
                }

                var changes = assignment.RequireIn(new Changes());
                if (paper is { } entered)
                {
                    await signed.RequireAsync(changes, entered.Staff, entered.Placement, token);
                    seen = assignment.Context.Placement == entered.Placement ? seen with { EnteredBy = entered.Staff.Person } : throw Refused.NotFound("placement");
                }

                seen = await SeenPhotos.TakeAsync(store, changes, seen, item.Photos, token);
                changes.Add(ObservationDocuments.Kind, seen).Require(MembershipDocuments.Kind, learner);
                return await seenRecord.WriteAsync(changes, seen, badge, open, assignment, corrected: null, token);
            },
            cancellationToken);
    }

    /// <summary>What the actor has recorded, the latest first.</summary>
    public Task<Page<Observation>> ListAsync(Actor actor, Func<DocumentQuery<Observation>, DocumentQuery<Observation>> page, CancellationToken cancellationToken) =>
        store.QueryAsync(ObservationDocuments.Kind, page(ObservationDocuments.ByAssessor.Where(actor.Person.Value).Descending()), cancellationToken);

    private static Outcome<SeenResult> Repeated(Observation seen, Observation earlier) => seen.IsSameAs(earlier)
        ? new(new Changes(), new(earlier, false, null, null), earlier.Id.Value)
        : throw Refused.Conflict("observation.id-reused", "The device used this id for another observation; please give this one an id of its own.");

    // Whoever dates back must have been the learner's assessor then as well, with the role and the license of then; who is in a class is kept as it is now.
    private async Task RequireThenAsync(Actor actor, AssessedWork work, BadgeDefinition badge, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var then = new Moment(at);
        try
        {
            await new Assignments(store, new Authority(store, then), then).RequireAsync(actor, work, badge, cancellationToken);
        }
        catch (RefusedException refusal) when (refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden)
        {
            throw Refused.Forbidden("observation.not-assigned-then", "On that day you were not the one who assesses this learner; please date it to when you were.");
        }
    }
}
