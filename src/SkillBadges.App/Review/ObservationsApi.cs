using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;

namespace SkillBadges.App.Review;

/// <param name="Id">What the device calls it, 1 to 100 characters: sent twice, it is recorded once.</param>
/// <param name="Photos">Ids of up to 5 photos and a spoken note that you uploaded for this school.</param>
/// <param name="ObservedAt">When this line was seen, if not when the whole sheet was.</param>
internal sealed record ObservationItemRequest(string Id, string Learner, string Level, string? Note = null, IReadOnlyList<string>? Photos = null, DateTimeOffset? ObservedAt = null);

/// <summary>The rest of a class, or of your interns from a school to whom the skill belongs, at one level: everybody who is neither in the lines nor left out.</summary>
/// <param name="Id">What the device calls this sheet, 1 to 60 characters: sent twice, it is recorded once.</param>
/// <param name="Except">Whom it says nothing of.</param>
internal sealed record ObserveOthersRequest(string Id, string Level, IReadOnlyList<string>? Except = null);

/// <param name="Reason">1 to 500 characters; kept in the record.</param>
internal sealed record RetractObservationRequest(string Reason);

/// <param name="Reason">1 to 500 characters; kept in the record.</param>
internal sealed record CorrectObservationRequest(string Level, string Reason, string? Note = null);

/// <summary>One skill, seen of one or many learners. Exactly one of classSection, placement and organization says where.</summary>
internal sealed record ObserveRequest(
    string Badge, string Competency, IReadOnlyList<ObservationItemRequest> Items, string? ClassSection = null, string? Placement = null, string? Organization = null, DateTimeOffset? ObservedAt = null, ObserveOthersRequest? Others = null)
{
    public FilledSheet ToSheet() => new(
        new(
            ClassSection is null ? null : ClassSectionId.From(ClassSection),
            Placement is null ? null : PlacementId.From(Placement),
            Organization is null ? null : OrganizationId.From(Organization)),
        Badge,
        Competency,
        ObservedAt,
        [.. Items.Select(item => new SeenItem(item.Id, PersonId.From(item.Learner), item.Level, item.Note) { Photos = [.. item.Photos ?? []], ObservedAt = item.ObservedAt })],
        Others is null ? null : new(Others.Id, Others.Level, [.. (Others.Except ?? []).Select(PersonId.From)]));
}

internal enum ObservationOutcome
{
    Recorded,
    Repeated,
    Refused,
}

/// <param name="Award">The badge, when this observation was what it wanted.</param>
/// <param name="Waiting">Turned-in work on the same badge, which is decided first.</param>
internal sealed record ObservationResultView(string Id, string Learner, ObservationOutcome Outcome, string? Observation, string? Award, string? Waiting, string? Code, string? Message)
{
    public static ObservationResultView Of(FilledLine line) => line.Seen is { } seen
        ? new(
            line.Item.DeviceId, line.Item.Learner.Value, seen.IsNew ? ObservationOutcome.Recorded : ObservationOutcome.Repeated, seen.Observation.Id.Value, seen.Award?.Id.Value, seen.Waiting?.Value, null, null)
        : new(line.Item.DeviceId, line.Item.Learner.Value, ObservationOutcome.Refused, null, null, null, line.Refusal!.Code, line.Refusal.Message);
}

internal sealed record ObserveAnswer(IReadOnlyList<ObservationResultView> Items);

/// <param name="EnteredBy">Who at the school entered what the assessor had signed on paper.</param>
internal sealed record ObservationView(string Id, string Organization, string Learner, string Badge, string Competency, string Level, string? Note, DateTimeOffset ObservedAt, DateTimeOffset RecordedAt,
    DateTimeOffset? RetractedAt, string? CorrectedBy, string? Corrects, IReadOnlyList<EvidenceView> Photos, IReadOnlyList<EvidenceErasure> Erasures, string? EnteredBy)
{
    public static ObservationView Of(Observation seen) => new(
        seen.Id.Value, seen.Organization.Value, seen.Learner.Value, seen.Badge.ToString(), seen.CompetencyId, seen.Level, seen.Note, seen.ObservedAt, seen.RecordedAt,
        seen.Retracted?.At, seen.CorrectedBy?.Value, seen.Corrects?.Value, [.. seen.Photos.Select(EvidenceView.Of)], seen.Erasures, seen.EnteredBy?.Value);
}

/// <summary>Sign-off sheets: what an assessor saw, without anything being turned in.</summary>
internal static class ObservationsApi
{
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
        observations.MapPost("{id}/photos/{photo}/links", LinkAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("An address of a photo or a spoken note on the evidence host, good for ten minutes or as long as it plays.")
            .Refuses(404, "observation.not-found", "evidence.not-found").Refuses(409, "evidence.no-host").Refuses(410, "evidence.erased", "evidence.infected").Refuses(503, "evidence.waiting-for-scan");
        observations.MapPost("{id}/photos/{photo}/erasures", EraseAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("Erases a photo or a spoken note at your school, with a reason; its digest stays in the record.")
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

    private static async Task<ObserveAnswer> ObserveAsync(ObserveRequest body, CurrentActor actor, SheetWorkflow workflow, CancellationToken cancellationToken) =>
        new([.. (await workflow.RecordAsync(actor.Actor, body.ToSheet(), cancellationToken)).Select(ObservationResultView.Of)]);

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
