using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;

namespace SkillBadges.App.Review;

/// <param name="Id">What the device calls it, 1 to 100 characters: sent twice, it is recorded once.</param>
/// <param name="Photos">Ids of up to 5 photos that you uploaded for this school.</param>
internal sealed record ObservationItemRequest(string Id, string Learner, string Level, string? Note = null, IReadOnlyList<string>? Photos = null);

/// <summary>The rest of a class at one level: everybody who is neither in the lines nor left out.</summary>
/// <param name="Id">What the device calls this sheet, 1 to 60 characters: sent twice, it is recorded once.</param>
/// <param name="Except">Whom it says nothing of.</param>
internal sealed record ObserveOthersRequest(string Id, string Level, IReadOnlyList<string>? Except = null);

/// <param name="Reason">1 to 500 characters; kept in the record.</param>
internal sealed record RetractObservationRequest(string Reason);

/// <param name="Reason">1 to 500 characters; kept in the record.</param>
internal sealed record CorrectObservationRequest(string Level, string Reason, string? Note = null);

/// <summary>One skill, seen of one or many learners. Exactly one of classSection, placement and organization says where.</summary>
internal sealed record ObserveRequest(
    string Badge, string Competency, IReadOnlyList<ObservationItemRequest> Items, string? ClassSection = null, string? Placement = null, string? Organization = null, DateTimeOffset? ObservedAt = null, ObserveOthersRequest? Others = null);

internal enum ObservationOutcome
{
    Recorded,
    Repeated,
    Refused,
}

/// <param name="Award">The badge, when this observation was what it wanted.</param>
/// <param name="Waiting">Turned-in work on the same badge, which is decided first.</param>
internal sealed record ObservationResultView(string Id, string Learner, ObservationOutcome Outcome, string? Observation, string? Award, string? Waiting, string? Code, string? Message);

internal sealed record ObserveAnswer(IReadOnlyList<ObservationResultView> Items);

internal sealed record ObservationView(string Id, string Organization, string Learner, string Badge, string Competency, string Level, string? Note, DateTimeOffset ObservedAt, DateTimeOffset RecordedAt,
    DateTimeOffset? RetractedAt, string? CorrectedBy, string? Corrects, IReadOnlyList<EvidenceView> Photos, IReadOnlyList<EvidenceErasure> Erasures)
{
    public static ObservationView Of(Observation seen) => new(
        seen.Id.Value, seen.Organization.Value, seen.Learner.Value, seen.Badge.ToString(), seen.CompetencyId, seen.Level, seen.Note, seen.ObservedAt, seen.RecordedAt,
        seen.Retracted?.At, seen.CorrectedBy?.Value, seen.Corrects?.Value, [.. seen.Photos.Select(EvidenceView.Of)], seen.Erasures);
}

/// <summary>Sign-off sheets: what an assessor saw, without anything being turned in.</summary>
internal static class ObservationsApi
{
    private const int MaxItems = ClassSection.MaxStudents;
    private const int MaxSheetId = 60;
    private const int AtOnce = 16;

    public static void MapObservations(this IEndpointRouteBuilder app)
    {
        var observations = app.MapApi("observations", "Review");
        observations.MapPost("", ObserveAsync).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Records the level that you saw in one skill, for up to 500 learners of a class, of an internship or of a school; each with an answer of its own. A badge whose skills are all reached is awarded.")
            .Example(
                new ObserveRequest("smaw-fillet", "machine-setup", [new("phone-7:1", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "proficient", "Set 118 A without a prompt.")], ClassSection: "019aa0d2c7f07f1c8b0e1f6d5c2b7a90"),
                new ObserveAnswer([new("phone-7:1", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", ObservationOutcome.Recorded, "5f2c0e8a1b6d4c3fa1b2c3d4e5f60718", null, null, null, null)]))
            .Refuses(404, "class-section.not-found", "placement.not-found").Refuses(422, "observation.count", "observation.where", "observation.device-id");
        observations.MapGet("{id}", ReadAsync).WithSummary("One observation: your own, or of a learner whom you assess, keep or guard.").Refuses(404, "observation.not-found");
        observations.MapPost("{id}/photos/{photo}/links", LinkAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("An address of a photo on the evidence host, good for ten minutes.")
            .Refuses(404, "observation.not-found", "evidence.not-found").Refuses(409, "evidence.no-host").Refuses(410, "evidence.erased", "evidence.infected").Refuses(503, "evidence.waiting-for-scan");
        observations.MapPost("{id}/photos/{photo}/erasures", EraseAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("Erases a photo at your school, with a reason; its digest stays in the record.")
            .Example(new EraseEvidenceRequest("The family asked for it on November 20."))
            .Refuses(404, "observation.not-found", "evidence.not-found").Refuses(409, "storage.version-conflict").Refuses(410, "evidence.erased").Refuses(422, "evidence.erasure-reason");
        observations.MapPost("{id}/retractions", RetractAsync).WithSummary("Takes your own observation back while the school's time for undoing lasts and no badge rests on it.")
            .Example(new RetractObservationRequest("I took one student for the other."))
            .RefusesAssessor().Refuses(404, "observation.not-found").Refuses(403, "observation.not-yours")
            .Refuses(409, "observation.corrected", "observation.retract-too-late", "observation.in-a-badge").Refuses(422, "observation.reason");
        observations.MapPost("{id}/corrections", CorrectAsync).WithSummary("Puts what was really seen in the place of a mistaken observation, with a reason.")
            .Example(new CorrectObservationRequest("developing", "The second weld was another student's."))
            .RefusesAssessor().Refuses(404, "observation.not-found").Refuses(403, "decision.skill-not-named").Refuses(409, "observation.corrected", "observation.in-a-badge")
            .Refuses(422, "observation.reason", "observation.note", "observation.needs-two-raters", "scale.unknown-level");
        observations.MapGet("", ListAsync).WithSummary("What you have recorded, the latest first.");
    }

    internal static async Task<ObserveAnswer> ObserveAsync(
        ObserveRequest body, CurrentActor actor, ObservationWorkflow workflow, ClassSectionWorkflow classes, PlacementWorkflow placements, CancellationToken cancellationToken)
    {
        var (school, holds, everybody) = await WhereAsync(body, actor, classes, placements, cancellationToken);
        ObservationItemRequest[] items = [.. body.Items, .. Others(body, everybody)];
        if (items.Length is < 1 or > MaxItems)
        {
            throw Refused.Invalid("observation.count", $"A sheet has 1 to {MaxItems} lines.");
        }

        var sheet = new SeenSheet(school, body.Badge, body.Competency, body.ObservedAt);
        var results = new ObservationResultView[items.Length];

        // Lines about one learner come one after the other; different learners side by side.
        var learners = Enumerable.Range(0, items.Length).GroupBy(place => items[place].Learner);
        await Parallel.ForEachAsync(learners, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (lines, token) =>
        {
            foreach (var place in lines)
            {
                results[place] = await OneAsync(items[place], actor.Actor, sheet, holds, workflow, token);
            }
        });
        return new(results);
    }

    private static async Task<ObservationResultView> OneAsync(
        ObservationItemRequest item, Actor actor, SeenSheet sheet, Func<PersonId, bool> holds, ObservationWorkflow workflow, CancellationToken cancellationToken)
    {
        try
        {
            var learner = PersonId.From(item.Learner);
            if (!holds(learner))
            {
                throw Refused.Invalid("observation.not-on-the-sheet", "This learner is not in the class or internship that the sheet is of.");
            }

            var seen = await workflow.RecordAsync(actor, sheet, new(item.Id, learner, item.Level, item.Note) { Photos = [.. item.Photos ?? []] }, cancellationToken);
            return new(
                item.Id, item.Learner, seen.IsNew ? ObservationOutcome.Recorded : ObservationOutcome.Repeated, seen.Observation.Id.Value, seen.Award?.Id.Value, seen.Waiting?.Value, null, null);
        }
        catch (RefusedException refused)
        {
            return new(item.Id, item.Learner, ObservationOutcome.Refused, null, null, null, refused.Code, refused.Message);
        }
    }

    private static IEnumerable<ObservationItemRequest> Others(ObserveRequest body, IReadOnlyList<PersonId> everybody)
    {
        if (body.Others is not { } others)
        {
            return [];
        }

        if (body.ClassSection is null)
        {
            throw Refused.Invalid("observation.where", "Everybody else is of a class; please name the class.");
        }

        var id = DisplayText.Require(others.Id, MaxSheetId, "observation.device-id");
        var named = body.Items.Select(item => item.Learner).Concat(others.Except ?? []).ToHashSet(StringComparer.Ordinal);
        return everybody.Where(student => !named.Contains(student.Value)).Select(student => new ObservationItemRequest($"{id}:{student.Value}", student.Value, others.Level));
    }

    private static async Task<(OrganizationId School, Func<PersonId, bool> Holds, IReadOnlyList<PersonId> Everybody)> WhereAsync(
        ObserveRequest body, CurrentActor actor, ClassSectionWorkflow classes, PlacementWorkflow placements, CancellationToken cancellationToken)
    {
        switch (body.ClassSection, body.Placement, body.Organization)
        {
            case ({ } section, null, null):
                var taught = (await classes.ReadAsync(actor.Actor, ClassSectionId.From(section), cancellationToken)).Document;
                return (taught.Organization, learner => taught.Students.Contains(learner), taught.Students);
            case (null, { } placement, null):
                var placed = (await placements.ReadAsync(actor.Actor, PlacementId.From(placement), cancellationToken)).Document;
                return (placed.School, learner => placed.Learner == learner, []);
            case (null, null, { } school):
                return (OrganizationId.From(school), _ => true, []);
            default:
                throw Refused.Invalid("observation.where", "A sheet is of a class, of an internship or of a school: exactly one of them.");
        }
    }

    private static async Task<PageOf<ObservationView>> ListAsync(CurrentActor actor, Paging paging, ObservationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(actor.Actor, paging.Of, cancellationToken), read => ObservationView.Of(read.Document));

    private static async Task<ObservationView> RetractAsync(
        string id, RetractObservationRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, SeenCorrectionWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RetractAsync(actor.Actor, ObservationId.From(id), body.Reason, idempotency.For(actor.Actor), cancellationToken), ObservationView.Of);

    private static async Task<ObservationResultView> CorrectAsync(
        string id, CorrectObservationRequest body, CurrentActor actor, Idempotency idempotency, SeenCorrectionWorkflow workflow, CancellationToken cancellationToken)
    {
        var seen = await workflow.CorrectAsync(actor.Actor, ObservationId.From(id), body.Level, body.Note, body.Reason, idempotency.For(actor.Actor), cancellationToken);
        return new(seen.Observation.Id.Value, seen.Observation.Learner.Value, ObservationOutcome.Recorded, seen.Observation.Id.Value, seen.Award?.Id.Value, seen.Waiting?.Value, null, null);
    }

    private static async Task<ObservationView> ReadAsync(string id, CurrentActor actor, HttpContext context, ObservationReading reading, CancellationToken cancellationToken) =>
        context.Answer(await reading.ReadAsync(actor.Actor, ObservationId.From(id), cancellationToken), ObservationView.Of);

    private static async Task<EvidenceLinkView> LinkAsync(
        string id, string photo, CurrentActor actor, ObservationReading reading, ContentScans scans, EvidenceLinks links, CancellationToken cancellationToken)
    {
        var item = await reading.PhotoAsync(actor.Actor, ObservationId.From(id), photo, cancellationToken);
        await scans.RequireCleanAsync(item.Digest, cancellationToken);
        return links.View(item);
    }

    private static async Task<ObservationView> EraseAsync(
        string id, string photo, EraseEvidenceRequest body, CurrentActor actor, IfMatch ifMatch, HttpContext context, PhotoErasureWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EraseAsync(actor.Actor, ObservationId.From(id), photo, body.Reason, ifMatch.Version, cancellationToken), ObservationView.Of);
}
